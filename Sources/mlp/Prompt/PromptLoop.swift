import Diagnostics
import Display
import Glibc
import Interpreter
import Kernels
import Language
import Terminal

/// The prompt: reads entries, runs them in one session, and keeps the session whatever happens.
final class PromptLoop {
  private let workplace: Workplace
  private let writer: ResultWriter
  private let commands: SessionCommands
  private var isDone = false

  init(_ workplace: Workplace) {
    self.workplace = workplace
    writer = ResultWriter(workplace.invocation)
    commands = SessionCommands(workplace, writer)
  }

  func run() -> Int32 {
    InterruptHandler.install(idle: .ignored)
    let commands = commands
    let editor = LineEditor(
      historyPath: Self.historyPath,
      isComplete: { $0.hasPrefix(":") || $0.hasPrefix("?") || Parser.isComplete($0 + "\n") },
      completer: { entry, cursor in commands.completions(entry, cursor) })
    editor.colour = Screen.usesColour(STDOUT_FILENO, refused: workplace.invocation.refusesColour)
    writer.write(.text("mlp: a machine-learning pipeline language. `:help` helps, Ctrl-D leaves."))
    while !commands.isDone {
      switch editor.readEntry(prompt: commands.session.prompt, continuation: "… ") {
      case .text(let entry): if !commands.enter(entry) { stopPaste(editor) }
      case .interrupted: continue
      case .endOfInput, .failed: return finish()
      }
    }
    return finish()
  }

  /// A paste is one unit: what follows a line that failed was written for what that line would have made.
  private func stopPaste(_ editor: LineEditor) {
    switch editor.dropPaste() {
    case 0: break
    case 1: writer.write(.note("the paste stopped here: 1 line was not run"))
    case let count: writer.write(.note("the paste stopped here: \(count) lines were not run"))
    }
  }

  private func finish() -> Int32 {
    while let service = commands.session.service { service.stop() }
    return RunStatus.done.exitStatus
  }

  /// In the user's data folder, as the XDG base directory specification has it.
  private static var historyPath: String? {
    let base: String
    if let data = getenv("XDG_DATA_HOME"), data.pointee != 0 {
      base = String(cString: data)
    } else if let home = getenv("HOME") {
      base = String(cString: home) + "/.local/share"
    } else {
      return nil
    }
    var path = ""
    for part in (base + "/mlp").split(separator: "/") {
      path += "/" + part
      mkdir(path, 0o700)
    }
    return path + "/history"
  }
}
