import Diagnostics
import Display
import Glibc
import Interpreter
import Kernels
import Notation
import Tables
import Terminal

/// A session at the prompt: entries of the language, `?verb`, and the commands that start with a colon.
final class SessionCommands {
  private(set) var session: Session
  private(set) var isDone = false
  private let workplace: Workplace
  private let writer: ResultWriter
  private var showsTime = false

  /// What `:save` takes before the file to write every entry.
  private static let everything = "all"

  static let all = [
    SessionCommand(":help", "what there is; `:help TOPIC` or `?TOPIC` tells of one", .topic),
    SessionCommand(":vars", "every name and its value"),
    SessionCommand(":undo", "takes back the last entry that changed something"),
    SessionCommand(
      ":save",
      "writes the flow that leads to the last value as a script: `:save FILE.mlp`; `:save all FILE.mlp` every entry",
      .script(words: [everything])),
    SessionCommand(":save!", "the same, replacing a file that is there", .script(words: [everything])),
    SessionCommand(":open", "runs a script in this session: `:open FILE`", .script(words: [])),
    SessionCommand(":time", "turns the time of each entry on or off"),
    SessionCommand(":set", "threads: `:set threads 2`"), SessionCommand(":quit", "leaves"),
  ]

  init(_ workplace: Workplace, _ writer: ResultWriter) {
    self.workplace = workplace
    self.writer = writer
    session = workplace.session(isInteractive: true, cache: workplace.cache(isInteractive: true, writer))
  }

  /// Whether the entry did what it says; false after an error or an interrupt.
  func enter(_ entry: String) -> Bool {
    let text = entry.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
    if text.isEmpty { return true }
    writer.begin()
    if text.hasPrefix("?") {
      return help(String(text.dropFirst()))
    } else if text.hasPrefix(":") {
      let words = text.split(separator: " ").map(String.init)
      return perform(words[0], Array(words.dropFirst()))
    } else if let command = Self.command(meantBy: text), session.named[String(text)] == nil {
      return perform(command.name, command.arguments)
    }
    return run(entry, name: "<prompt>")
  }

  /// `help`, `quit` and `exit` are no verbs, and are typed all the same.
  private static func command(meantBy text: Substring) -> (name: String, arguments: [String])? {
    let words = text.split { $0 == " " || $0 == "\n" }.map(String.init)
    switch (words.first, words.count) {
    case ("help", 1...2): return (":help", Array(words.dropFirst()))
    case ("quit", 1), ("exit", 1): return (":quit", [])
    default: return nil
    }
  }

  private func run(_ entry: String, name: String) -> Bool {
    let progress = Progress()
    let started = Clock.seconds
    let writer = writer
    let screen = ScreenProgress(isShown: !workplace.invocation.isQuiet)
    let status = InterruptHandler.running(progress) {
      screen.showing(progress, stage: "") { session.enter(entry, name: name, progress) { writer.write($0) } }
    }
    if showsTime, status == .done {
      let milliseconds = Int(((Clock.seconds - started) * 1000).rounded())
      writer.write(.note("\(milliseconds) ms"))
    }
    // Ctrl-C that comes when the last stage is all but done is meant all the same.
    return status == .done && !progress.isCancelled
  }

  private func help(_ topic: String) -> Bool {
    let name = topic.split(separator: " ").first.map(String.init)
    switch Help.answer(name, workplace.vocabulary.help, session.environment) {
    case .found(let display): writer.write(display)
    case .unknown(let diagnostic):
      writer.write(diagnostic, in: nil)
      return false
    }
    if name == nil {
      let rows = Self.all.map { [Cell.text($0.name), Cell.text($0.summary)] }
      writer.write(.table(DisplayTable(["command", "what it does"], rows: rows)))
    }
    return true
  }

