/// How grave a diagnostic is.
public enum Severity: String, Sendable {
  case error, warning, note
}

/// One finding about a script or a run: a stable code, the place, the reason in one line, and help.
///
/// It carries no drawing: renderers give it as terminal text, plain text or JSON.
public struct Diagnostic: Sendable, Hashable {
  public var code: DiagnosticCode
  public var severity: Severity
  /// The reason, in one line without a final full stop.
  public var message: String
  /// Where in the source; nil for a failure without a place in the script (a broken file, a full disk).
  public var range: SourceRange?
  /// What is said beside the caret, for example `did you mean 'age'?`.
  public var label: String?
  /// Where in a flow, for example `stage 3 of the flow that starts at line 2`.
  public var stage: String?
  /// Further lines of help, most useful first.
  public var help: [String]
  /// What to write instead, where that is known; it is the label unless there is another.
  public var rewrite: Rewrite?

  public init(
    _ code: DiagnosticCode, severity: Severity = .error, _ message: String, at range: SourceRange? = nil,
    label: String? = nil, stage: String? = nil, help: [String] = [], rewrite: Rewrite? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.label = label ?? rewrite.map { "write \($0.text)" }
    self.stage = stage
    self.help = help
    self.rewrite = rewrite
  }
}

/// Collects every diagnostic of a pass, so that one failure does not hide the next.
public struct DiagnosticSink: Sendable {
  public private(set) var diagnostics: [Diagnostic] = []
  /// A set beside the list: a file of a million errors must not cost their square.
  private var seen: Set<Diagnostic> = []

  public init() {}

  /// Adds a diagnostic unless the very same one is already there.
  public mutating func report(_ diagnostic: Diagnostic) {
    if seen.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  public mutating func report(
    _ code: DiagnosticCode, severity: Severity = .error, _ message: String, at range: SourceRange? = nil,
    label: String? = nil, help: [String] = [], rewrite: Rewrite? = nil
  ) {
    report(Diagnostic(code, severity: severity, message, at: range, label: label, help: help, rewrite: rewrite))
  }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
