/// How well rows are to hide among each other.
public struct AnonymityDemand: Sendable, Hashable {
  /// The fewest rows that a class may have.
  public let k: Int
  /// The fewest different values that a class may have of each sensitive column.
  public let l: Int
  /// How far they may lie from those of all rows at most; nil for however far.
  public let t: Double?

  public init(k: Int, l: Int = 1, t: Double? = nil) {
    self.k = k
    self.l = l
    self.t = t
  }

  /// As it is written in a script: `k: 5, l: 2`.
  public var words: String {
    "k: \(k)" + (l > 1 ? ", l: \(l)" : "") + (t.map { ", t: \($0)" } ?? "")
  }

  /// What is lost by rounding where a distance is added up.
  private static let tolerance = 1e-12

  /// Which classes meet it, together: where some are left out, what all rows hold is another thing, and the others are measured again.
  func met(by rows: ClassedRows, _ sensitive: [SensitiveCodes]) -> [Bool] {
    var isKept = rows.sizes.map { $0 >= k }
    guard l > 1 || t != nil else { return isKept }
    while true {
      var isSettled = true
      for column in sensitive {
        let spreads = rows.spreads(of: column, in: isKept, measuringDistance: t != nil)
        for (own, spread) in spreads.enumerated() where isKept[own] && !allows(spread) {
          isKept[own] = false
          isSettled = false
        }
      }
      if isSettled || t == nil { return isKept }
    }
  }

  private func allows(_ spread: ClassedRows.Spread) -> Bool {
    spread.different >= l && t.map { spread.distance <= $0 + Self.tolerance } ?? true
  }
}
