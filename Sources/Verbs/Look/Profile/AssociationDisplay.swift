import Display
import Interpreter
import Notation
import Tables

/// How columns go together, as pictures and as a table of pairs.
enum AssociationDisplay {
  /// More pairs than this are not listed.
  private static let mostPairs = 40
  /// A picture of more columns than this cannot be read.
  static let mostColumns = 40

  static func displays(_ associations: Associations, pictures: Bool) -> [Display] {
    let pictured = pictures ? Associations.Measure.allCases.compactMap { heatmap(associations, $0) } : []
    return pictured + [.table(pairs(associations.pairs, most: mostPairs, title: "pairs of columns that go together"))]
  }

  /// The strongest pairs first.
  static func pairs(_ pairs: [Associations.Pair], most: Int, title: String) -> DisplayTable {
    let sorted = pairs.enumerated().sorted {
      (abs($1.element.value), $0.offset) < (abs($0.element.value), $1.offset)
    }.map(\.element)
    var table = DisplayTable(
      ["first", "second", "measure", "value"], types: [.text, .text, .text, .float],
      rows: sorted.prefix(most).map {
        [.text($0.first), .text($0.second), .text(AlertTable.name($0.measure)), .float($0.value)]
      }, title: title)
    table.totalRows = sorted.count
    table.columns[3].format = .decimals(3)
    return table
  }

  /// What of the columns goes with the label.
  static func relations(_ pairs: [Associations.Pair], to label: String, most: Int) -> DisplayTable {
    var table = DisplayTable(
      ["column", "value", "measure"], types: [.text, .float, .text],
      rows: pairs.prefix(most).map { pair in
        [
          .text(pair.first == label ? pair.second : pair.first), .float(pair.value),
          .text(AlertTable.name(pair.measure)),
        ]
      }, title: "what goes with the label \(ValueName.of(label))")
    table.totalRows = pairs.count
    table.columns[1].format = .decimals(3)
    return table
  }

  /// A field for each two columns; nil where the measure is known of none.
  static func heatmap(_ associations: Associations, _ measure: Associations.Measure) -> Display? {
    let members = associations.members
    let numbers = members.filter { $0.kind == .number }.map(\.name)
    let categories = members.filter { $0.kind == .category }.map(\.name)
    let (down, across): ([String], [String]) =
      switch measure {
      case .pearson, .spearman: (numbers, numbers)
      case .cramersV: (categories, categories)
      case .correlationRatio: (numbers, categories)
      }
    let isSquare = measure != .correlationRatio
    guard !down.isEmpty, !across.isEmpty, down.count + across.count > 2 || !isSquare else { return nil }
    var cells = HeatmapCells(x: "across", y: "down", value: measure.rawValue)
    for one in down.prefix(mostColumns) {
      for other in across.prefix(mostColumns) {
        let value = isSquare && one == other ? 1 : associations.value(measure, one, other)
        cells.add(.text(other), .text(one), value)
      }
    }
    let left = max(0, down.count - mostColumns) + (isSquare ? 0 : max(0, across.count - mostColumns))
    let title = AlertTable.name(measure) + (left > 0 ? ", without \(counted(left, "more column"))" : "")
    let range = measure == .pearson || measure == .spearman ? [-1.0, 1.0] : [0.0, 1.0]
    return .plot(cells.plot(title: title, range: range))
  }
}

/// The fields of a heatmap, row after row.
struct HeatmapCells {
  private let (x, y, value): (String, String, String)
  private var cells: (x: [Cell], y: [Cell], values: [Double?]) = ([], [], [])

  init(x: String, y: String, value: String) {
    var names = FreeNames(besides: [])
    (self.x, self.y, self.value) = (names.take(x), names.take(y), names.take(value))
  }

  mutating func add(_ x: Cell, _ y: Cell, _ value: Double?) {
    cells.x.append(x)
    cells.y.append(y)
    cells.values.append(value)
  }

  /// - Parameter range: the ends of the scale of colours; empty for those of the values.
  func plot(title: String, range: [Double] = []) -> Plot {
    func column(_ cells: [Cell]) -> Column {
      Column.from(cells, type: cells.lazy.compactMap(\.type).first ?? .text)
    }
    return Plot(
      .heatmap, x: x, y: y, colour: value, title: title, edges: range,
      data: Table([
        (x, column(cells.x)), (y, column(cells.y)), (value, .float(Cells(cells.values, filler: 0))),
      ]))
  }
}
