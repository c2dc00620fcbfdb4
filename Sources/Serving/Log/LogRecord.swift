/// One request as the log keeps it, whatever became of it.
public struct LogRecord: Sendable, Equatable {
  /// Microseconds since 1970-01-01T00:00:00Z at which its head had been read.
  public var at: Int64
  public var requestID: String
  /// The caller's address.
  public var client: String
  public var method: String
  /// The path as it was asked for, cut to 256 characters.
  public var route: String
  public var status: Int
  /// The model that answered, or would have.
  public var model: String
  public var version: String
  /// From the head's arrival until the answer was ready to be written, without the time that the log itself took.
  public var latency: Int64
  public var rows: Int
  /// The body as it was sent, or as the model's masks allow it to be kept.
  public var request: [UInt8]?
  /// The predictions as JSON.
  public var response: [UInt8]?
  /// The code of the problem that it ended in.
  public var error: String?
}
