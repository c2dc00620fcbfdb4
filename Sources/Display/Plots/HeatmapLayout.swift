import Notation
import Tables

/// Fields of a heatmap: what the text and the SVG drawing share.
struct HeatmapLayout {
  /// Labels in order of first appearance.
  let columns: [String]
  let rows: [String]
  /// `values[row][column]`; nil where there is none.
  let values: [[Double?]]
  let (xTitle, yTitle, valueTitle): (String, String, String)
  let (low, high): (Double, Double)

  /// More rows or columns than this are left out, and counted.
  static let most = 60
  let (omittedRows, omittedColumns): (Int, Int)

  init?(_ plot: Plot) {
    guard let x = plot.data[plot.x], let yName = plot.y, let y = plot.data[yName], let valueName = plot.colour,
      let value = plot.data[valueName]
    else { return nil }
    let (across, down) = (Self.coded(x), Self.coded(y))
    guard !across.names.isEmpty, !down.names.isEmpty else { return nil }
    columns = Array(across.names.prefix(Self.most))
    rows = Array(down.names.prefix(Self.most))
    (omittedRows, omittedColumns) = (down.names.count - rows.count, across.names.count - columns.count)
    var values = [[Double?]](repeating: [Double?](repeating: nil, count: columns.count), count: rows.count)
    for row in 0..<plot.data.rowCount where down.codes[row] < rows.count && across.codes[row] < columns.count {
      values[down.codes[row]][across.codes[row]] = plotNumber(value[row])
    }
    self.values = values
    let known = values.joined().compactMap { $0 }
    let isGiven = plot.edges.count == 2 && plot.edges[0] < plot.edges[1]
    low = isGiven ? plot.edges[0] : min(0, known.min() ?? 0)
    high = isGiven ? plot.edges[1] : max(known.max() ?? 1, low)
    (xTitle, yTitle, valueTitle) = (
      SafeText.escaped(plot.x), SafeText.escaped(yName), SafeText.escaped(valueName)
    )
  }

  private static func coded(_ column: Column) -> (names: [String], codes: [Int]) {
    var (names, known): ([String], [String: Int]) = ([], [:])
    let codes = (0..<column.count).map { row in
      let label = plotLabel(column[row])
      if let code = known[label] { return code }
      known[label] = names.count
      names.append(label)
      return names.count - 1
    }
    return (names, codes)
  }

  /// Whether fields are there or not, and nothing else.
  var isBinary: Bool { values.joined().allSatisfy { $0 == nil || $0 == 0 || $0 == 1 } && low == 0 && high == 1 }

  /// How strong a field is, from −1 to 1, with the sign of its value.
  func strength(_ value: Double) -> Double {
    let most = max(abs(low), abs(high))
    return most > 0 ? max(-1, min(1, value / most)) : 0
  }

  /// A value in few characters: decimals where the scale ends at 1.
  func text(_ value: Double) -> String {
    max(abs(low), abs(high)) <= 1 ? NumberText.fixed(value, 2) : NumberText.figure(value)
  }

  /// What is left out, in words.
  var remark: String {
    [(omittedRows, "more row"), (omittedColumns, "more column")].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
      .joined(separator: ", ")
  }
}
