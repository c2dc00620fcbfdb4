import Formats
import Kernels
import Synchronization
import Tables

/// A table, a view or a query of a PostgreSQL database.
final class PostgresTable: TypedFile {
  let path: String
  let name: String
  private let address: PostgresAddress
  private let isLoopbackOnly: Bool
  /// A connection of which the columns were asked and not yet the rows.
  private let waiting = Mutex<PostgresQuery?>(nil)

  init(_ address: PostgresAddress, isLoopbackOnly: Bool) {
    self.address = address
    self.isLoopbackOnly = isLoopbackOnly
    path = address.shown
    name = address.name
  }

  /// No server is asked before the rows are wanted.
  func outline() throws(SourceError) -> TypedOutline? { nil }

  /// nil where only the rows of a query tell what its numbers are.
  func arrived(_ progress: Progress) throws(SourceError) -> TypedOutline? {
    if let asked = waiting.withLock({ $0 }) { return asked.outline }
    let query = try PostgresQuery(address, isLoopbackOnly: isLoopbackOnly, shown: path, progress)
    waiting.withLock { $0 = query }
    return query.outline
  }

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    let asked = waiting.withLock { query -> PostgresQuery? in
      defer { query = nil }
      return query
    }
    if let asked { return try asked.scan(wanted, progress, take) }
    let query = try PostgresQuery(address, isLoopbackOnly: isLoopbackOnly, shown: path, progress)
    return try query.scan(wanted, progress, take)
  }
}
