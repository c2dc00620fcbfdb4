import Kernels

/// A value and how many cells hold it.
public struct ValueCount: Sendable, Hashable {
  public let value: Cell
  public let count: Int

  public init(value: Cell, count: Int) {
    self.value = value
    self.count = count
  }
}

/// How many different values a column holds.
public struct DistinctCount: Sendable, Hashable {
  public let count: Int
  /// Counted exactly up to `ValueCounts.limit` values, and beyond where numbers or times are in order; else estimated by a HyperLogLog
  /// sketch with a standard error of 0.41 %.
  public let isApproximate: Bool

  public init(count: Int, isApproximate: Bool) {
    self.count = count
    self.isApproximate = isApproximate
  }
}

/// The lengths of a column's texts in Unicode characters (scalars).
public struct TextLengths: Sendable, Hashable {
  public let minimum: Int
  public let mean: Double
  public let maximum: Int
}

/// What one column holds: figures over all its rows.
public struct ColumnProfile: Sendable, Hashable {
  public private(set) var name: String
  public let type: ColumnType
  /// Rows, missing cells among them.
  public let count: Int
  public let missing: Int
  /// nil for vector columns.
  public let distinct: DistinctCount?
  /// The least and the greatest value: numbers, dates, moments, and texts by their UTF-8 bytes; nil with no value.
  public let minimum: Cell?
  public let maximum: Cell?
  /// For int and float columns with a value.
  public let numbers: NumberProfile?
  /// For text columns with a value.
  public let lengths: TextLengths?
  /// Texts that differ only by blanks at their ends; nil where there are none.
  public let blankTwins: BlankTwins?
  /// Texts that differ only by case; nil where there are none, or too many different texts to look for them.
  public let caseTwins: CaseTwins?
  /// How many cells hold a text with blanks at its ends; nil for other columns and where not all texts are followed.
  public let padded: Int?
  /// What texts consist of; for a full profile of a text column.
  public let shape: TextShape?
  /// Some of the different texts, drawn evenly by their hashes.
  let examples: [String]
  /// How the values of the rows follow each other; for dates and moments, and for numbers of a full profile.
  public let order: ValueOrder?
  /// The least and the greatest values with their counts; for a full profile of numbers, dates or moments that are all counted.
  public let ends: ValueEnds?
  /// On which weekdays and how far apart; for a full profile of dates or moments that are all counted.
  public let dates: DateProfile?
  /// For bool columns, how many cells are true.
  public let truths: Int?
  /// The most frequent values, most frequent first, equally frequent ones in order of value; at most `ValueCounts.mostTop`. Counts are
  /// exact; of a column with more than `ValueCounts.limit` values in no order, only those met most often within as many rows compete.
  public private(set) var top: [ValueCount]
  /// What the values are about; nil without a value.
  public private(set) var semantics: Semantics?

  init(
    _ name: String, _ type: ColumnType, _ count: Int, missing: Int, distinct: DistinctCount?, minimum: Cell? = nil,
    maximum: Cell? = nil, numbers: NumberProfile? = nil, lengths: TextLengths? = nil,
    blankTwins: BlankTwins? = nil, caseTwins: CaseTwins? = nil, padded: Int? = nil, shape: TextShape? = nil,
    examples: [String] = [], order: ValueOrder? = nil, ends: ValueEnds? = nil, dates: DateProfile? = nil,
    truths: Int? = nil, top: [ValueCount] = []
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
    self.blankTwins = blankTwins
    self.caseTwins = caseTwins
    self.padded = padded
    self.shape = shape
    self.examples = examples
    self.order = order
    self.ends = ends
    self.dates = dates
    self.truths = truths
    self.top = top
    semantics = Semantics(self)
  }

  /// Cells with a value.
  public var valid: Int { count - missing }

  /// Figures for one column.
  public init(
    _ name: String, _ column: Column, top: Int = 10, _ depth: ProfileDepth = .brief, _ progress: Progress = Progress()
  ) throws(Cancelled) {
    var summary = try ColumnSummary(column, depth: depth, progress)
    var search = summary.search()
    try search?.add(column, progress)
    self = summary.profile(name, top: top, search)
  }

  /// The same figures under another name, of fewer of the most frequent values.
  func named(_ name: String, top wanted: Int) -> ColumnProfile {
    var copy = self
    copy.name = name
    copy.top = Array(top.prefix(max(0, wanted)))
    return copy
  }
}
