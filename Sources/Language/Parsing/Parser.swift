import Diagnostics

/// Turns a script into its syntax tree: recursive descent with bounded depth, every error reported, linear time.
public struct Parser {
  /// The greatest height of an expression's tree, and the deepest nesting that is read.
  public static let maximumDepth = 200

  let tokens: [Token]
  var index = 0
  var sink: DiagnosticSink
  /// The opening brackets that are not closed yet; line ends inside them mean nothing.
  var openBrackets: [SourceRange] = []
  /// How many expressions the parser is inside of.
  var depth = 0
  /// Whether the `}` of a `define` may end a statement here.
  var isInDefine = false
  /// Whether the text ended where the grammar lets it go on.
  var endedUnfinished = false
  /// What a formatter cannot see from a token alone.
  var roles: [TokenRole]

  init(_ tokens: [Token], _ sink: DiagnosticSink) {
    self.tokens = tokens
    self.sink = sink
    roles = Array(repeating: .plain, count: tokens.count)
  }

  /// The tree of a script. A statement that does not parse stands as `.error`, and its diagnostics go to the sink in
  /// source order; the rest of the script is read all the same.
  public static func parse(_ source: SourceFile, _ sink: inout DiagnosticSink) -> Program {
    let script = ParsedScript(source)
    for diagnostic in script.diagnostics { sink.report(diagnostic) }
    return script.program
  }

  /// One expression that fills the whole text, as in a condition given on the command line; nil if it does not parse.
  public static func expression(_ source: SourceFile, _ sink: inout DiagnosticSink) -> Expr? {
    var own = DiagnosticSink()
    let (tokens, _) = Lexer.tokens(of: source, &own)
    var parser = Parser(tokens, own)
    let parsed = parser.wholeExpression()
    for diagnostic in parser.sink.inSourceOrder { sink.report(diagnostic) }
    return parser.sink.hasErrors ? nil : parsed
  }

  private mutating func wholeExpression() -> Expr? {
    do throws(Halt) {
      skipLineEnds()
      let expression = try parseExpression()
      skipLineEnds()
      guard current.kind == .end else { throw unexpected("the end of the expression") }
      return expression
    } catch {
      return nil
    }
  }
}

/// A script with all that parsing found: what the formatter works on.
struct ParsedScript {
  let program: Program
  let tokens: [Token]
  let roles: [TokenRole]
  let diagnostics: [Diagnostic]
  let endedUnfinished: Bool

  init(_ source: SourceFile) {
    var sink = DiagnosticSink()
    let (tokens, comments) = Lexer.tokens(of: source, &sink)
    var parser = Parser(tokens, sink)
    var program = parser.parseProgram()
    program.comments = comments
    program.cells = Cell.cells(of: source, comments: comments)
    self.program = program
    self.tokens = tokens
    roles = parser.roles
    diagnostics = parser.sink.inSourceOrder
    endedUnfinished = parser.endedUnfinished
  }
}

/// Thrown to leave a statement that cannot be read further; the reason has been reported.
struct Halt: Error {}

/// What a token turned out to be, where its spelling leaves it open.
enum TokenRole: UInt8 {
  case plain
  /// A minus sign before its operand.
  case prefix
  /// The parenthesis of a call or of a function's parameters: it touches the name.
  case call
  /// The braces around the body of a `define`.
  case block
  /// A keyword that names a member, as in `report.in`: the line does not go on after it.
  case word
}

extension DiagnosticSink {
  /// By start of their range, those without one first; equal starts keep their order.
  var inSourceOrder: [Diagnostic] {
    diagnostics.enumerated().sorted {
      let (left, right) = ($0.element.range?.start ?? -1, $1.element.range?.start ?? -1)
      return left == right ? $0.offset < $1.offset : left < right
    }.map(\.element)
  }
}
