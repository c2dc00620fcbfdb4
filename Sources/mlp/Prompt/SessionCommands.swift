import Diagnostics
import Display
import Glibc
import Interpreter
import Kernels
import Tables
import Terminal

/// A session at the prompt: entries of the language, `?verb`, and the commands that start with a colon.
final class SessionCommands {
  private(set) var session: Session
  private(set) var isDone = false
  private let workplace: Workplace
  private let writer: ResultWriter
  private var showsTime = false

  static let names: [(name: String, summary: String)] = [
    (":help", "what there is; `:help TOPIC` or `?TOPIC` tells of one"), (":vars", "every name and its value"),
    (":undo", "takes back the last entry"), (":save", "writes the session as a script: `:save FILE`"),
    (":open", "runs a script in this session: `:open FILE`"), (":time", "turns the time of each entry on or off"),
    (":set", "threads: `:set threads 2`"), (":quit", "leaves"),
  ]

  init(_ workplace: Workplace, _ writer: ResultWriter) {
    self.workplace = workplace
    self.writer = writer
    session = workplace.session(isInteractive: true, cache: workplace.cache(isInteractive: true, writer))
  }

  func enter(_ entry: String) {
    let text = entry.drop { $0 == " " || $0 == "\t" || $0 == "\n" }
    if text.isEmpty { return }
    writer.begin()
    if text.hasPrefix("?") {
      help(String(text.dropFirst()))
    } else if text.hasPrefix(":") {
      let words = text.split(separator: " ").map(String.init)
      perform(words[0], Array(words.dropFirst()))
    } else if let command = Self.command(meantBy: text), session.named[String(text)] == nil {
      perform(command.name, command.arguments)
    } else {
      run(entry, name: "<prompt>")
    }
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

  private func run(_ entry: String, name: String) {
    let progress = Progress()
    let started = Self.now
    let writer = writer
    let screen = ScreenProgress(isShown: !workplace.invocation.isQuiet)
    let status = InterruptHandler.running(progress) {
      screen.showing(progress, stage: "") { session.enter(entry, name: name, progress) { writer.write($0) } }
    }
    if showsTime, status == .done {
      let milliseconds = Int(((Self.now - started) * 1000).rounded())
      writer.write(.note("\(milliseconds) ms"))
    }
  }

  private func help(_ topic: String) {
    let name = topic.split(separator: " ").first.map(String.init)
    switch Help.answer(name, workplace.vocabulary.help, session.environment) {
    case .found(let display): writer.write(display)
    case .unknown(let diagnostic): writer.write(diagnostic, in: nil)
    }
    if name == nil {
      let rows = Self.names.map { [Cell.text($0.name), Cell.text($0.summary)] }
      writer.write(.table(DisplayTable(["command", "what it does"], rows: rows)))
    }
  }

  private func perform(_ command: String, _ arguments: [String]) {
    switch command {
    case ":help": help(arguments.joined(separator: " "))
    case ":vars": writer.write(session.variables)
    case ":undo": writer.write(.note(session.undo().map { "undone: \($0)" } ?? "nothing to undo"))
    case ":save": save(arguments.first)
    case ":open": open(arguments.first)
    case ":time":
      showsTime.toggle()
      writer.write(.note(showsTime ? "times are shown" : "times are not shown"))
    case ":set": set(arguments)
    case ":quit", ":q", ":exit": isDone = true
    default:
      refuse("no command '\(command)'", NearestName.hint(command, in: Self.names.map(\.name)))
    }
  }

  private func save(_ path: String?) {
    guard let path else { return refuse(":save needs a file", "for example :save flow.mlp") }
    do {
      let place = try WorkingFolder.current.resolve(path)
      try DurableFile.write(Array(session.transcript.utf8), to: place)
      writer.write(.note("saved in \(path)"))
    } catch let error as FileError {
      refuse("cannot write '\(path)': \(error.words)", nil)
    } catch {
      refuse("cannot write '\(path)'", nil)
    }
  }

  private func open(_ path: String?) {
    guard let path else { return refuse(":open needs a file", "for example :open flow.mlp") }
    do throws(ScriptReadFailure) {
      run(try Workplace.script(path), name: path)
    } catch {
      refuse("cannot read '\(path)': \(error.words)", NearFile.hint(path))
    }
  }

  private func set(_ arguments: [String]) {
    guard arguments.count == 2, arguments[0] == "threads", let count = Int(arguments[1]), (1...1024).contains(count)
    else {
      writer.write(.facts([Fact("threads", Threads.count), Fact("seed", "\(workplace.invocation.seed)")]))
      if !arguments.isEmpty {
        refuse("':set' knows threads, with a number from 1 to 1024", "for example :set threads 2")
      }
      return
    }
    Threads.set(count)
  }

  private func refuse(_ message: String, _ label: String?) {
    writer.write(Diagnostic(.usage, message, label: label), in: nil)
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
