/// Rows drawn evenly: of as many stretches of equal length as are wanted one row each, by the numbers of the rows alone.
public struct RowStrata: Sendable {
  /// Rising.
  public let rows: [Int]

  /// All rows where they are no more than `wanted`. O(wanted).
  public init(of count: Int, wanted: Int) {
    guard wanted < count, wanted > 0 else {
      rows = Array(0..<max(0, count))
      return
    }
    rows = (0..<wanted).map { place in
      let start = place * count / wanted
      let end = (place + 1) * count / wanted
      return start + Int(KeyTally.hash(UInt64(truncatingIfNeeded: place)) % UInt64(max(1, end - start)))
    }
  }
}
