/// How a model is served. Every bound has a default that keeps a small machine safe.
public struct ServiceOptions: Sendable, Equatable {
  public var host = "127.0.0.1"
  /// 0 takes any free port.
  public var port = 8080
  /// The SQLite file that requests are logged in; nil for none.
  public var log: String?
  public var durability = LogDurability.process
  /// Bounds on one request.
  public var bounds = RequestBounds()
  /// Whether a request has to send all of the model's columns and no others.
  public var isStrict = false
  /// Connections at a time; one more is answered with 503 and closed.
  public var connections = 1024
  /// Seconds until a connection that brings no whole request head is closed.
  public var idleSeconds = 60.0
  /// Seconds that a request's body may take to arrive.
  public var requestSeconds = 30.0
  /// Seconds that scoring one request may take.
  public var answerSeconds = 30.0
  /// Seconds that a lock on the log is waited for before a request is answered with 503.
  public var logSeconds = 2.0
  /// Threads that handle connections; 0 for one a core.
  public var threads = 0

  public init() {}

  public init(host: String = "127.0.0.1", port: Int = 8080, log: String? = nil) {
    self.host = host
    self.port = port
    self.log = log
  }
}
