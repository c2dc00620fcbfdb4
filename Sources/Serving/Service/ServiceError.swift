/// Why a service could not be started.
public enum ServiceError: Error, Sendable, Equatable {
  /// Another program listens there.
  case addressInUse(host: String, port: Int)
  /// The port is outside 0 … 65535.
  case badPort(Int)
  /// The host is not one of this machine's, or this user may not listen there: the system's reason.
  case cannotListen(host: String, port: Int, reason: String)
  case log(LogError)

  /// The reason in one line.
  public var words: String {
    switch self {
    case .addressInUse(let host, let port): "port \(port) on \(host) is in use by another program"
    case .badPort(let port): "\(port) is not a port: 0 to 65535"
    case .cannotListen(let host, let port, let reason): "cannot listen on \(host), port \(port): \(reason)"
    case .log(let error): error.words
    }
  }
}
