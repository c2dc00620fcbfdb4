import Kernels
import Tables

/// Where rows stand among each other: numbers, dates and moments by their place between the least and the greatest of some rows, texts and
/// bools by which they are. The distance of two rows is the mean over the columns of the difference of their places, 1 where a text is
/// another or one of two cells is missing (Gower, A general coefficient of similarity, 1971).
struct RowPlaces: Sendable {
  /// How one column is placed.
  private enum Scale: Sendable {
    case number(least: Double, length: Double)
    case text(WordTable)
    case truth
  }

  let names: [String]
  private let scales: [Scale]
  /// How many places a row has, filled up with zeros to a whole number of vectors.
  let stride: Int
  static let lanes = 8
  /// A missing cell is as far from any other as can be.
  static let missing: Float = -1

  /// Of the columns named of some rows; vectors are passed over.
  init(_ table: Table, _ names: [String]) {
    var (kept, scales): ([String], [Scale]) = ([], [])
    for name in names {
      guard let scale = table[name].flatMap(Self.scale) else { continue }
      kept.append(name)
      scales.append(scale)
    }
    self.names = kept
    self.scales = scales
    stride = (kept.count + Self.lanes - 1) / Self.lanes * Self.lanes
  }

  private static func scale(_ column: Column) -> Scale? {
    switch column {
    case .vector: return nil
    case .bool: return .truth
    case .text(let cells): return .text(WordTable(cells.encoded().words))
    case .int, .float, .date, .datetime:
      var (least, most) = (Double.infinity, -Double.infinity)
      for row in 0..<column.count {
        guard let number = column.number(row) else { continue }
        least = min(least, number)
        most = max(most, number)
      }
      return .number(least: least.isFinite ? least : 0, length: most > least ? most - least : 1)
    }
  }

  /// The places of a table's rows, row by row.
  func places(_ table: Table) -> [Float] {
    var places = [Float](repeating: 0, count: table.rowCount * stride)
    for (column, name) in names.enumerated() {
      guard let cells = table[name] else { continue }
      write(cells, scales[column]) { row, value in places[row * stride + column] = value }
    }
    return places
  }

  private func write(_ column: Column, _ scale: Scale, _ take: (Int, Float) -> Void) {
    switch (column, scale) {
    case (.bool(let cells), .truth):
      for row in 0..<cells.count { take(row, cells[row].map { $0 ? 1 : 0 } ?? Self.missing) }
    case (.text(let cells), .text(let known)):
      let (codes, words) = cells.encoded()
      let found = words.map { word -> Float in
        var word = word
        // A text that is not among them is none of them.
        return word.withUTF8 { known.place(of: $0) }.map { Float($0) } ?? -8
      }
      for (row, code) in codes.enumerated() { take(row, code < 0 ? Self.missing : found[Int(code)]) }
    case (_, .number(let least, let length)):
      for row in 0..<column.count {
        take(row, column.number(row).map { Float(min(1, max(0, ($0 - least) / length))) } ?? Self.missing)
      }
    default: for row in 0..<column.count { take(row, Self.missing) }
    }
  }

  /// A number for each place that two rows differ in by no more than their distance.
  func shadow(_ column: Int, _ place: Float) -> Float {
    if place == Self.missing { return 0.5 }
    switch scales[column] {
    case .number, .truth: return place
    case .text:
      return Float(CounterRandom(seed: 0x7465_7874, stream: UInt64(column)).uniform(at: UInt64(max(0, place))))
    }
  }
}
