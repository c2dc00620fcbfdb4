import Expressions
import Plan
import Tables

/// The last numbers of a column that are no outliers.
struct Fences: Sendable, Hashable {
  /// Of the column's type; nil where nothing can lie outside.
  let low: Cell?
  let high: Cell?
  let open: Fenced.Open?

  init(_ open: Fenced.Open) {
    low = nil
    high = nil
    self.open = open
  }

  /// Whole numbers inside of a fence are those up to its last whole number. A fence past the largest number is none.
  init(low: Double, high: Double, of type: ColumnType) {
    if type == .int {
      self.low = Int64(exactly: low.rounded(.up)).map(Cell.int)
      self.high = Int64(exactly: high.rounded(.down)).map(Cell.int)
    } else {
      self.low = low.isFinite ? .float(low) : nil
      self.high = high.isFinite ? .float(high) : nil
    }
    open = nil
  }

  /// Whether a number is outside; missing for a missing one.
  func outside(_ value: Expression) -> Expression? {
    let below = low.map { Expression.call(.less, [value, .literal($0)]) }
    let above = high.map { Expression.call(.greater, [value, .literal($0)]) }
    guard let below, let above else { return below ?? above }
    return .call(.or, [below, above])
  }

  /// The number, or the fence that it lies behind.
  func clipped(_ value: Expression) -> Expression {
    switch (low, high) {
    case (let low?, let high?): .call(.clamp, [value, .literal(low), .literal(high)])
    case (let low?, nil): .call(.max, [value, .literal(low)])
    case (nil, let high?): .call(.min, [value, .literal(high)])
    case (nil, nil): value
    }
  }

  /// How many cells of a column of numbers lie outside, on either side.
  func outside(of column: Column) -> (below: Int, above: Int) {
    switch column {
    case .int(let cells): Self.outside(cells, low.flatMap(Self.int), high.flatMap(Self.int))
    case .float(let cells): Self.outside(cells, low?.number, high?.number)
    case .bool, .text, .date, .datetime, .vector: (0, 0)
    }
  }

  /// Marks the rows whose cell lies outside.
  func mark(_ column: Column, in isInside: inout [Bool]) {
    switch column {
    case .int(let cells): Self.mark(cells, low.flatMap(Self.int), high.flatMap(Self.int), &isInside)
    case .float(let cells): Self.mark(cells, low?.number, high?.number, &isInside)
    case .bool, .text, .date, .datetime, .vector: break
    }
  }

  private static func int(_ cell: Cell) -> Int64? { if case .int(let value) = cell { value } else { nil } }

  private static func outside<Value: Comparable>(
    _ cells: Cells<Value>, _ low: Value?, _ high: Value?
  ) -> (below: Int, above: Int) {
    var (below, above) = (0, 0)
    for row in 0..<cells.count where cells.isValid(row) {
      if let low, cells.values[row] < low { below += 1 }
      if let high, cells.values[row] > high { above += 1 }
    }
    return (below, above)
  }

  private static func mark<Value: Comparable>(
    _ cells: Cells<Value>, _ low: Value?, _ high: Value?, _ isInside: inout [Bool]
  ) {
    for row in 0..<cells.count where cells.isValid(row) {
      let value = cells.values[row]
      if low.map({ value < $0 }) ?? false || high.map({ value > $0 }) ?? false { isInside[row] = false }
    }
  }
}
