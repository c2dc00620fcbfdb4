import Display
import Interpreter
import Plan
import Tables

/// The figures of a look as rows with typed columns: what `export "metrics.csv"` writes.
enum FigureTable {
  /// Of the first table, metrics, matrix or plot that the look shows; nil where it shows none.
  static func of(_ display: Display) -> Table? {
    switch display {
    case .table(let table): of(table)
    case .metrics(let metrics): of(metrics)
    case .confusion(let matrix): of(matrix)
    case .plot(let plot): plot.data
    case .group(let parts): parts.lazy.compactMap(of).first
    case .tree, .notes, .facts, .text, .heading: nil
    }
  }

  private static func of(_ table: DisplayTable) -> Table {
    columns(
      zip(table.columns.indices, table.types).map { place, type in
        let cells = table.rows.map { place < $0.count ? $0[place] : .missing }
        return (table.columns[place].name, column(cells, type.flatMap(ColumnType.init(rawValue:))))
      }, rowCount: table.rows.count)
  }

  /// Cells of another type than the column's are written as they are shown.
  private static func column(_ cells: [Cell], _ type: ColumnType?) -> Column {
    let fits = cells.allSatisfy { $0.type == nil || $0.type == type || type == .float && $0.number != nil }
    if let type, fits { return Column.from(cells, type: type) }
    return .text(TextCells(cells.map { $0 == .missing ? nil : $0.description }))
  }

  private static func of(_ metrics: MetricsDisplay) -> Table {
    var made: [(String, Column)] = [
      ("metric", .text(TextCells(metrics.rows.map(\.name)))),
      ("better", .text(TextCells(metrics.rows.map { $0.better?.rawValue }))),
    ]
    for (place, name) in metrics.figureNames.enumerated() {
      let figures = metrics.rows.map { place < $0.figures.count ? $0.figures[place] : nil }
      made.append((name, .float(Cells(figures.map { $0?.value }, filler: 0))))
      if figures.contains(where: { $0?.spread != nil }) {
        made.append(("\(name)_sd", .float(Cells(figures.map { $0?.spread }, filler: 0))))
      }
    }
    return columns(made, rowCount: metrics.rows.count)
  }

  private static func of(_ matrix: ConfusionMatrixDisplay) -> Table {
    let places = matrix.classes.indices
    let counts = places.map { predicted in
      (
        matrix.classes[predicted],
        Column.int(Cells(places.map { Int64(matrix.count(actual: $0, predicted: predicted)) }))
      )
    }
    return columns([("actual", .text(TextCells(matrix.classes)))] + counts, rowCount: places.count)
  }

  /// Names that two columns have are told apart.
  private static func columns(_ made: [(String, Column)], rowCount: Int) -> Table {
    var names = FreeNames(besides: [])
    return Table(made.map { (names.take($0.0), $0.1) }, rowCount: rowCount)
  }
}
