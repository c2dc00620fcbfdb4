import Kernels
import Plan
import Tables

/// Turns down made rows that are copies of a row which stands alone, or nearer to one than the rows are to each other.
public struct NearnessCheck: MadeRowCheck {
  private let rows: NearestRows
  private let name: String
  /// How near the rows are to each other at the 1st percentile, as the mean over the columns.
  public let least: Double

  /// - Parameter name: what the rows are called.
  public init(_ rows: NearestRows, name: String, _ progress: Progress) throws(EngineError) {
    self.rows = rows
    self.name = name
    least = try EngineError.checking { () throws(Cancelled) in
      Self.percentile(try rows.ownDistances(most: Self.mostAsked, progress))
    }
  }

  /// Of so many rows the nearest other one is looked for.
  private static let mostAsked = 2000
  /// More pairs of rows take too long to be looked at.
  private static let mostPairs = 400_000_000

  /// Whether so many rows can be held against these.
  public static func isBounded(_ made: Int, _ rows: Int) -> Bool {
    let product = made.multipliedReportingOverflow(by: rows)
    return !product.overflow && product.partialValue <= mostPairs
  }

  /// The 1st percentile, the next greater where it falls between two.
  static func percentile(_ sorted: [Double]) -> Double {
    guard !sorted.isEmpty else { return 0 }
    return sorted[min(sorted.count - 1, Int((0.01 * Double(sorted.count - 1)).rounded(.up)))]
  }

  public func passing(_ made: Table, _ progress: Progress) throws(EngineError) -> [Int] {
    if rows.columnCount == 0 { return Array(0..<made.rowCount) }
    let found = try EngineError.checking { () throws(Cancelled) in
      try rows.neighbours(of: made, within: rows.sum(least), progress)
    }
    return found.indices.filter { row in
      !(rows.mean(found[row].sum) < least || found[row].sum == 0 && found[row].isAlone)
    }
  }

  public func problem(made: Int, of count: Int, tried: Int) -> SynthesisProblem { .onlyCopies(name, tried: tried) }
}
