import Diagnostics
import Language
import Notation

/// What became of a statement that ran.
struct StatementTrace: Sendable {
  /// What its first stage takes of what stood before it.
  enum Taken: Sendable {
    case nothing
    /// What the last value is, or looked at.
    case subject
    /// The last value itself, a look among others.
    case value
  }

  private(set) var takes: Taken?
  /// Whether it gave a value to go on with.
  var gives = false
  /// Whether that belongs to a flow: what only looks does not.
  var leads = false
  /// Whether it left another value, name or definition behind.
  var changes = false
  /// Whether an interrupt cut a stage of it short, and no other followed.
  var isCutShort = false

  init(_ takes: Taken? = nil) { self.takes = takes }

  mutating func began(_ taken: Taken) { takes = takes ?? taken }
}

/// The statements that ran, as they were written, and which of them lead to a value. What is made of them has the passwords of addresses
/// masked: it is kept longer than a session.
struct SessionTranscript: Sendable {
  struct Line: Sendable {
    let text: String
    let trace: StatementTrace
    /// Names that it defines; a file of definitions is taken to define any.
    let defines: Set<String>
    let isUse: Bool
    /// Every name that it has.
    let names: Set<String>
  }

  private(set) var lines: [Line] = []

  mutating func append(_ statement: Statement, of source: SourceFile, _ trace: StatementTrace) {
    let text = source[statement.range]
    let isUse = if case .use = statement.kind { true } else { false }
    lines.append(
      Line(text: text, trace: trace, defines: statement.definedNames, isUse: isUse, names: Self.names(text)))
  }

  mutating func cut(to count: Int) { lines.removeLast(lines.count - count) }

  private static func names(_ text: String) -> Set<String> {
    var sink = DiagnosticSink()
    return Set(Lexer.tokens(of: SourceFile(name: "", text: text), &sink).tokens.compactMap(\.name))
  }

  /// Everything, as a script that does it again.
  var script: String { Self.script(lines) }

  /// The same of the flow that leads to the last value, with the definitions and the named values that it needs; everything where
  /// there is no value.
  var flow: String {
    guard lines.contains(where: \.trace.leads) else { return script }
    var needed: Set<Int> = []
    var open = [(place: lines.count, trace: StatementTrace(.subject), names: Set<String>())]
    while let next = open.popLast() {
      for place in causes(before: next.place, next.trace, next.names) where needed.insert(place).inserted {
        open.append((place, lines[place].trace, lines[place].names))
      }
    }
    return Self.script(lines.indices.filter { needed.contains($0) || lines[$0].isUse }.map { lines[$0] })
  }

  /// The lines that one needs of those before it: what made the value that it takes, and the latest definition of each name.
  private func causes(before place: Int, _ trace: StatementTrace, _ names: Set<String>) -> [Int] {
    let last =
      switch trace.takes {
      case .subject: lines[..<place].lastIndex { $0.trace.leads }
      case .value: lines[..<place].lastIndex { $0.trace.gives }
      case .nothing, nil: nil as Int?
      }
    let named = names.compactMap { name in lines[..<place].lastIndex { $0.defines.contains(name) } }
    return [last].compactMap { $0 } + named
  }

  /// Whoever runs the script would else wonder why it takes longer and gives another model.
  private static let interrupted =
    "# interrupted when it was typed: a script runs it to its end, and may keep another model"

  private static func script(_ lines: [Line]) -> String {
    let written = lines.flatMap { ($0.trace.isCutShort ? [interrupted] : []) + [$0.text] }
    return Secrets.masked((["mlp \(Edition.current)"] + written).map { $0 + "\n" }.joined())
  }
}

extension Statement {
  fileprivate var definedNames: Set<String> {
    switch kind {
    case .param(let param): [param.name.text]
    case .let(let declaration): [declaration.name.text]
    case .define(let declaration): [declaration.name.text]
    case .pipeline(let pipeline):
      Set(pipeline.elements.compactMap { if case .naming(let naming) = $0 { naming.name.text } else { nil } })
    case .use, .error: []
    }
  }
}
