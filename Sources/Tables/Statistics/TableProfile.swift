import Kernels

/// Figures for every column of a table. The same on any number of threads.
public struct TableProfile: Sendable, Hashable {
  public let rowCount: Int
  public let columns: [ColumnProfile]

  public subscript(_ name: String) -> ColumnProfile? { columns.first { $0.name == name } }

  /// - Parameter top: how many of the most frequent values each column keeps.
  ///
  /// Complexity: O(cells); each column at work takes eight bytes a row beside the table, and at most about 40 MB for
  /// counting its values.
  public init(of table: Table, top: Int = 10, _ progress: Progress = Progress()) throws(Cancelled) {
    rowCount = table.rowCount
    let parts = parallelMap(table.columns.count) { place -> ColumnProfile? in
      do throws(Cancelled) {
        return try ColumnProfile(table.names[place], table.columns[place], top: top, progress)
      } catch { return nil }
    }
    try progress.checkpoint(1, "profiling")
    columns = parts.compactMap { $0 }
  }
}

extension ColumnProfile {
  /// Figures for one column.
  public init(_ name: String, _ column: Column, top: Int = 10, _ progress: Progress = Progress()) throws(Cancelled) {
    switch column {
    case .text(let cells): try self.init(name, text: cells, top, progress)
    case .bool(let cells): self.init(name, bool: cells)
    case .vector: self.init(name, .vector, column.count, missing: 0, distinct: nil)
    case .int, .float, .date, .datetime: try self.init(name, ordered: column, top, progress)
    }
  }

  private init(
    _ name: String, _ type: ColumnType, _ count: Int, missing: Int, distinct: DistinctCount?, minimum: Cell? = nil,
    maximum: Cell? = nil, numbers: NumberProfile? = nil, lengths: TextLengths? = nil, truths: Int? = nil,
    top: [ValueCount] = []
  ) {
    self.name = name
    self.type = type
    self.count = count
    self.missing = missing
    self.distinct = distinct
    self.minimum = minimum
    self.maximum = maximum
    self.numbers = numbers
    self.lengths = lengths
    self.truths = truths
    self.top = top
  }

  private init(_ name: String, bool cells: Cells<Bool>) {
    var counts = [0, 0]
    for row in 0..<cells.count where cells.isValid(row) { counts[cells.values[row] ? 1 : 0] += 1 }
    let top = MostFrequent.places(counts, 2) { $0 < $1 }.filter { counts[$0] > 0 }
    let values = [false, true].filter { counts[$0 ? 1 : 0] > 0 }.map(Cell.bool)
    self.init(
      name, .bool, cells.count, missing: cells.missingCount,
      distinct: DistinctCount(count: values.count, isApproximate: false), minimum: values.first, maximum: values.last,
      truths: counts[1], top: top.map { ValueCount(value: .bool($0 == 1), count: counts[$0]) })
  }

  private init(_ name: String, text cells: TextCells, _ top: Int, _ progress: Progress) throws(Cancelled) {
    let counts = try TextCounts(cells, progress)
    let isEmpty = counts.valid == 0
    let lengths = counts.lengths
    self.init(
      name, .text, cells.count, missing: cells.count - counts.valid, distinct: counts.distinct,
      minimum: isEmpty ? nil : .text(String(decoding: counts.minimum, as: UTF8.self)),
      maximum: isEmpty ? nil : .text(String(decoding: counts.maximum, as: UTF8.self)),
      lengths: isEmpty
        ? nil
        : TextLengths(
          minimum: lengths.minimum, mean: Double(lengths.total) / Double(counts.valid), maximum: lengths.maximum),
      top: counts.top(top))
  }

  private init(_ name: String, ordered column: Column, _ top: Int, _ progress: Progress) throws(Cancelled) {
    guard let (kind, keys) = OrderedKey.keys(column) else {
      self.init(name, column.type, column.count, missing: column.missingCount, distinct: nil)
      return
    }
    let counts = try KeyCounts.result(of: keys, top: top, progress)
    let isNumber = column.type.isNumeric && !keys.isEmpty
    let (low, high) = (keys.min(), keys.max())
    self.init(
      name, column.type, column.count, missing: column.count - keys.count, distinct: counts.distinct,
      minimum: low.map(kind.cell), maximum: high.map(kind.cell),
      numbers: isNumber ? NumberProfile(keys, kind, low: low ?? 0, high: high ?? 0) : nil,
      top: counts.top.map { ValueCount(value: kind.cell($0.key), count: $0.count) })
  }
}

extension NumberProfile {
  fileprivate init(_ keys: [UInt64], _ kind: OrderedKey, low: UInt64, high: UInt64) {
    let moments = Moments(keys, kind)
    let quartiles = OrderStatistics.quantiles(keys, kind, [0.25, 0.5, 0.75])
    self.init(
      mean: moments.mean.isFinite ? moments.mean : nil, standardDeviation: moments.standardDeviation,
      lowerQuartile: quartiles[0],
      median: quartiles[1], upperQuartile: quartiles[2], zeros: moments.zeros, negatives: moments.negatives,
      histogram: NumberHistogram(keys, kind, kind.number(low), kind.number(high)))
  }
}

extension NumberHistogram {
  private static let bins = 10

  fileprivate init?(_ keys: [UInt64], _ kind: OrderedKey, _ lower: Double, _ upper: Double) {
    let width = upper - lower
    guard width.isFinite else { return nil }
    var counts = [Int](repeating: 0, count: width == 0 ? 1 : Self.bins)
    if width == 0 {
      counts[0] = keys.count
    } else {
      for key in keys { counts[min(Self.bins - 1, Int((kind.number(key) - lower) / width * Double(Self.bins)))] += 1 }
    }
    self.init(lower: lower, upper: upper, counts: counts)
  }
}
