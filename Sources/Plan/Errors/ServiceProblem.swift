import Scoring

/// What can be wrong with a service and its request log.
public enum ServiceProblem: Error, Sendable, Equatable {
  case addressInUse(host: String, port: Int)
  case badPort(Int)
  /// The system's reason.
  case cannotListen(host: String, port: Int, reason: String)
  /// A model whose graph does not compile.
  case notServed(GraphError)
  /// The log could not be opened to be written.
  case log(LogProblem)
  /// The log could not be read.
  case unreadableLog(LogProblem)
  case noLog
  /// An address that other machines reach, in a sandbox.
  case outsideSandbox(String)

  var code: EngineError.Code {
    switch self {
    case .addressInUse: .addressInUse
    case .badPort, .cannotListen, .notServed, .log: .serviceFailed
    case .unreadableLog: .source
    case .noLog: .notFound
    case .outsideSandbox: .outsideSandbox
    }
  }
}

/// Why a file cannot be used as a request log.
public enum LogProblem: Error, Sendable, Equatable {
  /// The file is there and is no SQLite database.
  case notSQLite(String)
  /// A SQLite database of someone else's.
  case foreign(String)
  /// Written by a later version of this program.
  case newer(String, version: Int)
  /// The path, and SQLite's or the system's reason.
  case unavailable(String, String)
}
