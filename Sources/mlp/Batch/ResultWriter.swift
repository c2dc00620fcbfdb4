import Diagnostics
import Display
import Glibc
import Interpreter
import Notation
import Synchronization
import Terminal

/// Puts what a session tells where it belongs: results on standard output, everything else on standard error; with `--json` all of
/// it as one object a line on standard output.
struct ResultWriter {
  let isJSON: Bool
  let isQuiet: Bool
  private let refusesColour: Bool
  private let place = Place()

  /// Where the output of a stage stands.
  private final class Place {
    /// Whether the stage has printed something that what follows is set off from.
    var isAfterBlock = false
  }

  /// Whether a result could not be written, for another reason than a reader that went away.
  static let hasLostResults = Atomic<Bool>(false)

  init(_ invocation: Invocation) {
    isJSON = invocation.isJSON
    isQuiet = invocation.isQuiet
    refusesColour = invocation.refusesColour
  }

  func write(_ event: SessionEvent) {
    switch event {
    case .stageBegan: begin()
    case .display(let display, let place): write(display, from: place)
    case .diagnostic(let diagnostic, let source): write(diagnostic, in: source)
    case .further(let diagnostics, let source): write(further: diagnostics, in: source)
    case .cache(let diagnostic): warn(diagnostic)
    case .unchanged(let count, let all):
      if !isQuiet { note("cache: \(count) of \(all) \(all == 1 ? "stage" : "stages") unchanged") }
    }
  }

  /// What comes next is not set off from what was printed before.
  func begin() { place.isAfterBlock = false }

  /// `stage` is where a result of the session comes from.
  func write(_ display: Display, from stage: StagePlace? = nil) {
    if isJSON {
      line(JSONRenderer().value(display, with: stage?.members ?? []).text, to: STDOUT_FILENO)
    } else {
      for part in Self.apart(display) { writeText(part) }
    }
  }

  private func writeText(_ display: Display) {
    // Made anew each time: a terminal may have been resized.
    if case .notes = display {
      if !isQuiet {
        line(Screen.renderer(for: STDERR_FILENO, refusingColour: refusesColour).render(display), to: STDERR_FILENO)
      }
      return
    }
    let isBlock = if case .text = display { false } else { true }
    let text = Screen.renderer(for: STDOUT_FILENO, refusingColour: refusesColour).render(display)
    line(place.isAfterBlock && isBlock ? "\n" + text : text, to: STDOUT_FILENO)
    place.isAfterBlock = isBlock
  }

  /// The results and the notes of a group one after the other: they go to different places.
  private static func apart(_ display: Display) -> [Display] {
    guard case .group(let parts) = display else { return [display] }
    var all: [Display] = []
    for part in parts.flatMap(apart) {
      if case .notes = part {
        all.append(part)
      } else if case .group(let before)? = all.last {
        all[all.count - 1] = .group(before + [part])
      } else {
        all.append(.group([part]))
      }
    }
    return all
  }

  /// What is no part of the results, with `--json` neither.
  func warn(_ diagnostic: Diagnostic) {
    let renderer = DiagnosticRenderer(
      source: nil, colour: Screen.usesColour(STDERR_FILENO, refused: refusesColour),
      width: Screen.width(of: STDERR_FILENO))
    line(renderer.render(diagnostic), to: STDERR_FILENO)
  }

  private func note(_ words: String) {
    let renderer = Screen.renderer(for: STDERR_FILENO, refusingColour: refusesColour)
    line(renderer.render(.note(words)), to: STDERR_FILENO)
  }

  func write(_ diagnostic: Diagnostic, in source: SourceFile?) {
    if isJSON {
      line(DiagnosticRenderer(source: source).json(diagnostic), to: STDOUT_FILENO)
    } else {
      let renderer = DiagnosticRenderer(
        source: source, colour: Screen.usesColour(STDERR_FILENO, refused: refusesColour),
        width: Screen.width(of: STDERR_FILENO))
      line(renderer.render(diagnostic), to: STDERR_FILENO)
    }
  }

  private func write(further diagnostics: [Diagnostic], in source: SourceFile) {
    if isJSON {
      for diagnostic in diagnostics { write(diagnostic, in: source) }
    } else {
      note("… and \(diagnostics.count) more; `--json` tells all")
    }
  }

  private func line(_ text: String, to descriptor: Int32) {
    if Screen.write(text.hasSuffix("\n") ? text : text + "\n", to: descriptor) { return }
    let code = errno
    // A reader that has enough, as in `mlp … | head`, is no failure.
    guard descriptor == STDOUT_FILENO, code != EPIPE, !Self.hasLostResults.exchange(true, ordering: .relaxed) else {
      return
    }
    write(Diagnostic(.cannotWrite, "cannot write the results: \(String(cString: strerror(code)))"), in: nil)
  }
}

extension StagePlace {
  /// What `--json` tells of it with each result.
  fileprivate var members: [JSONMember] {
    [
      JSONMember("verb", verb.map(JSONValue.string) ?? .null), JSONMember("line", .int(Int64(line))),
      JSONMember("stage", stage.map { .int(Int64($0)) } ?? .null), JSONMember("words", .string(words)),
    ]
  }
}
