import Kernels
import Tables

/// Rows that were computed, in memory or not, as a source.
struct RowsSource: TableSource {
  let name: String
  let rows: Rows

  private var schema: Schema { Schema(rows.columns.map(\.field)) }

  func declaredSchema() -> DeclaredSchema? { DeclaredSchema(schema: schema) }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    var (rowCount, failure) = (0, SourceError?.none)
    do throws(EngineError) {
      try rows.fold(request.columns, progress) { chunk throws(EngineError) in
        let wanted = request.limit.map { chunk.head($0 - rowCount) } ?? chunk
        rowCount += wanted.rowCount
        do throws(SourceError) {
          let step = wanted.rowCount > 0 ? try take(wanted) : .more
          if case .stop = step { return false }
        } catch {
          failure = error
          return false
        }
        return rowCount < request.limit ?? .max
      }
    } catch {
      throw SourceError(source: name, reason: error.reason)
    }
    if let failure { throw failure }
    let fields = schema.fields.filter { request.columns?.contains($0.name) ?? true }
    return ScanReport(schema: Schema(fields), rowCount: rowCount)
  }
}

extension EngineError {
  /// As a reader of rows says it.
  fileprivate var reason: SourceError.Reason {
    switch problem {
    case .cancelled: .cancelled
    case .file(.notKept(let file)): .file(file)
    default: .badFormat("the rows that were kept cannot be read again")
    }
  }
}
