import Diagnostics
import Display
import Language
import Notation

/// What checking a script found: nothing has run.
public struct CheckedScript: Sendable {
  public let source: SourceFile
  public let program: Program
  /// Every diagnostic of the file, in source order.
  public let diagnostics: [Diagnostic]
  /// The script with every default visible.
  public let lines: [PlanLine]
  /// What the script asks of each reading.
  let readings: ReadingPlans
  /// What the script's names and last value would be.
  public let environment: Environment
  /// Params of the command line that the script does not have.
  public let unknownOverrides: [String]

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// What was found, as a session tells it.
  public var events: [SessionEvent] {
    let first = diagnostics.prefix(20).map { SessionEvent.diagnostic($0, source) }
    return diagnostics.count > 20 ? first + [.further(Array(diagnostics.dropFirst(20)), source)] : first
  }

  /// The whole script with every default, and below each stage the steps that it adds; passwords of addresses are masked.
  public var plan: Display {
    let all = lines.enumerated().flatMap { place, line in
      [line.words] + readings.words(ofLine: place).map { "  # \($0)" } + line.additions.map { "  # adds \($0)" }
    }
    return .text(Secrets.masked(all.joined(separator: "\n")))
  }
}

/// Plans a whole script, every statement on the types that reach it, without running any.
public struct Checker: Sendable {
  public let vocabulary: Vocabulary
  let readScript: ScriptReader

  public init(_ vocabulary: Vocabulary, readScript: @escaping ScriptReader) {
    self.vocabulary = vocabulary
    self.readScript = readScript
  }

  /// Checks a script from an environment: an empty one, that of the prelude, or a session's.
  public func check(
    _ source: SourceFile, from environment: Environment = Environment(), overrides: [String: String] = [:]
  ) -> CheckedScript {
    let first = checked(source, from: environment, overrides)
    guard first.environment.guardsColumns, !first.diagnostics.isEmpty, !Discretion.isOn else { return first }
    return Discretion.$isOn.withValue(true) { checked(source, from: environment, overrides) }
  }

  private func checked(
    _ source: SourceFile, from environment: Environment, _ overrides: [String: String]
  ) -> CheckedScript {
    let (program, walker, told) = walk(source, from: environment, overrides)
    let params = Set(
      program.statements.compactMap { if case .param(let param) = $0.kind { param.name.text } else { nil } })
    return CheckedScript(
      source: source, program: program,
      diagnostics: inOneRound(told, program, of: source, from: environment, overrides),
      lines: walker.performer.lines, readings: walker.performer.readings, environment: walker.environment,
      unknownOverrides: overrides.keys.filter { !params.contains($0) }.sorted())
  }

  /// The environment that a script makes, whatever is wrong with it: for completion, which tells of nothing.
  func environment(after source: SourceFile, from environment: Environment = Environment()) -> Environment {
    walk(source, from: environment, [:]).walker.environment
  }

  private func walk(
    _ source: SourceFile, from environment: Environment, _ overrides: [String: String]
  ) -> (program: Program, walker: FlowWalker<PlanRecorder>, told: [Diagnostic]) {
    var parsing = DiagnosticSink()
    let program = Parser.parse(source, &parsing)
    var walker = walker(source, from: environment, overrides)
    walker.standsAlone = program.statements.count == 1
    for statement in program.statements { _ = walker.walk(statement) }
    return (program, walker, Self.inSourceOrder(parsing.diagnostics + walker.sink.diagnostics))
  }

  private func walker(
    _ source: SourceFile, from environment: Environment, _ overrides: [String: String]
  ) -> FlowWalker<PlanRecorder> {
    var start = environment
    start.flow = nil
    var walker = FlowWalker(vocabulary, source, readScript, start, PlanRecorder(source))
    walker.overrides = overrides
    return walker
  }

  /// The diagnostics, with advice that need not be followed twice. Statements are walked anew only where one has such advice.
  private func inOneRound(
    _ told: [Diagnostic], _ program: Program, of source: SourceFile, from start: Environment,
    _ overrides: [String: String]
  ) -> [Diagnostic] {
    var places = told.filter(AdviceInOneRound.mayFollow).compactMap(\.range?.start)
    guard !places.isEmpty else { return told }
    var advice = AdviceInOneRound()
    var walker = walker(source, from: start, overrides)
    var rest = told
    var completed: [Diagnostic] = []
    for statement in program.statements where !places.isEmpty && advice.checksLeft > 0 {
      let range = statement.range
      if places.contains(where: range.holds), AdviceInOneRound.mayFollow(range) {
        let own = rest.filter { $0.range.map { range.holds($0.start) && $0.end <= range.end } ?? false }
        let before = walker.environment
        completed += advice.completed(own, of: source[range], at: range) { text in
          walk(SourceFile(name: source.name, text: text), from: before, overrides).told.filter { $0.severity == .error }
        }
        rest.removeAll(where: own.contains)
      }
      places.removeAll(where: range.holds)
      _ = walker.walk(statement)
    }
    return Self.inSourceOrder(rest + completed)
  }

  /// What tells of the prelude as the home of a definition.
  static let preludeName = "prelude"

  /// The environment that a prelude makes. It was tested where it was made, so its bodies are not bound until they are
  /// used: loading it costs little more than parsing.
  public func prelude(_ text: String) -> Environment {
    environment(after: SourceFile(name: Self.preludeName, text: text))
  }

  private static func inSourceOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.enumerated().sorted {
      let (left, right) = ($0.element.range?.start ?? -1, $1.element.range?.start ?? -1)
      return left == right ? $0.offset < $1.offset : left < right
    }.map(\.element)
  }
}

extension SourceRange {
  fileprivate func holds(_ place: Int) -> Bool { place >= start && place <= end }
}
