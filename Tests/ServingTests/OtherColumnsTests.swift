import Notation
import Tables
import Testing

@testable import Serving

/// What a request sends besides the model's columns: passed over and told once, as in a file; refused where it has to be the model's own.
@Suite struct OtherColumnsTests {
  private static func ask(_ body: String, to path: String = "/v1/predict", strict: Bool = false) -> (
    status: Int, json: JSONValue
  ) {
    let call = Call(method: "POST", path: path, body: Array(body.utf8))
    let answer = Responder(ChurnModel(), strict: strict).respond(call).answer
    return (answer.status, (try? JSONValue(parsing: answer.body)) ?? .null)
  }

  /// A row of all columns with members before them.
  private static func row(_ others: String) -> String {
    "{" + others + "," + String(ChurnModel.row.drop { $0 == "{" || $0.isWhitespace })
  }

  private static let words = "1 column passed over, being no inputs of the model: "

  @Test func aRowIsAnsweredAsIfTheyWereNotThere() {
    let (status, json) = Self.ask(Self.row(#""customer":"c-17""#))
    #expect(status == 200)
    #expect(json["prediction"] == .string("leaves"))
    #expect(json["notes"] == .array([.string(Self.words + "customer")]))
  }

  @Test func aListIsToldOnceWithCounts() {
    let rows = [String](repeating: Self.row(#""id":1,"Age":2"#), count: 3) + [Self.row(#""id":1"#)]
    let (status, json) = Self.ask("[\(rows.joined(separator: ","))]")
    #expect(status == 200)
    let told = "2 columns passed over, being no inputs of the model: id, Age (in 3 of 4 rows)"
    #expect(json["notes"] == .array([.string(told)]))
    #expect(json["predictions"]?.elements?.allSatisfy { $0["notes"] == .array([]) } == true)
  }

  @Test func withoutThemAListHasNoNotesOfItsOwn() {
    #expect(Self.ask("[\(ChurnModel.row)]").json["notes"] == nil)
  }

  @Test func tensorsArePassedOverWhateverTheyHold() {
    let body = #"""
      {"inputs":[{"name":"id","datatype":"COMPLEX","shape":[9,9],"data":7},
       {"name":"spend","datatype":"FP64","shape":[2],"data":[1,200]}],"outputs":[{"name":"prediction"}]}
      """#
    let (status, json) = Self.ask(body, to: "/v2/models/churn/infer")
    #expect(status == 200)
    #expect(json["outputs"]?[0]?["data"] == .array([.string("stays"), .string("leaves")]))
    #expect(json["parameters"]?["notes"]?.string?.hasPrefix(Self.words + "id\nrow 0: ") == true)
  }

  @Test(arguments: [#"{"Agee":1}"#, #"[{"Agee":1},{"other":2}]"#, #"{"inputs":[]}"#, #"{"outcome":"stays"}"#])
  func aRequestOfOthersAloneIsRefused(body: String) {
    let (status, json) = Self.ask(body)
    #expect(status == 400)
    #expect(json["error"]?["code"] == .string("unknown-column"))
  }

  @Test func theLabelMayBeThereAndIsNotTold() {
    let (status, json) = Self.ask(Self.row(#""outcome":"stays""#), strict: true)
    #expect(status == 200)
    #expect(json["notes"] == .array([]))
  }

  @Test(arguments: [
    ("/v1/predict", row(#""id":1"#), "id"), ("/v1/predict", "[\(ChurnModel.row),{\"age\":1}]", "spend"),
    ("/v2/models/churn/infer", #"{"inputs":[{"name":"id","datatype":"INT64","shape":[1],"data":[1]}]}"#, "id"),
    ("/v2/models/churn/infer", #"{"inputs":[{"name":"age","datatype":"INT64","shape":[1],"data":[1]}]}"#, "spend"),
  ])
  func aStrictModelTakesItsColumnsAndNoOthers(path: String, body: String, name: String) {
    let (status, json) = Self.ask(body, to: path, strict: true)
    #expect(status == 400)
    #expect("\(json)".contains(name))
    #expect(Self.ask(ChurnModel.row, strict: true).status == 200)
  }

  @Test func theirNamesAreHarmlessAndShort() {
    let name = String(repeating: "x", count: 5000)
    let note = Self.ask(Self.row("\"\(name)\":1,\"a\\u0007b\":2")).json["notes"]?[0]?.string ?? ""
    #expect(note.utf8.count < 300)
    #expect(!note.contains("\u{7}"))
  }
}
