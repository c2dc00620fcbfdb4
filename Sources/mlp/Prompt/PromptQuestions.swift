import Display
import Glibc
import Interpreter
import Terminal

/// The questions of stages, asked on the terminal that the prompt is typed at.
struct PromptQuestions: Questioner {
  private let invocation: Invocation

  init(_ invocation: Invocation) { self.invocation = invocation }

  /// Notes stand where the question does, and not on standard error: they are part of it.
  func show(_ display: Display) {
    let renderer = Screen.renderer(for: STDOUT_FILENO, refusingColour: invocation.refusesColour)
    Screen.write(renderer.render(display) + "\n", to: STDOUT_FILENO)
  }

  /// Answers are no entries: they have no history of their own, and stand in none.
  func ask(_ prompt: String) -> QuestionReply {
    ScreenProgress.pause()
    defer { ScreenProgress.goOn() }
    let editor = LineEditor(historyPath: nil, isComplete: { _ in true }, completer: { _, _ in .none })
    editor.colour = Screen.usesColour(STDOUT_FILENO, refused: invocation.refusesColour)
    switch editor.readEntry(prompt: prompt, continuation: "") {
    case .text(let line): return .line(line)
    case .interrupted: return .interrupted
    case .endOfInput, .failed: return .ended
    }
  }
}
