import Display
import Notation
import Packaging
import Tables

/// What stages show, as bytes. Displays are kept as values, so that another width or `--json` draws them as it would have.
extension ByteWriter {
  package mutating func display(_ display: Display) {
    switch display {
    case .table(let table):
      byte(0)
      self.table(table)
    case .metrics(let metrics):
      byte(1)
      self.metrics(metrics)
    case .confusion(let matrix):
      byte(2)
      confusion(matrix)
    case .plot(let plot):
      byte(8)
      self.plot(plot)
    case .tree(let tree):
      byte(9)
      self.tree(tree)
    case .notes(let notes):
      byte(3)
      list(notes) {
        $0.text($1.level.rawValue)
        $0.text($1.message)
      }
    case .facts(let facts):
      byte(4)
      list(facts) {
        $0.text($1.name)
        $0.cell($1.value)
        $0.optional($1.items) { $0.texts($1) }
      }
    case .text(let text):
      byte(5)
      self.text(text)
    case .heading(let text):
      byte(6)
      self.text(text)
    case .group(let parts):
      byte(7)
      displays(parts)
    }
  }

  package mutating func displays(_ displays: [Display]) { list(displays) { $0.display($1) } }

  private mutating func table(_ table: DisplayTable) {
    optional(table.title) { $0.text($1) }
    list(table.columns) { writer, column in
      writer.text(column.name)
      writer.optional(column.type) { $0.text($1) }
      writer.text(column.alignment.rawValue)
      writer.format(column.format)
      writer.int(column.rank)
      writer.bool(column.isProse)
      writer.optional(column.cellType) { $0.text($1.rawValue) }
    }
    list(table.rows) { writer, row in writer.list(row) { $0.cell($1) } }
    int(table.totalRows)
    int(table.totalColumns)
    int(table.omittedColumns)
    bool(table.isQuantityByRow)
  }

  private mutating func format(_ format: NumberFormat) {
    let (code, number) =
      switch format {
      case .automatic: (0, 0)
      case .significant(let digits): (1, digits)
      case .decimals(let decimals): (2, decimals)
      case .percent(let decimals): (3, decimals)
      case .exact: (4, 0)
      }
    byte(UInt8(code))
    int(number)
  }

  private mutating func metrics(_ metrics: MetricsDisplay) {
    optional(metrics.title) { $0.text($1) }
    texts(metrics.columns)
    list(metrics.rows) { writer, row in
      writer.text(row.name)
      writer.list(row.figures) { writer, figure in
        writer.optional(figure) { writer, figure in
          writer.optional(figure.value) { $0.double($1) }
          writer.optional(figure.spread) { $0.double($1) }
          writer.optional(figure.reason) { $0.text($1) }
        }
      }
      writer.optional(row.better) { $0.text($1.rawValue) }
    }
    texts(metrics.notes)
  }

  private mutating func confusion(_ matrix: ConfusionMatrixDisplay) {
    optional(matrix.title) { $0.text($1) }
    texts(matrix.classes)
    list(matrix.counts) { writer, row in writer.list(row) { $0.int($1) } }
    optional(matrix.whole) { writer, whole in
      writer.int(whole.classes)
      writer.int(whole.rows)
      writer.int(whole.right)
    }
  }
}

extension ByteReader {
  package mutating func displays() throws(PackageError) -> [Display] { try displays(depth: 0) }

  package mutating func display(depth: Int = 0) throws(PackageError) -> Display {
    guard depth < 64 else { throw failure(.tooDeep) }
    switch try byte() {
    case 0: return .table(try table())
    case 1: return .metrics(try metrics())
    case 2: return .confusion(try confusion())
    case 3:
      return .notes(
        try list(each: 2) { reader throws(PackageError) in
          Note(try reader.word(Note.Level.self), try reader.text())
        })
    case 4:
      return .facts(
        try list(each: 3) { reader throws(PackageError) in
          let (name, value) = (try reader.text(), try reader.cell())
          return Fact(name, value, items: try reader.optional { reader throws(PackageError) in try reader.texts() })
        })
    case 5: return .text(try text())
    case 6: return .heading(try text())
    case 7: return .group(try displays(depth: depth + 1))
    case 8: return .plot(try plot())
    case 9: return .tree(try tree())
    // any other byte
    default: throw failure(.badValue("a display"))
    }
  }

  private mutating func displays(depth: Int) throws(PackageError) -> [Display] {
    try list(each: 1) { reader throws(PackageError) in try reader.display(depth: depth) }
  }

  mutating func optionalText() throws(PackageError) -> String? {
    try optional { reader throws(PackageError) in try reader.text() }
  }

  private mutating func table() throws(PackageError) -> DisplayTable {
    let title = try optionalText()
    let columns = try list(each: 7) { reader throws(PackageError) in try reader.column() }
    let rows = try list(each: 1) { reader throws(PackageError) in
      try reader.list(each: 1) { reader throws(PackageError) in try reader.cell() }
    }
    let (totalRows, totalColumns, omitted) = (try int(), try int(), try int())
    var table = DisplayTable(
      columns: columns, rows: rows, title: title, totalRows: totalRows, totalColumns: totalColumns,
      omittedColumns: omitted)
    table.isQuantityByRow = try bool()
    return table
  }

  private mutating func column() throws(PackageError) -> DisplayColumn {
    let name = try text()
    let type = try optionalText()
    let alignment = try word(Alignment.self)
    let format = try format()
    var column = DisplayColumn(name, type: type, alignment: alignment, format: format, rank: try int())
    column.isProse = try bool()
    column.cellType = try optional { reader throws(PackageError) in try reader.word(ColumnType.self) }
    return column
  }

  private mutating func format() throws(PackageError) -> NumberFormat {
    let code = try byte()
    let number = try int()
    switch code {
    case 0: return .automatic
    case 1: return .significant(number)
    case 2: return .decimals(number)
    case 3: return .percent(decimals: number)
    case 4: return .exact
    // any other byte
    default: throw failure(.badValue("a format"))
    }
  }

  private mutating func metrics() throws(PackageError) -> MetricsDisplay {
    let title = try optionalText()
    let columns = try texts()
    let rows = try list(each: 3) { reader throws(PackageError) -> MetricsDisplay.Row in
      let name = try reader.text()
      let figures = try reader.list(each: 1) { reader throws(PackageError) in
        try reader.optional { reader throws(PackageError) in try reader.figure() }
      }
      let better = try reader.optional { reader throws(PackageError) in try reader.word(MetricsDisplay.Better.self) }
      return MetricsDisplay.Row(name, figures, better: better)
    }
    return MetricsDisplay(title: title, columns: columns, rows: rows, notes: try texts())
  }

  private mutating func figure() throws(PackageError) -> MetricsDisplay.Figure {
    let value = try optional { reader throws(PackageError) in try reader.double() }
    let spread = try optional { reader throws(PackageError) in try reader.double() }
    return MetricsDisplay.Figure(value, spread: spread, reason: try optionalText())
  }

  private mutating func confusion() throws(PackageError) -> ConfusionMatrixDisplay {
    let title = try optionalText()
    let classes = try texts()
    let counts = try list(each: 1) { reader throws(PackageError) in
      try reader.list(each: 1) { reader throws(PackageError) in try reader.int() }
    }
    let whole = try optional { reader throws(PackageError) in
      ConfusionMatrixDisplay.Whole(classes: try reader.int(), rows: try reader.int(), right: try reader.int())
    }
    return ConfusionMatrixDisplay(title: title, classes: classes, counts: counts, whole: whole)
  }
}
