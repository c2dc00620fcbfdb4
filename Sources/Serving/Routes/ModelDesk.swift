import Notation
import Tables

/// A model with what is made once for all of its requests.
struct ModelDesk: Sendable {
  let model: any ServedModel
  let schema: InputSchema
  let predictions: PredictionJSON
  let metadata: [UInt8]
  let page: [UInt8]

  init(_ model: any ServedModel, isStrict: Bool) {
    self.model = model
    schema = InputSchema(model, strict: isStrict)
    predictions = PredictionJSON(model)
    metadata = TensorJSON.metadata(model)
    page = ModelPage.html(model, isStrict: isStrict)
  }

  /// Rows scored between two looks at the clock.
  private static let chunk = 64

  /// Scores rows within a time; a model that fails or takes longer is a problem of the server's.
  func score(_ rows: [[Cell]], from arrival: Moment, within limit: Int64) throws(RequestProblem) -> [ScoredRow] {
    var scored: [ScoredRow] = []
    scored.reserveCapacity(rows.count)
    var start = 0
    while start < rows.count {
      let end = min(start + Self.chunk, rows.count)
      let chunk = start == 0 && end == rows.count ? rows : Array(rows[start..<end])
      // try? is safe: whatever went wrong, the caller gets the problem below in place of an answer.
      guard let part = try? model.score(chunk), part.count == chunk.count else {
        throw RequestProblem(status: 500, "scoring-failed", "the model could not score these rows")
      }
      if let place = part.firstIndex(where: { !$0.broken.isEmpty }) {
        let problem = Self.refusal(part[place].broken)
        throw rows.count > 1 ? problem.at(row: start + place) : problem
      }
      scored += part
      start = end
      if start < rows.count, arrival.elapsed > limit {
        throw RequestProblem(
          status: 503, "too-slow", "\(start) of \(rows.count) rows were scored in the time that a request has",
          help: "send fewer rows in one request")
      }
    }
    return scored
  }

  /// The problem of a row that breaks guards of the model: its cells are in order, and it is not one to be answered.
  private static func refusal(_ broken: [BrokenGuard]) -> RequestProblem {
    let columns = Set(broken.flatMap(\.columns))
    let rules = broken.map { ScriptText.code($0.rule) }.joined(separator: " and ")
    return RequestProblem(
      status: 422, "guard-failed", "\(rules) \(broken.count == 1 ? "does" : "do") not hold",
      field: columns.count == 1 ? columns.first : nil, help: "the model answers rows that keep to its rules")
  }

  /// The problem of an address that names another model or version; nil for this one.
  func mismatch(_ name: String, _ version: String?) -> RequestProblem? {
    if name != model.name {
      return RequestProblem(
        status: 404, "unknown-model", "no model '\(CellReading.shown(name))'", help: "this server has '\(model.name)'")
    }
    if let version, version != model.version {
      return RequestProblem(
        status: 404, "unknown-version", "no version '\(CellReading.shown(version))' of '\(model.name)'",
        help: "this server has version \(model.version)")
    }
    return nil
  }
}
