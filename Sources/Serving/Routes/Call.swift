/// A request as it arrived, whole.
public struct Call: Sendable {
  public var method: String
  /// The path without the query.
  public var path: String
  public var body: [UInt8]
  /// The caller's address.
  public var client: String
  /// The name under which the caller reached the server.
  public var host: String
  /// `Content-Encoding`, where one was given.
  public var encoding: String?
  /// When its head had been read.
  public var arrival: Moment

  public init(
    method: String, path: String, body: [UInt8] = [], client: String = "", host: String = "localhost",
    encoding: String? = nil, arrival: Moment = .now
  ) {
    self.method = method
    self.path = path
    self.body = body
    self.client = client
    self.host = host
    self.encoding = encoding
    self.arrival = arrival
  }
}
