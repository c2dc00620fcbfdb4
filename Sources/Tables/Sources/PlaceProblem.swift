/// Why a database or a server does not give a table, without prose where it is not its own words.
public enum PlaceProblem: Sendable, Equatable {
  /// A library of the system that is not there: its file's name, and the package that has it in Debian.
  case noLibrary(String, package: String)
  /// An address outside the sandbox: a file, or a machine that is not this one.
  case outsideSandbox(String)
  /// Nobody answers, in the words of whoever tried.
  case unreachable(String)
  /// The server lets this user not in, in its words.
  case refused(String)
  /// The connection broke after so many rows.
  case lost(String, rows: Int)
  /// What was asked is not done, in the server's words, with its code where it has one.
  case failed(String, code: String?)
  /// Another program has locked the file for all of so many seconds.
  case locked(seconds: Int)
  /// No table of that name; with those that there are.
  case noTable(String, of: [String])
  /// No table is named, and there is not just one.
  case whichTable([String])
  /// A column that was asked for and is not there; with those that are.
  case noColumn(String, of: [String])
  /// The status of an HTTP answer.
  case status(Int)
  /// More redirections than are followed.
  case redirections(Int)
  /// The transfer ended after so many bytes of so many, in the words of the transfer library.
  case cut(String, received: Int, of: Int?)
  /// No byte came for so many seconds.
  case silent(seconds: Int)
}

/// A column that is not what a schema says.
public struct SchemaDifference: Sendable, Hashable {
  public let column: String
  /// nil for a column that the schema has not.
  public let locked: ColumnType?
  /// nil for a column that is not there.
  public let found: ColumnType?

  public init(_ column: String, locked: ColumnType?, found: ColumnType?) {
    self.column = column
    self.locked = locked
    self.found = found
  }
}
