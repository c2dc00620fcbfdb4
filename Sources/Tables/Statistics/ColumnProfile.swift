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
  /// Counted exactly up to `ValueCounts.limit` values, and beyond where numbers or times are in order; else estimated by a HyperLogLog sketch with a standard
  /// error of 0.41 %.
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
  /// Quartiles by linear interpolation between the two nearest values (Hyndman & Fan's type 7, as in numpy), exact for
  /// any number of rows.
  public let lowerQuartile: Double
  public let median: Double
  public let upperQuartile: Double
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
  /// For bool columns, how many cells are true.
  public let truths: Int?
  /// The most frequent values, most frequent first, equally frequent ones in order of value. Counts are exact; of a
  /// column with more than `ValueCounts.limit` values in no order, only values seen twice before that limit compete.
  public let top: [ValueCount]
}
