/// How many moments were read, and how many of them are written with `Z` or an offset; the others are taken as UTC.
public struct MomentCounts: Sendable, Hashable {
  public var all: Int
  public var withOffset: Int

  public init(all: Int = 0, withOffset: Int = 0) {
    self.all = all
    self.withOffset = withOffset
  }

  public static func += (left: inout MomentCounts, right: MomentCounts) {
    left.all += right.all
    left.withOffset += right.withOffset
  }

  public mutating func count(_ moment: DateText.Moment) {
    all += 1
    if moment.hasOffset { withOffset += 1 }
  }

  /// How many were taken as UTC beside others that say where they were; 0 where all are written alike.
  public var assumed: Int { withOffset > 0 ? all - withOffset : 0 }
}
