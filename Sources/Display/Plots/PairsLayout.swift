import Tables

/// Columns of numbers held against each other two by two: what the text and the SVG drawing share.
struct PairsLayout {
  /// More columns than this have no room.
  static let most = 8

  let names: [String]
  let axes: [PlotAxis]
  /// For each row the places of all columns; rows without one of them are left out.
  let points: [(places: [Double], series: Int)]
  let series: [String]
  /// For each column how many rows fall into each of a few bins.
  let histograms: [[Int]]
  let skippedRows: Int

  /// nil with fewer than two columns beside that of the colour.
  init?(_ plot: Plot) {
    let names = plot.data.names.filter { $0 != plot.colour }.prefix(Self.most)
    let columns = names.compactMap { plot.data[$0] }
    guard columns.count > 1 else { return nil }
    let groups = PlotGroups(plot)
    var points: [(places: [Double], series: Int)] = []
    for (row, place) in groups.places.enumerated() {
      guard let place else { continue }
      let places = columns.compactMap { plotNumber($0[row]) }
      if places.count == columns.count { points.append((places, place.series)) }
    }
    self.names = Array(names)
    self.points = points
    series = groups.series
    skippedRows = plot.data.rowCount - points.count
    axes = columns.indices.map { column in
      PlotAxis(
        title: names[column], kind: PlotAxis.Kind(columns[column].type), values: points.map { $0.places[column] })
    }
    let all = axes
    histograms = columns.indices.map { column in
      var counts = [Int](repeating: 0, count: Self.bins)
      for point in points {
        counts[min(Self.bins - 1, Int(bounded: all[column].fraction(point.places[column]) * Double(Self.bins)))] += 1
      }
      return counts
    }
  }

  private static let bins = 16

  /// Pearson's correlation of two columns over the points that are drawn; nil where one does not vary.
  func correlation(_ first: Int, _ second: Int) -> Double? {
    let pairs = points.map { (axes[first].fraction($0.places[first]), axes[second].fraction($0.places[second])) }
    let n = Double(pairs.count)
    guard n > 1 else { return nil }
    let (x, y) = (pairs.reduce(0) { $0 + $1.0 } / n, pairs.reduce(0) { $0 + $1.1 } / n)
    var (product, left, right) = (0.0, 0.0, 0.0)
    for pair in pairs {
      product += (pair.0 - x) * (pair.1 - y)
      left += (pair.0 - x) * (pair.0 - x)
      right += (pair.1 - y) * (pair.1 - y)
    }
    return left > 0 && right > 0 ? product / (left * right).squareRoot() : nil
  }
}
