import Dispatch
import NIOCore

/// What all connections of a service share.
struct ConnectionContext: Sendable {
  let responder: Responder
  let log: RequestLog?
  let registry: ConnectionRegistry
  let options: ServiceOptions
  let date = HTTPDate()
  /// Where large bodies are decoded and scored, so that they do not hold up the other connections of a thread.
  let aside = DispatchQueue(label: "serving-large-requests", attributes: .concurrent)

  /// Bytes of a body up to which it is answered on the connection's own thread.
  static let smallBody = 16 << 10

  static func time(_ seconds: Double) -> TimeAmount { .nanoseconds(Int64(min(max(seconds, 0.001), 86_400) * 1e9)) }

  var idleTime: TimeAmount { Self.time(options.idleSeconds) }
  var requestTime: TimeAmount { Self.time(options.requestSeconds) }
  /// Until an answer has to be there, whatever the model and the log do.
  var answerTime: TimeAmount { Self.time(options.answerSeconds + options.logSeconds * 2 + 5) }
  /// How often deadlines are looked at.
  var tick: TimeAmount { Self.time(min(1, options.idleSeconds / 4, options.requestSeconds / 4)) }
}
