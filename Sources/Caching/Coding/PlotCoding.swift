import Display
import Packaging
import Tables

extension ByteWriter {
  mutating func plot(_ plot: Plot) {
    optional(plot.title) { $0.text($1) }
    text(plot.mark.rawValue)
    text(plot.x)
    for name in [plot.y, plot.colour, plot.facet] { optional(name) { $0.text($1) } }
    text(plot.yScale.rawValue)
    doubles(plot.edges)
    optional(plot.reference) { writer, reference in
      switch reference {
      case .diagonal: writer.optional(Double?.none) { $0.double($1) }
      case .level(let level): writer.optional(level) { $0.double($1) }
      }
    }
    int(plot.data.rowCount)
    list(Array(zip(plot.data.names, plot.data.columns))) { writer, column in
      writer.text(column.0)
      writer.text(column.1.type.rawValue)
      writer.list((0..<column.1.count).map { column.1[$0] }) { $0.cell($1) }
    }
  }

  mutating func tree(_ tree: TreeDisplay) {
    optional(tree.title) { $0.text($1) }
    list(tree.nodes) { writer, node in
      writer.optional(node.rule) { $0.text($1) }
      writer.int(node.depth)
      writer.optional(node.rows) { $0.int($1) }
      writer.cell(node.answer)
      writer.optional(node.share) { $0.double($1) }
      writer.int(node.series)
      writer.bool(node.isLeaf)
      writer.int(node.omitted)
    }
    int(tree.totalNodes)
    int(tree.totalLeaves)
  }
}

extension ByteReader {
  mutating func plot() throws(PackageError) -> Plot {
    let title = try optionalText()
    let mark = try word(Plot.Mark.self)
    let x = try text()
    let (y, colour, facet) = (try optionalText(), try optionalText(), try optionalText())
    let scale = try word(Plot.Scale.self)
    let edges = try doubles()
    let reference = try optional { reader throws(PackageError) -> Plot.Reference in
      let level = try reader.optional { reader throws(PackageError) in try reader.double() }
      return level.map(Plot.Reference.level) ?? .diagonal
    }
    return Plot(
      mark, x: x, y: y, colour: colour, facet: facet, title: title, yScale: scale, edges: edges, reference: reference,
      data: try plotData())
  }

  private mutating func plotData() throws(PackageError) -> Table {
    let rows = try int()
    let columns = try list(each: 3) { reader throws(PackageError) -> (String, Column) in
      let name = try reader.text()
      let type = try reader.word(ColumnType.self)
      let cells = try reader.list(each: 1) { reader throws(PackageError) in try reader.cell() }
      guard cells.count == rows, cells.allSatisfy({ $0 == .missing || $0.type == type }) else {
        throw reader.failure(.badValue("a plot's column"))
      }
      return (name, Column.from(cells, type: type))
    }
    guard Set(columns.map(\.0)).count == columns.count, rows >= 0 else { throw failure(.badValue("a plot's data")) }
    return Table(columns, rowCount: rows)
  }

  mutating func tree() throws(PackageError) -> TreeDisplay {
    let title = try optionalText()
    let nodes = try list(each: 8) { reader throws(PackageError) -> TreeDisplay.Node in
      let rule = try reader.optionalText()
      let depth = try reader.int()
      let rows = try reader.optional { reader throws(PackageError) in try reader.int() }
      let answer = try reader.cell()
      let share = try reader.optional { reader throws(PackageError) in try reader.double() }
      let series = try reader.int()
      guard depth >= 0, series >= 0 else { throw reader.failure(.badValue("a node of a tree")) }
      return TreeDisplay.Node(
        rule: rule, depth: depth, rows: rows, answer: answer, share: share, series: series,
        isLeaf: try reader.bool(), omitted: try reader.int())
    }
    return TreeDisplay(title: title, nodes: nodes, totalNodes: try int(), totalLeaves: try int())
  }
}
