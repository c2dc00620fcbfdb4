import Kernels
import Plan
import Tables

/// `increasing(date)`: each value is no less than the last one before it, or with `isStrict` greater. Missing cells are passed over.
public struct OrderTest: RuleTest {
  public let column: String
  public let isFalling: Bool
  public let isStrict: Bool

  public init(_ column: String, isFalling: Bool = false, isStrict: Bool = false) {
    self.column = column
    self.isFalling = isFalling
    self.isStrict = isStrict
  }

  public var columns: [String] { [column] }
  public var key: StepKey {
    StepKey(isFalling ? "decreasing" : "increasing", [column] + (isStrict ? ["strict"] : []))
  }
  public var reach: RuleReach { .rows }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch {
    OrderWatch(test: self)
  }
}

private struct OrderWatch: RuleWatch {
  let test: OrderTest
  var last = Cell.missing

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures {
    let column = try test.cells(of: [test.column], in: chunk)[0]
    switch column {
    case .bool(let cells):
      return follow(cells, { $0 ? 1 : 0 }, Cell.bool) { if case .bool(let v) = $0 { v } else { nil } }
    case .int(let cells): return follow(cells, { $0 }, Cell.int) { if case .int(let v) = $0 { v } else { nil } }
    case .float(let cells): return follow(cells, { $0 }, Cell.float) { if case .float(let v) = $0 { v } else { nil } }
    case .date(let cells): return follow(cells, { $0 }, Cell.date) { if case .date(let v) = $0 { v } else { nil } }
    case .datetime(let cells):
      return follow(cells, { $0 }, Cell.datetime) { if case .datetime(let v) = $0 { v } else { nil } }
    case .text(let cells): return follow(cells)
    case .vector: throw EngineError(.column(.unreadable(by: "validate")))
    }
  }

  private mutating func follow<Value, Order: Comparable>(
    _ cells: Cells<Value>, _ order: (Value) -> Order, _ cell: (Value) -> Cell, _ value: (Cell) -> Value?
  ) -> RuleFailures {
    var found = RuleFailures()
    var before = value(last)
    for row in 0..<cells.count {
      guard cells.isValid(row) else {
        found.missing += 1
        continue
      }
      if let earlier = before, fails(order(earlier), order(cells.values[row])) { found.rows.append(row) }
      before = cells.values[row]
    }
    last = before.map(cell) ?? last
    return found
  }

  private mutating func follow(_ cells: TextCells) -> RuleFailures {
    var found = RuleFailures()
    var before: [UInt8]?
    if case .text(let text) = last { before = Array(text.utf8) }
    for row in 0..<cells.count {
      guard let text = cells[row] else {
        found.missing += 1
        continue
      }
      let bytes = Array(text.utf8)
      if let earlier = before {
        let (low, high) = test.isFalling ? (bytes, earlier) : (earlier, bytes)
        let isInOrder = test.isStrict ? low.lexicographicallyPrecedes(high) : !high.lexicographicallyPrecedes(low)
        if !isInOrder { found.rows.append(row) }
      }
      before = bytes
      last = .text(text)
    }
    return found
  }

  private func fails<Order: Comparable>(_ earlier: Order, _ later: Order) -> Bool {
    let (low, high) = test.isFalling ? (later, earlier) : (earlier, later)
    return test.isStrict ? !(low < high) : !(low <= high)
  }
}
