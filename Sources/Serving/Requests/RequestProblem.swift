/// Why a request is answered with an error: a status, a stable code, and words for people.
public struct RequestProblem: Error, Sendable, Equatable {
  public let status: Int
  /// Stable, lower-case: `wrong-type`, `unknown-column`.
  public let code: String
  /// The reason in one line.
  public let message: String
  /// The column at fault.
  public let field: String?
  /// The row at fault, counted from 0, where more than one was sent.
  public let row: Int?
  /// What would help.
  public let help: String?

  public init(
    status: Int = 400, _ code: String, _ message: String, field: String? = nil, row: Int? = nil, help: String? = nil
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.field = field
    self.row = row
    self.help = help
  }

  /// The same problem at a row of several.
  func at(row: Int) -> RequestProblem {
    RequestProblem(status: status, code, message, field: field, row: row, help: help)
  }
}
