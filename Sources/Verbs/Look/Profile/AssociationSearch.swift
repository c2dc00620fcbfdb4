import Display
import Interpreter
import Kernels
import Notation
import Plan
import Tables

/// Finds how columns go together: correlations over all rows while that is a second's work, ranks and categories over an even sample
/// of many rows.
struct AssociationSearch: Sendable {
  /// Products that correlations may take before a sample of the rows stands for all.
  private static let mostProducts = 1 << 34
  private static let mostRankProducts = 1 << 32
  /// Rows that ranks are found of at most.
  private static let mostRankedRows = 1 << 17

  private let members: [Associations.Member]
  /// With a label only pairs with that are looked at.
  private let label: String?
  private let numbers: [Associations.Member]

  init(_ members: [Associations.Member], _ label: String?) {
    self.members = members
    self.label = label
    numbers = members.filter { $0.kind == .number }
  }

  func associations(_ rows: Rows, _ progress: Progress) throws(EngineError) -> Associations {
    var found = Associations(members)
    let sample = try drawn(rows, progress)
    do throws(AssociationFailure) { try found.measure(sample, label: label, progress) } catch {
      switch error {
      case .memory(let failure): throw EngineError(failure, rows: rows.rowCount)
      case .cancelled: throw .cancelled
      }
    }
    if label == nil, numbers.count > 1 {
      found.set(try sums(isOfAll(rows.rowCount) ? rows : .whole(sample), progress))
    }
    return found
  }

  private var productsPerRow: Int {
    CorrelationSums.products(columns: numbers.count, withGaps: numbers.filter { $0.scale?.hasGaps == true }.count)
  }

  private func isOfAll(_ rows: Int) -> Bool {
    !productsPerRow.multipliedReportingOverflow(by: rows).overflow && productsPerRow * rows <= Self.mostProducts
  }

  private func sampleSize(_ rows: Int) -> Int {
    let pairs = max(1, label == nil ? members.count * members.count / 2 : members.count)
    return min(rows, Self.mostRankedRows, max(1 << 10, Self.mostRankProducts / pairs))
  }

  /// What is said of the rows that were looked at.
  func notes(_ rows: Int) -> [String] {
    let size = sampleSize(rows)
    guard size < rows else { return [] }
    let all =
      label == nil && isOfAll(rows) ? "Spearman's correlations, Cramér's V and correlation ratios" : "associations"
    return ["\(all) are those of \(counted(size, "row")) drawn evenly: their standard error is at most \(error(size))"]
  }

  private func error(_ size: Int) -> String { NumberText.fixed(1 / Double(size).squareRoot(), 4) }

  private func drawn(_ rows: Rows, _ progress: Progress) throws(EngineError) -> Table {
    let names = members.map(\.name)
    let size = sampleSize(rows.rowCount)
    let width = rows.columns(names).reduce(0) { $0 + $1.field.type.cellSize }
    let strata = RowStrata(of: rows.rowCount, wanted: size).rows
    if case .whole(let table) = rows, size == rows.rowCount { return table.select(names) }
    try rows.require(size * width)
    if case .whole(let table) = rows { return table.select(names).take(RowList(strata)) }
    var builder = TableBuilder(expectedRows: strata.count)
    var (passed, next) = (0, 0)
    try rows.fold(Set(names), progress) { chunk throws(EngineError) in
      let start = next
      while next < strata.count, strata[next] < passed + chunk.rowCount { next += 1 }
      builder.append(chunk.select(names).take(RowList(strata[start..<next].map { $0 - passed })))
      passed += chunk.rowCount
      return true
    }
    let fields = names.compactMap { name in rows.columns.first { $0.field.name == name }?.field }
    return builder.finish(ScanReport(schema: Schema(fields), rowCount: builder.rowCount))
  }

  private func sums(_ rows: Rows, _ progress: Progress) throws(EngineError) -> CorrelationSums {
    let names = numbers.map(\.name)
    var sums = try made(rows.rowCount)
    try rows.fold(Set(names), progress) { chunk throws(EngineError) in
      try EngineError.checking { () throws(Cancelled) in try sums.add(names.compactMap { chunk[$0] }, progress) }
      return true
    }
    sums.finish()
    return sums
  }

  private func made(_ rows: Int) throws(EngineError) -> CorrelationSums {
    do throws(OutOfMemory) { return try CorrelationSums(numbers.compactMap(\.scale)) } catch {
      throw EngineError(error, rows: rows)
    }
  }
}
