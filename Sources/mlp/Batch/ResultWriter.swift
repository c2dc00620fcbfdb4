import Diagnostics
import Display
import Glibc
import Interpreter
import Terminal

/// Puts what a session tells where it belongs: results on standard output, everything else on standard error; with `--json` all of
/// it as one object a line on standard output.
struct ResultWriter {
  let isJSON: Bool
  let isQuiet: Bool
  private let results: TextRenderer
  private let remarks: TextRenderer
  private let coloursRemarks: Bool

  init(_ invocation: Invocation) {
    isJSON = invocation.isJSON
    isQuiet = invocation.isQuiet
    results = Screen.renderer(for: STDOUT_FILENO, refusingColour: invocation.refusesColour)
    remarks = Screen.renderer(for: STDERR_FILENO, refusingColour: invocation.refusesColour)
    coloursRemarks = Screen.usesColour(STDERR_FILENO, refused: invocation.refusesColour)
  }

  func write(_ event: SessionEvent) {
    switch event {
    case .stageBegan: break
    case .display(let display): write(display)
    case .diagnostic(let diagnostic, let source): write(diagnostic, in: source)
    }
  }

  func write(_ display: Display) {
    if isJSON {
      line(JSONRenderer().value(display).text, to: STDOUT_FILENO)
    } else if case .notes = display {
      if !isQuiet { line(remarks.render(display), to: STDERR_FILENO) }
    } else {
      line(results.render(display), to: STDOUT_FILENO)
    }
  }

  func write(_ diagnostic: Diagnostic, in source: SourceFile?) {
    if isJSON {
      line(DiagnosticRenderer(source: source).json(diagnostic), to: STDOUT_FILENO)
    } else {
      line(DiagnosticRenderer(source: source, colour: coloursRemarks).render(diagnostic), to: STDERR_FILENO)
    }
  }

  private func line(_ text: String, to descriptor: Int32) {
    _ = Screen.write(text.hasSuffix("\n") ? text : text + "\n", to: descriptor)
  }
}
