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

  /// Connects to the database of an address, `postgres://user@host/db`. Throws what `check` throws, and `place` for a server that does
  /// not answer or lets nobody in.
  public init(_ address: String, isLoopbackOnly: Bool, _ progress: Progress) throws(SourceError) {
    let parsed = try Self.parsed(address, isLoopbackOnly: isLoopbackOnly)
    shown = parsed.shown
    self.progress = progress
    connection = try PostgresConnection(
      parsed.keywords(isLoopbackOnly: isLoopbackOnly), seconds: parsed.connectSeconds, shown: shown, progress)
  }

  /// Throws `badFormat` for an address that is none or names a table too, and `place` for one of another machine where only loopback is
  /// allowed. Nothing is asked of the server.
  public static func check(_ address: String, isLoopbackOnly: Bool) throws(SourceError) {
    _ = try parsed(address, isLoopbackOnly: isLoopbackOnly)
  }

  private static func parsed(_ address: String, isLoopbackOnly: Bool) throws(SourceError) -> PostgresAddress {
    let parsed = try PostgresAddress(address)
    if isLoopbackOnly, let outside = parsed.outsideSandbox {
      throw SourceError(source: parsed.shown, reason: .place(.outsideSandbox(outside)))
    }
    guard parsed.part == nil else {
      throw SourceError(
        source: parsed.shown, reason: .badFormat("a database is named here, and no table behind `#`"))
    }
    return parsed
  }

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
