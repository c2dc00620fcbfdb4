import Diagnostics
import Notation
import Plan
import Tables

extension Diagnostic {
  /// A failure of the engine at a stage of the script.
  public init(_ error: EngineError, at range: SourceRange?, stage: String? = nil) {
    if case .file(.unreadable(let source)) = error.problem {
      self.init(source, at: range, stage: stage)
      return
    }
    let code = DiagnosticCode(rawValue: error.code.rawValue) ?? .unsupported
    let words = error.words
    self.init(code, words.reason, at: range, stage: stage, help: words.help)
  }

  /// A source that could not be read: the file, and where there is one the line and the cell.
  public init(_ error: SourceError, at range: SourceRange?, stage: String? = nil) {
    let place = error.line.map { "\(error.source):\($0)" } ?? error.source
    switch error.reason {
    case .file(let failure):
      let isMissing = failure.reason == .notFound
      self.init(
        isMissing ? .fileNotFound : .cannotRead, "cannot read '\(error.source)': \(failure.words)", at: range,
        label: isMissing ? NearFile.hint(error.source) : nil, stage: stage)
    case .badFormat(let words):
      self.init(.badFormat, "\(place): \(words)", at: range, stage: stage, help: error.remedyWords)
    case .badCell(let row, let column, let text, let type, let others, let isExpected):
      let cell =
        "\(error.source):\(error.line ?? row): '\(column)' is '\(Discretion.told(text))', and the column is \(type.rawValue)"
      self.init(
        .badCell, cell, at: range, stage: stage,
        help: Self.others(others) + error.remedyWords
          + (isExpected ? [] : ["types: {\(ScriptText.key(column)): text} reads the column as text"]) + [Self.rejecting]
          + (isExpected ? ["the model takes '\(column)' as \(type.rawValue)"] : []))
    case .badRow(let row, let column, let problem, let others):
      let what =
        "\(error.source):\(error.line ?? row): \(column.map { "'\($0)' " } ?? "the row ")\(Discretion.told(quotedIn: problem))"
      self.init(
        .badFormat, what, at: range, stage: stage, help: Self.others(others) + error.remedyWords + [Self.rejecting])
    case .tooLarge(let words):
      self.init(.tooLarge, "\(place): \(words)", at: range, stage: stage)
    case .differs(let words):
      self.init(
        .exportDiffers, "\(error.source): what was made, read back, is not what was exported: \(words)", at: range,
        stage: stage, help: ExportFault.help)
    case .place(let problem): self.init(problem, of: error.source, at: range, stage: stage)
    case .drift(let differences, let schema):
      self.init(differences, schema: schema, of: error.source, at: range, stage: stage)
    case .cancelled:
      self.init(.interrupted, "interrupted", at: range, stage: stage)
    }
  }

  private static let rejecting = "on_conflict: reject leaves such rows out, and rejects: \"bad.csv\" keeps them"

  private static func others(_ count: Int) -> [String] { count == 0 ? [] : ["\(count) more in the file like it"] }
}
