import Display
import Notation
import Synchronization
import Tables

/// Answers calls: everything of the server between HTTP and the log. Each call gives an answer and a record of it.
public final class Responder: Sendable {
  private let desk: Mutex<ModelDesk>
  private let isReady = Atomic<Bool>(true)
  private let names = RequestNames()
  private let bounds: RequestBounds
  private let isStrict: Bool
  /// Microseconds that scoring may take.
  private let limit: Int64
  let metrics = ServiceMetrics()

  /// `seconds` bounds the scoring of one request; `strict` takes all of the model's columns and no others.
  public init(
    _ model: any ServedModel, bounds: RequestBounds = RequestBounds(), seconds: Double = 30, strict: Bool = false
  ) {
    desk = Mutex(ModelDesk(model, isStrict: strict))
    self.bounds = bounds
    isStrict = strict
    limit = Int64(min(max(seconds, 0), 86_400) * 1e6)
  }

  /// Puts another model in the place of the one served, between two requests.
  public func replace(_ model: any ServedModel) {
    let new = ModelDesk(model, isStrict: isStrict)
    desk.withLock { $0 = new }
  }

  public var model: any ServedModel { desk.withLock { $0.model } }

  /// From now on `ready` is answered with 503: the server is about to stop.
  public func retire() { isReady.store(false, ordering: .relaxed) }

  /// What a route gives, before it is recorded.
  private struct Result {
    var answer: Answer
    var rows = 0
    var response: [UInt8]?
    var error: String?
  }

  /// Answers a call. Never throws: what goes wrong is the answer.
  public func respond(_ call: Call) -> (answer: Answer, record: LogRecord) {
    let desk = desk.withLock { $0 }
    let name = names.next
    let route = Route(path: call.path)
    var result: Result
    do throws(RequestProblem) {
      result = try answer(call, route, desk, name)
    } catch {
      result = Result(
        answer: .problem(error, requestID: name, isInferenceProtocol: call.path.hasPrefix("/v2")), error: error.code)
      if error.status == 405 { result.answer.allow = route?.methods }
    }
    return (result.answer, record(call, route, desk, name, result))
  }

  /// Records a call that ended before it was whole: too large, too slow, malformed or dropped.
  public func refuse(_ call: Call, _ problem: RequestProblem) -> (answer: Answer, record: LogRecord) {
    let desk = desk.withLock { $0 }
    let name = names.next
    let answer = Answer.problem(problem, requestID: name, isInferenceProtocol: call.path.hasPrefix("/v2"))
    return (answer, record(call, Route(path: call.path), desk, name, Result(answer: answer, error: problem.code)))
  }

  private func answer(
    _ call: Call, _ route: Route?, _ desk: ModelDesk, _ name: String
  ) throws(RequestProblem) -> Result {
    guard let route else {
      throw RequestProblem(
        status: 404, "not-found", "nothing at \(CellReading.shown(call.path))", help: "POST /v1/predict")
    }
    guard route.takes(call.method) else {
      throw RequestProblem(
        status: 405, "wrong-method", "\(CellReading.shown(call.method)) is not for \(CellReading.shown(call.path))",
        help: "use \(route.methods)")
    }
    switch route {
    case .predict: return try predict(call, desk, name)
    case .infer(let model, let version):
      if let mismatch = desk.mismatch(model, version) { throw mismatch }
      return try infer(call, desk, name)
    case .metadata(let model, let version):
      if let mismatch = desk.mismatch(model, version) { throw mismatch }
      return Result(answer: Answer(body: desk.metadata))
    case .modelReady(let model, let version):
      if let mismatch = desk.mismatch(model, version) { throw mismatch }
      return ready([JSONMember("name", .string(desk.model.name)), JSONMember("ready", .bool(isServing))])
    case .ready: return ready([JSONMember("ready", .bool(isServing))])
    case .health: return ready([JSONMember("status", .string(isServing ? "ok" : "stopping"))])
    case .live: return Result(answer: .json([JSONMember("live", .bool(true))]))
    case .serverMetadata:
      return Result(
        answer: .json([
          JSONMember("name", .string("mlp")), JSONMember("version", .string("1")), JSONMember("extensions", .array([])),
        ]))
    case .metrics:
      return Result(answer: Answer(contentType: "text/plain; version=0.0.4", body: Array(metrics.text.utf8)))
    case .page:
      let page = ModelPage.addressed(desk.page, host: call.host)
      return Result(answer: Answer(contentType: "text/html; charset=utf-8", body: page))
    }
  }

  private var isServing: Bool { isReady.load(ordering: .relaxed) }

  private func ready(_ members: [JSONMember]) -> Result {
    Result(answer: .json(members, status: isServing ? 200 : 503), error: isServing ? nil : "stopping")
  }

  private func predict(_ call: Call, _ desk: ModelDesk, _ name: String) throws(RequestProblem) -> Result {
    try check(encoding: call.encoding)
    let request = try RequestBody.decode(call.body, desk.schema, bounds)
    let rows = try desk.score(request.rows, from: call.arrival, within: limit)
    let predictions = desk.predictions.predictions(rows, of: request)
    let body = desk.predictions.answer(predictions, of: request, requestID: name)
    return Result(answer: Answer(body: body), rows: rows.count, response: predictions)
  }

  private func infer(_ call: Call, _ desk: ModelDesk, _ name: String) throws(RequestProblem) -> Result {
    try check(encoding: call.encoding)
    let request = try TensorBody.decode(call.body, desk.schema, bounds)
    let rows = try desk.score(request.rows, from: call.arrival, within: limit)
    let body = TensorJSON.answer(rows, of: request, desk.model, requestID: name)
    return Result(
      answer: Answer(body: body), rows: rows.count, response: desk.predictions.predictions(rows, of: request))
  }

  private func check(encoding: String?) throws(RequestProblem) {
    guard let encoding, encoding.lowercased() != "identity" else { return }
    throw RequestProblem(
      status: 415, "encoded-body", "the body is encoded as \(CellReading.shown(encoding))", help: "send plain JSON")
  }

  private func record(
    _ call: Call, _ route: Route?, _ desk: ModelDesk, _ name: String, _ result: Result
  ) -> LogRecord {
    let latency = call.arrival.elapsed
    metrics.count(
      route: route?.counted ?? "other", status: result.answer.status, latency: Int(latency), rows: result.rows)
    return LogRecord(
      at: call.arrival.utc, requestID: name, client: call.client, method: String(call.method.prefix(16)),
      route: String(call.path.prefix(256)), status: result.answer.status, model: desk.model.name,
      version: desk.model.version, latency: latency, rows: result.rows,
      request: route?.takesPost == true ? recordable(call, desk, result) : nil, response: result.response,
      error: result.error)
  }

  /// The body as the log may keep it. What a model masks must not be kept raw; a body that could not be understood
  /// could hold it anywhere, so that then nothing of it is kept.
  private func recordable(_ call: Call, _ desk: ModelDesk, _ result: Result) -> [UInt8]? {
    if call.body.isEmpty { return nil }
    guard desk.model.masksInputs else { return call.body }
    guard result.rows > 0 else { return nil }
    let isTensor = if case .infer? = Route(path: call.path) { true } else { false }
    // try? is safe: a body that was answered can be read, and of any other nothing is kept.
    let request =
      isTensor
      ? try? TensorBody.decode(call.body, desk.schema, bounds) : try? RequestBody.decode(call.body, desk.schema, bounds)
    return request.map { CellJSON.rows($0.rows.map(desk.model.recordable), desk.model.recordedInputs) }
  }
}
