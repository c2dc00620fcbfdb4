import Tables
import Testing

@testable import Serving

private let schema = InputSchema(ChurnModel())

private func decode(_ body: String) throws(RequestProblem) -> InferenceRequest {
  try RequestBody.decode(Array(body.utf8), schema)
}

private func problem(_ body: String) -> RequestProblem? {
  do throws(RequestProblem) {
    _ = try decode(body)
    return nil
  } catch {
    return error
  }
}

@Suite struct RequestBodyTests {
  @Test func oneObjectIsOneRowOfTypedCells() throws {
    let request = try decode(ChurnModel.row)
    #expect(request.isSingle)
    #expect(request.notes.isEmpty)
    #expect(
      request.rows == [
        [.int(34), .float(120.5), .text("gold"), .bool(true), .date(20484), .datetime(1_769_853_600_000_000)]
      ])
  }

  @Test(arguments: ["[\(ChurnModel.row),\(ChurnModel.row)]", "{\"rows\":[\(ChurnModel.row),\(ChurnModel.row)]}"])
  func listsAreRows(body: String) throws {
    let request = try decode(body)
    #expect(!request.isSingle)
    #expect(request.rows.count == 2)
    #expect(request.rows[0] == request.rows[1])
  }

  @Test func membersMayComeInAnyOrder() throws {
    let request = try decode(#"{"spend":1,"age":2}"#)
    #expect(request.rows[0][0] == .int(2))
    #expect(request.rows[0][1] == .float(1))
  }

  @Test func absentAndNullColumnsAreMissingAndOnlyAbsentOnesAreNoted() throws {
    let request = try decode(#"{"age":null,"plan":"gold","active":false,"joined":null,"seen":null}"#)
    #expect(request.rows[0] == [.missing, .missing, .text("gold"), .bool(false), .missing, .missing])
    #expect(request.notes == [["'spend' was not given and counts as missing"]])
  }

  @Test func wholeNumbersServeFloatsAndWholeFloatsServeInts() throws {
    let request = try decode(#"{"age":3.0,"spend":4}"#)
    #expect(request.rows[0][0] == .int(3))
    #expect(request.rows[0][1] == .float(4))
  }

  @Test(arguments: [
    (#"{"age":"34"}"#, "wrong-type", "age"), (#"{"age":34.5}"#, "wrong-type", "age"),
    (#"{"age":true}"#, "wrong-type", "age"), (#"{"age":1e300}"#, "out-of-range", "age"),
    (#"{"age":99999999999999999999}"#, "out-of-range", "age"), (#"{"age":[1]}"#, "wrong-type", "age"),
    (#"{"spend":"1.5"}"#, "wrong-type", "spend"), (#"{"spend":{}}"#, "wrong-type", "spend"),
    (#"{"plan":1}"#, "wrong-type", "plan"), (#"{"active":1}"#, "wrong-type", "active"),
    (#"{"active":"true"}"#, "wrong-type", "active"), (#"{"joined":"31.01.2026"}"#, "wrong-type", "joined"),
    (#"{"joined":"2026-02-30"}"#, "wrong-type", "joined"), (#"{"joined":20260131}"#, "wrong-type", "joined"),
    (#"{"seen":"2026-01-31"}"#, "wrong-type", "seen"), (#"{"seen":"2026-01-31T25:00:00Z"}"#, "wrong-type", "seen"),
    (#"{"outcome":"stays"}"#, "unknown-column", "outcome"), (#"{"Agee":1}"#, "unknown-column", "Agee"),
  ])
  func misfitsNameTheirColumn(body: String, code: String, field: String) {
    let problem = problem(body)
    #expect(problem?.code == code)
    #expect(problem?.field == field)
    #expect(problem?.status == 400)
  }

  @Test func aMisspeltColumnIsRecognised() {
    #expect(problem(#"{"Agee":1}"#)?.help == "did you mean 'age'?")
    #expect(problem(#"{"zzzzzz":1}"#)?.help == "columns: age, spend, plan, active, joined, seen")
  }

  @Test func aProblemInAListNamesItsRow() {
    #expect(problem(#"[{"age":1},{"age":2},{"age":"x"}]"#)?.row == 2)
    #expect(problem(#"[{"age":1},7]"#)?.row == 1)
  }

  @Test(arguments: [
    "", "{", "nul", "{\"age\":}", "{\"age\":1}x", "[1,", "\u{0}", "{\"age\":1,\"age\":2}", "{\"age\":01}",
  ])
  func whatIsNotJSONIsToldWithItsPlace(body: String) {
    let problem = problem(body)
    #expect(problem?.code == "bad-json")
    #expect(body.isEmpty || problem?.message.contains("byte") == true)
  }

  @Test(arguments: ["7", "\"x\"", "null", "true", "{\"rows\":7}", "[[1,2]]"])
  func jsonThatIsNoRowIsRefused(body: String) {
    #expect(problem(body)?.code == "wrong-body")
  }

  @Test func rowsAndDepthAreBounded() {
    let many = "[" + [String](repeating: "{}", count: 11).joined(separator: ",") + "]"
    #expect(throws: RequestProblem.self) {
      _ = try RequestBody.decode(Array(many.utf8), schema, RequestBounds(rows: 10))
    }
    #expect(problem(String(repeating: "[", count: 100_000))?.code == "bad-json")
  }
}
