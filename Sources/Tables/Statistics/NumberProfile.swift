/// How much a profile looks at.
public enum ProfileDepth: String, Sendable, Hashable, CaseIterable {
  /// What costs little beyond counting.
  case brief
  /// Outer quantiles, the spread around the median, the least and greatest values, what texts consist of.
  case full

  /// The shares at which quantiles are found.
  var shares: [Double] {
    switch self {
    case .brief: [0.25, 0.5, 0.75]
    case .full: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    }
  }
}

/// How many values fall into equally wide ranges from the least to the greatest value.
public struct NumberHistogram: Sendable, Hashable {
  static let bins = 40
  /// How many of the narrow ranges make one wide one.
  private static let together = 4

  public let lower: Double
  public let upper: Double
  /// Of forty ranges, the last of which includes `upper`. A single one where all values are equal.
  public let fine: [Int]

  /// Of ten ranges, likewise.
  public var counts: [Int] {
    if fine.count == 1 { return fine }
    return stride(from: 0, to: fine.count, by: Self.together).map { start in
      fine[start..<min(fine.count, start + Self.together)].reduce(0, +)
    }
  }
}

/// The value below which a share of the values lies.
public struct Quantile: Sendable, Hashable {
  public let share: Double
  public let value: Double

  static func value(_ share: Double, of quantiles: [Quantile]) -> Double {
    quantiles.first { $0.share == share }?.value ?? .nan
  }
}

/// What the numbers of an int or float column are like.
public struct NumberProfile: Sendable, Hashable {
  /// nil where infinite values leave it undefined.
  public let mean: Double?
  /// Of the sample (n − 1); nil with fewer than two values or where infinite values leave it undefined.
  public let standardDeviation: Double?
  /// Of the sample, adjusted for its size (G₁); nil with fewer than three values, where all are equal, or past the range of numbers.
  public let skewness: Double?
  /// The excess over that of normal values, of the sample, adjusted for its size (G₂); nil with fewer than four values, likewise.
  public let kurtosis: Double?
  /// Quartiles, and for a full profile the outer quantiles, by linear interpolation between the two nearest values (Hyndman & Fan's
  /// type 7, as in numpy).
  public let quantiles: [Quantile]
  /// nil where quantiles and histogram are exact. Else they are those of a sample of rows, and this is the standard error of the
  /// median's rank as a share of the rows.
  public let rankError: Double?
  /// The median of the distances from the median, for a full profile; of a sample of rows where not all different values are counted.
  public let distanceFromMedian: Double?
  public let zeros: Int
  public let negatives: Int
  public let infinites: Int
  /// nil where infinite values leave no width to divide.
  public let histogram: NumberHistogram?

  public var lowerQuartile: Double { Quantile.value(0.25, of: quantiles) }
  public var median: Double { Quantile.value(0.5, of: quantiles) }
  public var upperQuartile: Double { Quantile.value(0.75, of: quantiles) }
}
