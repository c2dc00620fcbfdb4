/// Rows of a table in an order: a stretch of them, or one id after the other. A part, a fold or a slice of a table is such a list
/// beside the table, and takes no copy of its cells.
public struct RowList: Sendable {
  public enum Storage: Sendable {
    case stretch(Range<Int>)
    /// Each below 2³¹.
    case ids([Int32])
  }

  public let storage: Storage

  /// A stretch of rows.
  public init(_ rows: Range<Int>) { storage = .stretch(rows) }

  /// Rows by their ids, each from 0 to 2³¹ − 1.
  public init(ids: [Int32]) { storage = .ids(ids) }

  /// Rows by their places; consecutive ones become a stretch.
  public init(_ rows: some RandomAccessCollection<Int>) {
    if let first = rows.first, rows.enumerated().allSatisfy({ $0.element == first + $0.offset }) {
      storage = .stretch(first..<first + rows.count)
    } else {
      storage = .ids(rows.map { Int32(truncatingIfNeeded: $0) })
    }
  }

  /// Whether these are the first `count` rows in their own order: the whole of a table of that many.
  public func isWhole(of count: Int) -> Bool {
    if case .stretch(let rows) = storage { rows == 0..<count } else { count == 0 && isEmpty }
  }

  /// The rows that stand at `places` of this list, in that order.
  public func at(_ places: RowList) -> RowList {
    switch (storage, places.storage) {
    case (.stretch(let rows), .stretch(let wanted)):
      RowList(rows.lowerBound + wanted.lowerBound..<rows.lowerBound + wanted.upperBound)
    case (.stretch(let rows), .ids(let wanted)):
      rows.lowerBound == 0 ? places : RowList(ids: wanted.map { $0 &+ Int32(truncatingIfNeeded: rows.lowerBound) })
    case (.ids(let ids), .stretch(let wanted)): RowList(ids: Array(ids[wanted]))
    case (.ids(let ids), .ids(let wanted)): RowList(ids: wanted.map { ids[Int($0)] })
    }
  }

  /// The values at these rows, in order.
  @inlinable
  public func gather<Value>(_ values: [Value]) -> [Value] {
    switch storage {
    case .stretch(let rows): return rows == values.indices ? values : Array(values[rows])
    case .ids(let ids):
      return values.withUnsafeBufferPointer { values in
        [Value](unsafeUninitializedCapacity: ids.count) { target, count in
          for (place, id) in ids.enumerated() { target.initializeElement(at: place, to: values[Int(id)]) }
          count = ids.count
        }
      }
    }
  }
}

extension RowList: RandomAccessCollection {
  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch storage {
    case .stretch(let rows): rows.count
    case .ids(let ids): ids.count
    }
  }

  public subscript(_ place: Int) -> Int {
    switch storage {
    case .stretch(let rows): rows.lowerBound + place
    case .ids(let ids): Int(ids[place])
    }
  }
}

extension RowList: Equatable {
  public static func == (left: RowList, right: RowList) -> Bool {
    if case .ids(let a) = left.storage, case .ids(let b) = right.storage { return a == b }
    return left.elementsEqual(right)
  }
}

extension RowList: ExpressibleByArrayLiteral {
  public init(arrayLiteral rows: Int...) { self.init(rows) }
}