  private func perform(_ command: String, _ arguments: [String]) -> Bool {
    switch command {
    case ":help": return help(arguments.joined(separator: " "))
    case ":vars": writer.write(session.variables)
    case ":undo":
      // A statement of several stages may be of several lines.
      let undone = session.undo().map { $0.split(separator: "\n").joined(separator: " · ") }
      writer.write(.note(undone.map { "undone: \($0)" } ?? "nothing to undo"))
    case ":save": return save(arguments, replacing: false)
    case ":save!": return save(arguments, replacing: true)
    case ":open": return open(Self.path(arguments))
    case ":time":
      showsTime.toggle()
      writer.write(.note(showsTime ? "times are shown" : "times are not shown"))
    case ":set": return set(arguments)
    case ":quit", ":q", ":exit": isDone = true
    default:
      return refuse("no command '\(command)'", NearestName.hint(command, in: Self.all.map(\.name)))
    }
    return true
  }

  /// Only a script's name is taken, and only `:save!` replaces a file: a slip of the finger overwrites no data.
  private func save(_ arguments: [String], replacing: Bool) -> Bool {
    let isWhole = arguments.first == Self.everything
    guard let path = Self.path(arguments.dropFirst(isWhole ? 1 : 0)) else {
      return refuse(":save needs a file", "for example :save flow.mlp")
    }
    guard path.hasSuffix(".mlp") else {
      return refuse(
        ":save writes a script, and '\(path)' does not end in .mlp",
        path.contains(".") ? "`export` writes a table or a model" : "`:save \(path).mlp` does")
    }
    do {
      let place = try WorkingFolder.current.resolve(path)
      if !replacing, WorkingFolder.real(place) != nil {
        let command = isWhole ? ":save! \(Self.everything)" : ":save!"
        return refuse("'\(path)' is there already", "`\(command) \(path)` replaces it", .fileExists)
      }
      let seed = workplace.invocation.seed
      let run = seed == 0 ? "" : "mlp --seed \(seed) run \(path.contains(" ") ? "'\(path)'" : path)"
      let script = (isWhole ? session.transcript : session.flow) + (run.isEmpty ? "" : "# \(run)\n")
      try DurableFile.write(Array(script.utf8), to: place)
      if Secrets.isMasked(script) {
        writer.write(.note("passwords are left out (***): PGPASSWORD or ~/.pgpass gives them when the script is run"))
      }
      writer.write(.note("saved in \(path)" + (run.isEmpty ? "" : "; the same numbers come of `\(run)`")))
      return true
    } catch let error as FileError {
      return refuse("cannot write '\(path)': \(error.words)", nil)
    } catch {
      return refuse("cannot write '\(path)'", nil)
    }
  }

  /// What stands behind a command, blanks in it included, with the quotes of a script or without; nil where nothing does.
  private static func path(_ words: some Collection<String>) -> String? {
    let path = words.joined(separator: " ")
    let isQuoted = path.count > 2 && path.hasPrefix("\"") && path.hasSuffix("\"")
    return path.isEmpty ? nil : isQuoted ? String(path.dropFirst().dropLast()) : path
  }

  private func open(_ path: String?) -> Bool {
    guard let path else { return refuse(":open needs a file", "for example :open flow.mlp") }
    do throws(ScriptReadFailure) {
      return run(try Workplace.script(path), name: path)
    } catch {
      return refuse("cannot read '\(path)': \(error.words)", NearFile.hint(path))
    }
  }

  private func set(_ arguments: [String]) -> Bool {
    guard arguments.count == 2, arguments[0] == "threads", let count = Int(arguments[1]), (1...1024).contains(count)
    else {
      writer.write(.facts([Fact("threads", Threads.count), Fact("seed", "\(workplace.invocation.seed)")]))
      if arguments.isEmpty { return true }
      return refuse("':set' knows threads, with a number from 1 to 1024", "for example :set threads 2")
    }
    Threads.set(count)
    return true
  }

  private func refuse(_ message: String, _ label: String?, _ code: DiagnosticCode = .usage) -> Bool {
    writer.write(Diagnostic(code, message, label: label), in: nil)
    return false
  }
}
