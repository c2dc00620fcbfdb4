import CPostgres
import Formats
import Kernels
import Tables

/// A connection to a PostgreSQL server that commands are given over, for what keeps records there. One thread at a time may use it.
///
/// No message of it holds the address's password. Ctrl-C ends the command at hand on the server too.
public final class PostgresSession {
  private let connection: PostgresConnection
  private let progress: Progress
  /// The address without its password.
  public let shown: String

  /// Connects to the database of an address, `postgres://user@host/db`. Throws `badFormat` for one that names a table too, and `place`
  /// for a server that does not answer, lets nobody in or, where only loopback is allowed, is not on this machine.
  public init(_ address: String, isLoopbackOnly: Bool, _ progress: Progress) throws(SourceError) {
    let parsed = try PostgresAddress(address)
    shown = parsed.shown
    self.progress = progress
    if isLoopbackOnly, let outside = parsed.outsideSandbox {
      throw SourceError(source: shown, reason: .place(.outsideSandbox(outside)))
    }
    guard parsed.part == nil else {
      throw SourceError(source: shown, reason: .badFormat("a database is named here, and no table behind `#`"))
    }
    connection = try PostgresConnection(
      parsed.keywords(isLoopbackOnly: isLoopbackOnly), seconds: parsed.connectSeconds, shown: shown, progress)
  }

  /// An address as messages show it. Throws `badFormat` for one that is none.
  public static func shown(_ address: String) throws(SourceError) -> String { try PostgresAddress(address).shown }

  /// Runs one command whose places `$1`, … are filled by texts, and gives the rows of its answer as texts, a cell without a value as the
  /// empty one. Throws `failed` with the server's code, `lost` and `cancelled`.
  @discardableResult public func rows(_ command: String, _ values: [String] = []) throws(SourceError) -> [[String]] {
    let result = try connection.run(command, progress, values)
    return (0..<result.rowCount).map { row in (0..<result.columnCount).map { result.text(row, $0) } }
  }

  /// The same, and gives the bytes of the first column.
  public func bytes(_ command: String, _ values: [String]) throws(SourceError) -> [[UInt8]] {
    let result = try connection.run(command, progress, values, isBinary: true)
    return (0..<result.rowCount).map { row in result.bytes(row, 0).map { Array($0) } ?? [] }
  }
}
