import Glibc
import Notation
import Tables

/// Adjoining bins of a histogram, each with its lower edge, the last one with both.
public struct HistogramBins: Sendable, Hashable {
  public let edges: [Double]

  /// From edges in rising order; nil unless there are two of them or more.
  init?(edges: [Double]) {
    guard edges.count > 1, zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }), edges.allSatisfy(\.isFinite) else {
      return nil
    }
    self.edges = edges
  }

  /// Bins over `low` … `high`, the least and the greatest of `rows` values: `bins` of equal width where that is given, else about as
  /// many as Sturges' rule asks for ("The Choice of a Class Interval", 1926), with round edges. Few whole numbers have a bin each.
  public init(from low: Double, to high: Double, rows: Int, bins: Int?, type: ColumnType) {
    guard high > low else {
      let room = max(0.5, abs(low) * 1e-6)
      edges = [PlotAxis.bounded(low - room), PlotAxis.bounded(low + room)]
      return
    }
    let isWhole = type == .int || type == .bool || type == .date
    if let bins {
      let count = min(max(bins, 1), 1000)
      edges = Self.rising((0...count).map { Self.place(Double($0) / Double(count), from: low, to: high) }, low, high)
      return
    }
    let sturges = Int(bounded: log2(Double(max(rows, 1))).rounded(.up)) + 1
    if isWhole, high - low < 30, abs(low) < 1e15 {
      edges = (0...Int(bounded: high - low) + 1).map { low + Double($0) - 0.5 }
    } else {
      let least: Double? = isWhole || type == .datetime ? 1 : nil
      edges = Self.rising(PlotAxis.nicePlaces(low, high, wanted: min(max(sturges, 5), 30), step: least), low, high)
    }
  }

  /// Edges so near each other that they are one number are one edge.
  private static func rising(_ edges: [Double], _ low: Double, _ high: Double) -> [Double] {
    let kept = edges.reduce(into: [Double]()) { kept, edge in
      if kept.last.map({ $0 < edge }) ?? true { kept.append(edge) }
    }
    return kept.count > 1 ? kept : [low, high]
  }

  /// The number at a share of the way between two others, whose distance may be more than a number can be.
  public static func place(_ share: Double, from low: Double, to high: Double) -> Double {
    let span = high - low
    return span.isFinite ? low + span * share : low * (1 - share) + high * share
  }

  public var count: Int { edges.count - 1 }

  /// The bin that a number falls in; one beyond the ends counts to the bin there. O(log bins).
  public func place(_ value: Double) -> Int {
    var low = 0
    var high = count
    while low + 1 < high {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// `20 – 30` for each bin, `3` for the bin of a whole number.
  func labels(_ kind: PlotAxis.Kind) -> [String] {
    if zip(edges, edges.dropFirst()).allSatisfy({ $1 - $0 == 1 && ($0 + 0.5).rounded() == $0 + 0.5 }) {
      return edges.dropLast().map { label($0 + 0.5, kind) }
    }
    let texts =
      kind == .number && !edges.allSatisfy({ $0 == $0.rounded() && abs($0) < 1e15 })
      ? NumberText.distinct(edges) : edges.map { label($0, kind) }
    return zip(texts, texts.dropFirst()).map { "\($0) – \($1)" }
  }

  private func label(_ place: Double, _ kind: PlotAxis.Kind) -> String {
    switch kind {
    case .date: CivilDate(days: Int32(bounded: place)).description
    case .datetime: CivilDateTime(microseconds: Int64(bounded: place)).description
    case .number, .category: NumberText.fixed(place, 0)
    }
  }
}
