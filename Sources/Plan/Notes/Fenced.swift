import Tables

/// The fences of a column, and the cells outside.
public struct Fenced: Sendable, Hashable {
  /// What was done with the cells outside.
  public enum Act: Sendable, Hashable { case left, clipped, missing, flagged }

  /// Why there are no fences.
  public enum Open: Sendable, Hashable {
    /// No cell has a value.
    case noValue
    /// The spread is zero: the values that count for it are all the same.
    case noSpread
    /// So few values that none of them can lie so far out.
    case tooFew(Int)
  }

  public let column: String
  public let act: Act
  /// The last values inside; nil where there is no fence on that side.
  public let low: Cell?
  public let high: Cell?
  public let open: Open?
  public let below: Int
  public let above: Int

  public init(_ column: String, _ act: Act, low: Cell?, high: Cell?, open: Open?, below: Int, above: Int) {
    self.column = column
    self.act = act
    self.low = low
    self.high = high
    self.open = open
    self.below = below
    self.above = above
  }
}
