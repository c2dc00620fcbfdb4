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

/// How many values fall into each of ten equally wide ranges from the least to the greatest value.
public struct NumberHistogram: Sendable, Hashable {
  public let lower: Double
  public let upper: Double
  /// The last range includes `upper`. A single range where all values are equal.
  public let counts: [Int]
}

/// What the numbers of an int or float column are like.
public struct NumberProfile: Sendable, Hashable {
  /// nil where infinite values leave it undefined.
  public let mean: Double?
  /// Of the sample (n − 1); nil with fewer than two values or where infinite values leave it undefined.
  public let standardDeviation: Double?
  /// Quartiles by linear interpolation between the two nearest values (Hyndman & Fan's type 7, as in numpy).
  public let lowerQuartile: Double
  public let median: Double
  public let upperQuartile: Double
  /// nil where quartiles and histogram are exact. Else they are those of a sample of rows, and this is the standard error of the
  /// median's rank as a share of the rows.
  public let rankError: Double?
  public let zeros: Int
  public let negatives: Int
  /// nil where infinite values leave no width to divide.
  public let histogram: NumberHistogram?
}

/// The lengths of a column's texts in Unicode characters (scalars).
public struct TextLengths: Sendable, Hashable {
  public let minimum: Int
  public let mean: Double
  public let maximum: Int
}

/// What one column holds: figures over all its rows.
public struct ColumnProfile: Sendable, Hashable {
  public let name: String
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
  /// For bool columns, how many cells are true.
  public let truths: Int?
  /// The most frequent values, most frequent first, equally frequent ones in order of value; at most `ValueCounts.mostTop`. Counts are
  /// exact; of a column with more than `ValueCounts.limit` values in no order, only those met most often within as many rows compete.
  public let top: [ValueCount]

  init(
    _ name: String, _ type: ColumnType, _ count: Int, missing: Int, distinct: DistinctCount?, minimum: Cell? = nil,
    maximum: Cell? = nil, numbers: NumberProfile? = nil, lengths: TextLengths? = nil,
    blankTwins: BlankTwins? = nil, truths: Int? = nil, top: [ValueCount] = []
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
    self.truths = truths
    self.top = top
  }

  /// Figures for one column.
  public init(_ name: String, _ column: Column, top: Int = 10, _ progress: Progress = Progress()) throws(Cancelled) {
    var summary = try ColumnSummary(column, progress)
    var search = summary.search()
    try search?.add(column, progress)
    self = summary.profile(name, top: top, search)
  }

  /// The same figures under another name, of fewer of the most frequent values.
  func named(_ name: String, top wanted: Int) -> ColumnProfile {
    ColumnProfile(
      name, type, count, missing: missing, distinct: distinct, minimum: minimum, maximum: maximum, numbers: numbers,
      lengths: lengths, blankTwins: blankTwins, truths: truths, top: Array(top.prefix(max(0, wanted))))
  }
}
