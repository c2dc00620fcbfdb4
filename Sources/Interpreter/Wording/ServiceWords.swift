import Plan

extension ServiceProblem {
  var words: ProblemWords {
    switch self {
    case .addressInUse(let host, let port):
      ProblemWords("port \(port) on \(host) is in use by another program", help: ["`port: 0` takes any free port"])
    case .badPort(let port): ProblemWords("\(port) is not a port: 0 to 65535")
    case .cannotListen(let host, let port, let reason):
      ProblemWords("cannot listen on \(host), port \(port): \(reason)")
    case .notServed(let error): ProblemWords("the model cannot be served: \(error.words)")
    case .log(let problem), .unreadableLog(let problem): ProblemWords(problem.words)
    case .outsideSandbox(let host):
      ProblemWords(
        "'\(host)' is outside the sandbox",
        help: ["only this machine is answered in a sandbox: 127.0.0.1, ::1 or localhost"])
    case .noLog: ProblemWords("this service keeps no log", help: ["serve log: \"requests.db\""])
    }
  }
}

extension LogProblem {
  fileprivate var words: String {
    switch self {
    case .notSQLite(let path): "'\(path)' is not a SQLite file, and is left as it is"
    case .foreign(let path): "'\(path)' is a SQLite file, but not a request log, and is left as it is"
    case .newer(let path, let version): "'\(path)' was written by a later version (schema \(version))"
    case .unavailable(let path, let reason): "'\(path)': \(reason)"
    }
  }
}

extension SubjectProblem {
  var words: ProblemWords {
    switch self {
    case .wrong(.table): ProblemWords("there is no table")
    case .wrong(.model): ProblemWords("there is no model")
    case .wrong(.service): ProblemWords("there is no service")
    case .wrong(.look): ProblemWords("there is nothing to look at")
    case .wrong(.export): ProblemWords("there is nothing to write")
    case .noModel(let name): ProblemWords("there is no model" + (name.map { " '\($0)'" } ?? ""))
    case .noTable(let name): ProblemWords("there is no table '\(name)'")
    case .noCoefficients(let algorithms):
      ProblemWords(
        "no coefficients: \(Self.named(algorithms)) no weighted sum of its inputs",
        help: ["`plot importance` shows which inputs a model relies on"])
    case .noTree(let algorithms):
      ProblemWords(
        "no tree: \(Self.named(algorithms)) no single decision tree",
        help: ["`plot importance` shows which inputs a model relies on", "`train tree` makes a tree that can be read"])
    case .lookOfOtherTask(let look, let label, let task, let instead):
      ProblemWords(
        "'\(look)' is not for '\(label)', which is \(task.label)",
        help: ["what fits: \(instead.joined(separator: ", "))"])
    }
  }

  private static func named(_ algorithms: [String]) -> String {
    algorithms.isEmpty
      ? "this model is"
      : algorithms.map { "'\($0)'" }.joined(separator: " and ") + (algorithms.count > 1 ? " are" : " is")
  }
}

extension LearningTask {
  /// What kind of label it is, with its article.
  fileprivate var label: String {
    switch self {
    case .binary, .multiclass: "a class"
    case .regression: "a number"
    }
  }
}
