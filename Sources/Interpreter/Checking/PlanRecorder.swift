import Diagnostics
import Language

/// A line of a checked script, for `plan`: what the statement does with every default visible.
public struct PlanLine: Sendable {
  public let words: String
  /// Steps that the stage adds of itself.
  public let additions: [String]
  /// The 1-based line of the script.
  public let line: Int
}

/// The performer of `check` and `plan`: nothing runs.
struct PlanRecorder: StagePerformer {
  static let goesOnAfterFailure = true
  let lastMeaning: Scope.Meaning? = nil
  let hasStopped = false
  let writesReportsOnly = false
  let source: SourceFile
  private(set) var lines: [PlanLine] = []
  private(set) var readings = ReadingPlans()

  init(_ source: SourceFile) { self.source = source }

  private func line(_ range: SourceRange) -> Int { source.position(of: range.start).line }

  mutating func perform(_ stage: ReadyStage, _ sink: inout DiagnosticSink) -> ValueType? {
    readings.note(stage, line: lines.count)
    lines.append(
      PlanLine(
        words: stage.words, additions: stage.planned.additions, line: line(stage.call.range)))
    return stage.planned.result
  }

  mutating func name(_ name: String, _ type: ValueType) -> ValueType {
    readings.name(name, type)
    lines.append(PlanLine(words: "as \(SyntaxPrinter.name(name))", additions: [], line: 0))
    return type
  }

  mutating func recall(_ name: String, isShown: Bool, at range: SourceRange, _ sink: inout DiagnosticSink) {
    readings.recall(name, isShown: isShown)
    lines.append(PlanLine(words: SyntaxPrinter.name(name), additions: [], line: 0))
  }

  mutating func show(_ scalar: BoundScalar, at range: SourceRange) {
    lines.append(PlanLine(words: source[range], additions: [], line: line(range)))
  }

  mutating func show(definition: String, at range: SourceRange) {}

  mutating func declared(_ statement: Statement) {
    lines.append(
      PlanLine(words: SyntaxPrinter.text(statement), additions: [], line: line(statement.range)))
  }
}
