import Display
import Notation

/// What goes back to a caller, before it is put into HTTP's words.
public struct Answer: Sendable, Equatable {
  public var status: Int
  public var contentType: String
  public var body: [UInt8]
  /// The methods that the address takes, where the one used is not among them.
  public var allow: String?

  public init(status: Int = 200, contentType: String = "application/json", body: [UInt8], allow: String? = nil) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.allow = allow
  }

  static func json(_ members: [JSONMember], status: Int = 200) -> Answer {
    Answer(status: status, body: JSONValue.object(members).bytes)
  }

  /// A problem in JSON: `{"error": {"code", "message", "field", "row", "help"}, "request_id"}`, or for the inference
  /// protocol `{"error": "message"}`, which has no other place.
  static func problem(_ problem: RequestProblem, requestID: String, isInferenceProtocol: Bool) -> Answer {
    if isInferenceProtocol {
      let place = problem.row.map { "row \($0): " } ?? ""
      let help = problem.help.map { "; \($0)" } ?? ""
      return json([JSONMember("error", .string(place + problem.message + help))], status: problem.status)
    }
    var error = [JSONMember("code", .string(problem.code)), JSONMember("message", .string(problem.message))]
    if let field = problem.field { error.append(JSONMember("field", .string(field))) }
    if let row = problem.row { error.append(JSONMember("row", .int(Int64(row)))) }
    if let help = problem.help { error.append(JSONMember("help", .string(help))) }
    return json(
      [JSONMember("error", .object(error)), JSONMember("request_id", .string(requestID))], status: problem.status)
  }
}
