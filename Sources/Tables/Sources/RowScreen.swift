/// What a source knows of the cells of a column before it reads them.
public struct CellBounds: Sendable, Equatable {
  /// No cell that is there is less than the first or greater than the second, in the order of the column's type; nil where that is not
  /// known. Both are cells of that type.
  public let least: Cell?
  public let greatest: Cell?
  /// How many cells are missing, as far as the source says.
  public let missing: Int
  /// Whether more may be missing than the source says: of numbers those that are infinite or none.
  public let mayMissMore: Bool

  public init(least: Cell? = nil, greatest: Cell? = nil, missing: Int, mayMissMore: Bool = false) {
    self.least = least
    self.greatest = greatest
    self.missing = missing
    self.mayMissMore = mayMissMore
  }
}

/// What a source knows of some rows that follow each other before it reads them.
public struct RowsOutline: Sendable, Equatable {
  public let rowCount: Int
  /// By the names of all columns that are read.
  public let bounds: [String: CellBounds]

  public init(rowCount: Int, bounds: [String: CellBounds]) {
    self.rowCount = rowCount
    self.bounds = bounds
  }
}

/// Tells a source which rows it need not read. A source may leave it unasked: whoever wants some rows only looks at those that it is given.
public protocol RowScreen: AnyObject, Sendable {
  /// Whether none of the rows is wanted. A source that is told so does not give them, and asks once of the same rows in one scan.
  func passesOver(_ rows: RowsOutline) -> Bool
}

/// How much of a source a scan reads, and how much it passes over because of a screen.
public struct ScanExtent: Sendable, Equatable {
  /// Parts of the source that are read or passed over as a whole, and how many of them are passed over.
  public private(set) var parts = 0
  public private(set) var passedParts = 0
  /// Rows that are passed over.
  public private(set) var passedRows = 0
  /// Bytes of the columns that are wanted, as the source states them: those that are read, and those that are passed over.
  public private(set) var readBytes = 0
  public private(set) var passedBytes = 0

  public init() {}

  /// Adds a part of so many rows.
  public mutating func add(rows: Int, bytes: Int, isPassed: Bool) {
    parts += 1
    if isPassed {
      passedParts += 1
      passedRows += rows
      passedBytes = Self.sum(passedBytes, bytes)
    } else {
      readBytes = Self.sum(readBytes, bytes)
    }
  }

  public static func += (left: inout ScanExtent, right: ScanExtent) {
    left.parts += right.parts
    left.passedParts += right.passedParts
    left.passedRows += right.passedRows
    left.readBytes = sum(left.readBytes, right.readBytes)
    left.passedBytes = sum(left.passedBytes, right.passedBytes)
  }

  /// Sizes that a file states may be any.
  public static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}

extension ScanExtent {
  /// What was read and what was not, in bytes; nil where nothing was passed over.
  public var words: String? {
    guard passedParts > 0 else { return nil }
    let rows = passedRows == 1 ? "1 row" : "\(passedRows) rows"
    return
      "\(passedParts) of \(parts) row groups passed over by their statistics (\(rows)): "
      + "\(readBytes) bytes read, \(passedBytes) not"
  }

  /// The same before it is read.
  public var outlook: String {
    "\(parts - passedParts) of \(parts) row groups, \(readBytes) bytes; the statistics of the others, \(passedBytes) bytes, leave them out"
  }
}
