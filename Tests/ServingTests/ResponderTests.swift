import Display
import Notation
import Tables
import Testing

@testable import Serving

private func ask(
  _ method: String, _ path: String, _ body: String = "", _ model: any ServedModel = ChurnModel()
) -> (answer: Answer, record: LogRecord) {
  Responder(model).respond(Call(method: method, path: path, body: Array(body.utf8)))
}

private func json(_ answer: Answer) -> JSONValue { (try? JSONValue(parsing: answer.body)) ?? .null }

@Suite struct ResponderTests {
  @Test func oneObjectIsAnsweredByOneObject() {
    let (answer, record) = ask("POST", "/v1/predict", ChurnModel.row)
    let json = json(answer)
    #expect(answer.status == 200)
    #expect(json["prediction"] == .string("leaves"))
    #expect(
      json["probabilities"] == .object([JSONMember("stays", .double(0.25)), JSONMember("leaves", .double(0.75))]))
    #expect(json["notes"] == .array([]))
    #expect(json["model"] == .string("churn"))
    #expect(json["version"] == .string("3"))
    #expect(json["request_id"]?.string == record.requestID)
    #expect(record.rows == 1)
    #expect(record.request == Array(ChurnModel.row.utf8))
  }

  @Test func aListIsAnsweredByAListInItsOrder() {
    let json = json(ask("POST", "/v1/predict", #"[{"spend":101,"plan":"tin"},{"spend":1}]"#).answer)
    let predictions = json["predictions"]?.elements
    #expect(predictions?.map { $0["prediction"] } == [.string("leaves"), .string("stays")])
    #expect(predictions?[0]["notes"]?.elements?.contains(.string("'plan' has the unseen value 'tin'")) == true)
    #expect(Self.isEmptyList(ask("POST", "/v1/predict", "[]").answer))
  }

  private static func isEmptyList(_ answer: Answer) -> Bool {
    answer.status == 200 && json(answer)["predictions"] == .array([])
  }

  @Test func aRegressionHasNoProbabilities() {
    let json = json(ask("POST", "/v1/predict", #"{"x":1.25}"#, DoublingModel()).answer)
    #expect(json["prediction"] == .double(2.5))
    #expect(json["probabilities"] == nil)
  }

  @Test(arguments: [
    ("GET", "/nowhere", 404, "not-found"), ("GET", "/v1/predict/", 404, "not-found"),
    ("GET", "/v2/models/other", 404, "unknown-model"), ("GET", "/v2/models/churn/versions/9", 404, "unknown-version"),
    ("GET", "/v2/models/%zz", 404, "not-found"), ("GET", "/v2/models/%FF", 404, "not-found"),
    ("GET", "/v1/predict", 405, "wrong-method"), ("DELETE", "/", 405, "wrong-method"),
    ("POST", "/healthz", 405, "wrong-method"), ("GET", "/v2/models/churn/infer", 405, "wrong-method"),
    ("POST", "/v1/predict", 400, "bad-json"), ("POST", "/v2/models/churn/infer", 400, "bad-json"),
  ])
  func whatCannotBeAnsweredHasAStatusAndACode(method: String, path: String, status: Int, code: String) {
    let (answer, record) = ask(method, path)
    #expect(answer.status == status)
    #expect(record.status == status)
    #expect(record.error == code)
    #expect(record.route == path)
    #expect((answer.allow != nil) == (status == 405))
    if path.hasPrefix("/v2") {
      #expect(json(answer)["error"]?.string != nil)
    } else {
      #expect(json(answer)["error"]?["code"] == .string(code))
    }
  }

  @Test(arguments: [
    "/", "/healthz", "/metrics", "/v2", "/v2/health/live", "/v2/health/ready", "/v2/models/churn/ready",
  ])
  func readsAreAnswered(path: String) {
    #expect(ask("GET", path).answer.status == 200)
    #expect(ask("HEAD", path).answer.status == 200)
  }

  @Test func metadataDescribesTensors() {
    let json = json(ask("GET", "/v2/models/churn/versions/3").answer)
    #expect(
      json["inputs"]?.elements?.map { $0["datatype"] } == [
        .string("INT64"), .string("FP64"), .string("BYTES"), .string("BOOL"), .string("BYTES"), .string("BYTES"),
      ])
    #expect(json["outputs"]?[1]?["shape"] == .array([.int(-1), .int(2)]))
  }

  @Test func inferenceEchoesTheIdAndSelectsOutputs() {
    let body = #"""
      {"id":"q7","inputs":[{"name":"spend","datatype":"FP64","shape":[2],"data":[1,200]}],
       "outputs":[{"name":"probabilities"}]}
      """#
    let json = json(ask("POST", "/v2/models/churn/infer", body).answer)
    #expect(json["id"] == .string("q7"))
    #expect(json["outputs"]?.elements?.count == 1)
    #expect(json["outputs"]?[0]?["shape"] == .array([.int(2), .int(2)]))
    #expect(json["outputs"]?[0]?["data"] == .array([.double(0.75), .double(0.25), .double(0.25), .double(0.75)]))
    #expect(json["parameters"]?["notes"]?.string?.contains("row 1: 'age' was not given") == true)
  }

  @Test func thePageShowsModelColumnsAndARequestThatWorks() {
    let page = String(decoding: ask("GET", "/").answer.body, as: UTF8.self)
    for text in ["churn", "outcome", "joined", "http://localhost/v1/predict"] { #expect(page.contains(text)) }
    let body = page.components(between: "-d '", "'</pre>").replacing("&quot;", with: "\"")
    #expect(ask("POST", "/v1/predict", body).answer.status == 200)
  }

  @Test func textFromOutsideIsHarmlessOnThePage() {
    let page = String(
      decoding: ask("GET", "/", "", ChurnModel(name: "<script>alert(1)</script>")).answer.body, as: UTF8.self)
    #expect(!page.contains("<script>"))
  }

  @Test func aModelThatTakesTooLongIsCutOff() {
    let responder = Responder(SlowModel(microseconds: 20_000), seconds: 0.01)
    let body = "[" + [String](repeating: #"{"x":1}"#, count: 100).joined(separator: ",") + "]"
    let (answer, record) = responder.respond(Call(method: "POST", path: "/v1/predict", body: Array(body.utf8)))
    #expect(answer.status == 503)
    #expect(record.error == "too-slow")
  }

  @Test func aRetiredServerIsNotReadyAndStillAnswers() {
    let responder = Responder(ChurnModel())
    responder.retire()
    #expect(responder.respond(Call(method: "GET", path: "/v2/health/ready")).answer.status == 503)
    #expect(responder.respond(Call(method: "GET", path: "/v2/health/live")).answer.status == 200)
    #expect(
      responder.respond(Call(method: "POST", path: "/v1/predict", body: Array(ChurnModel.row.utf8))).answer.status
        == 200)
  }

  @Test func maskedColumnsAreRecordedMaskedAndFailedBodiesNotAtAll() {
    let good = ask("POST", "/v1/predict", #"{"plan":"secret","pin":1234}"#, MaskingModel()).record
    #expect(good.request.map { String(decoding: $0, as: UTF8.self) } == #"[{"plan":"s","pin":"***"}]"#)
    let bad = ask("POST", "/v1/predict", #"{"plan":"secret","pin":"x"}"#, MaskingModel()).record
    #expect(bad.status == 400)
    #expect(bad.request == nil)
  }

  @Test func figuresCountRequestsAndRows() {
    let responder = Responder(ChurnModel())
    for _ in 0..<3 { _ = responder.respond(Call(method: "POST", path: "/v1/predict", body: Array("[{},{}]".utf8))) }
    _ = responder.respond(Call(method: "GET", path: "/x\"y"))
    let text = String(
      decoding: responder.respond(Call(method: "GET", path: "/metrics")).answer.body, as: UTF8.self)
    #expect(text.contains("mlp_requests_total{route=\"/v1/predict\",status=\"200\"} 3\n"))
    #expect(text.contains("mlp_requests_total{route=\"other\",status=\"404\"} 1\n"))
    #expect(text.contains("mlp_rows_total 6\n"))
    #expect(text.contains("mlp_request_seconds_count 4\n"))
  }

  @Test func anotherModelTakesOver() {
    let responder = Responder(ChurnModel())
    responder.replace(DoublingModel())
    let (answer, record) = responder.respond(Call(method: "POST", path: "/v1/predict", body: Array(#"{"x":2}"#.utf8)))
    #expect(json(answer)["prediction"] == .double(4))
    #expect(record.model == "doubling")
  }
}

extension String {
  fileprivate func components(between opening: String, _ closing: String) -> String {
    guard let start = firstRange(of: opening)?.upperBound, let end = self[start...].firstRange(of: closing)?.lowerBound
    else { return "" }
    return String(self[start..<end])
  }
}
