/// The least and the greatest values of a column, with how many cells hold each.
public struct ValueEnds: Sendable, Hashable {
  private static let most = 5

  /// Rising.
  public let least: [ValueCount]
  /// Falling.
  public let greatest: [ValueCount]

  /// nil of a brief summary and where not all values are counted.
  init?(_ summary: OrderedSummary) {
    guard summary.depth == .full, let counted = summary.tally.all, !counted.isEmpty else { return nil }
    let kind = summary.kind
    func cell(_ entry: KeyTally.Entry) -> ValueCount { ValueCount(value: kind.cell(entry.key), count: entry.count) }
    least = counted.prefix(Self.most).map(cell)
    greatest = counted.suffix(Self.most).reversed().map(cell)
  }
}
