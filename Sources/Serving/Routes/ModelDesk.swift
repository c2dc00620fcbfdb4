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
