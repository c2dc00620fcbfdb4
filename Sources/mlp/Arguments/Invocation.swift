/// What a command line asks for.
struct Invocation: Equatable {
  enum Command: Equatable {
    /// The prompt, or a script on standard input when that is no terminal.
    case interactive
    case run(file: String, overrides: [String: String])
    case evaluate(String)
    case check([String])
    case plan(String)
    case format([String])
    /// A package's file, or a published model.
    case serve(model: String)
    case help(String?)
    case explainError(String)
    case reference(folder: String)
    case version
  }

  var command = Command.interactive
  var isQuiet = false
  var isJSON = false
  var refusesColour = false
  var seed: UInt64 = 0
  var threads: Int?
  /// Bytes of memory that the process may use.
  var memory: Int?
  var sandbox: String?
  /// The folder of outcomes that a later run need not make again, and its bound in bytes.
  var cache: String?
  var cacheSize: Int?
  /// The registry of models that is meant where a script names none.
  var registry: String?
  // Of `serve`.
  var port = 8080
  var host = "127.0.0.1"
  var log: String?
  /// Whether requests have to send the model's columns and no others.
  var isStrict = false

  /// A command line that cannot be understood: why, and what to write.
  struct Refusal: Error, Equatable {
    let message: String
    let help: [String]
  }
}

extension Invocation {
  /// Words that this version does not know yet but the language's contract names.
  private static let later: Set<String> = ["test", "render", "replay", "kernel", "lsp", "doctor"]
  private static let commands = ["run", "check", "plan", "fmt", "serve", "help", "explain-error", "reference"]

  /// Reads the arguments after the program's name.
  init(_ arguments: [String]) throws(Refusal) {
    var words: [String] = []
    var code: String?
    var rest = arguments[...]
    while let word = rest.popFirst() {
      if word == "-e" {
        code = try Self.value(of: word, &rest)
      } else if word.hasPrefix("--"), word != "--" {
        try read(flag: word, &rest)
      } else if word == "-h" {
        words = ["help"] + words
      } else {
        words.append(word)
      }
    }
    if let code {
      guard words.isEmpty else {
        throw Refusal(message: "-e takes one text, and '\(words[0])' stands beside it", help: ["mlp -e 'load iris'"])
      }
      command = .evaluate(code)
    } else if command == .interactive {
      command = try Self.command(words)
    }
  }

  private mutating func read(flag: String, _ rest: inout ArraySlice<String>) throws(Refusal) {
    var name = flag
    if let equals = flag.firstIndex(of: "=") {
      name = String(flag[..<equals])
      rest = ([String(flag[flag.index(after: equals)...])] + rest)[...]
    }
    switch name {
    case "--quiet": isQuiet = true
    case "--json": isJSON = true
    case "--no-color", "--no-colour": refusesColour = true
    case "--seed": seed = UInt64(try Self.number(of: name, &rest, in: 0...Int.max))
    case "--threads": threads = try Self.number(of: name, &rest, in: 1...1024)
    case "--sandbox": sandbox = try Self.value(of: name, &rest)
    case "--cache": cache = try Self.value(of: name, &rest)
    case "--cache-size": cacheSize = try Self.size(of: name, &rest)
    case "--port": port = try Self.number(of: name, &rest, in: 0...65535)
    case "--host": host = try Self.value(of: name, &rest)
    case "--log": log = try Self.value(of: name, &rest)
    case "--strict": isStrict = true
    case "--registry": registry = try Self.value(of: name, &rest)
    case "--version": command = .version
    case "--help": command = .help(nil)
    case "--memory": memory = try Self.size(of: name, &rest)
    default: throw Refusal(message: "no option '\(name)'", help: ["`mlp help` lists commands and options"])
    }
  }

  private static func value(of flag: String, _ rest: inout ArraySlice<String>) throws(Refusal) -> String {
    guard let value = rest.popFirst() else { throw Refusal(message: "\(flag) needs a value", help: []) }
    return value
  }

  private static func number(
    of flag: String, _ rest: inout ArraySlice<String>, in bounds: ClosedRange<Int>
  ) throws(Refusal) -> Int {
    let text = try value(of: flag, &rest)
    guard let number = Int(text), bounds.contains(number) else {
      throw Refusal(
        message: "\(flag) takes a whole number from \(bounds.lowerBound), not '\(text)'", help: [])
    }
    return number
  }

  /// An amount of memory or of disk: `512MB`, `1.5GB`, at least 64 MB.
  private static func size(of flag: String, _ rest: inout ArraySlice<String>) throws(Refusal) -> Int {
    let text = try value(of: flag, &rest)
    let units: [(String, Double)] = [("KB", 0x1p10), ("MB", 0x1p20), ("GB", 0x1p30), ("TB", 0x1p40)]
    for (unit, factor) in units where text.uppercased().hasSuffix(unit) {
      guard let number = Double(text.dropLast(2)), number > 0, number * factor < 1e15 else { break }
      let bytes = Int(number * factor)
      if bytes >= 64 << 20 { return bytes }
    }
    throw Refusal(message: "\(flag) takes an amount from 64MB, not '\(text)'", help: ["\(flag) 1GB"])
  }

  private static func command(_ words: [String]) throws(Refusal) -> Command {
    guard let first = words.first else { return .interactive }
    let others = Array(words.dropFirst())
    switch first {
    case "run": return try run(others)
    case "check": return .check(try files(others, of: first))
    case "fmt": return .format(try files(others, of: first))
    case "plan": return .plan(try one(others, of: first))
    case "serve": return .serve(model: try one(others, of: first))
    case "help": return .help(others.first)
    case "explain-error": return .explainError(try one(others, of: first))
    case "reference": return .reference(folder: try one(others, of: first))
    case let word where later.contains(word):
      throw Refusal(message: "`mlp \(word)` is not there yet", help: ["`mlp help` lists what is"])
    case let word where word.hasSuffix(".mlp") || word.contains("/"): return try run(words)
    default:
      throw Refusal(
        message: "no command or script '\(first)'",
        help: ["commands: " + commands.joined(separator: ", "), "a script's name ends in .mlp"])
    }
  }

  private static func run(_ words: [String]) throws(Refusal) -> Command {
    guard let file = words.first else {
      throw Refusal(message: "run needs a script", help: ["mlp run FILE [name=value …]"])
    }
    var overrides: [String: String] = [:]
    for word in words.dropFirst() {
      guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
        throw Refusal(message: "'\(word)' is no name=value", help: ["params are given as name=value"])
      }
      overrides[String(word[..<equals])] = String(word[word.index(after: equals)...])
    }
    return .run(file: file, overrides: overrides)
  }

  private static func files(_ words: [String], of command: String) throws(Refusal) -> [String] {
    guard !words.isEmpty else { throw Refusal(message: "\(command) needs a script", help: ["mlp \(command) FILE …"]) }
    return words
  }

  private static func one(_ words: [String], of command: String) throws(Refusal) -> String {
    guard let word = words.first else { throw Refusal(message: "\(command) needs an argument", help: ["`mlp help`"]) }
    guard words.count == 1 else {
      throw Refusal(message: "\(command) takes one argument, not \(words.count)", help: [])
    }
    return word
  }
}
