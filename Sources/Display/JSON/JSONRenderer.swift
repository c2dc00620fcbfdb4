import Notation
import Tables

/// Gives Display values as JSON: one object with a `kind`, keys in a fixed order, numbers with all their digits.
public struct JSONRenderer: Sendable {
  public init() {}

  /// The value on one line, as `--json` prints it.
  public func render(_ display: Display) -> String { value(display).text }

  /// The same with more members after its kind.
  public func value(_ display: Display, with more: [JSONMember]) -> JSONValue {
    let value = value(display)
    guard !more.isEmpty, let members = value.members else { return value }
    return .object(members.prefix(1) + more + members.dropFirst())
  }

  public func value(_ display: Display) -> JSONValue {
    switch display {
    case .table(let table): value(table)
    case .metrics(let metrics): value(metrics)
    case .confusion(let matrix): value(matrix)
    case .plot(let plot): value(plot)
    case .tree(let tree): value(tree)
    case .notes(let notes):
      [
        "kind": "notes",
        "notes": .array(notes.map { ["level": .string($0.level.rawValue), "message": .string($0.message)] }),
      ]
    case .facts(let facts):
      ["kind": "facts", "facts": .array(facts.map { ["name": .string($0.name), "value": value($0)] })]
    case .text(let text): ["kind": "text", "text": .string(text)]
    case .heading(let text): ["kind": "heading", "text": .string(text)]
    case .group(let parts): ["kind": "group", "parts": .array(parts.map(value))]
    }
  }

  private func value(_ fact: Fact) -> JSONValue {
    fact.items.map { .array($0.map(JSONValue.string)) } ?? JSONValue(fact.value)
  }

  private func column(_ name: String, _ type: String?) -> JSONValue { ["name": .string(name), "type": text(type)] }

  private func value(_ table: DisplayTable) -> JSONValue {
    let columns = zip(table.columns, table.types).map { column($0.name, $1) }
    let rows = table.rows.map { row in
      JSONValue.array(table.columns.indices.map { $0 < row.count ? JSONValue(row[$0]) : .null })
    }
    return [
      "kind": "table", "title": text(table.title), "columns": .array(columns), "rows": .array(rows),
      "total_rows": .int(Int64(table.totalRows)), "total_columns": .int(Int64(table.totalColumns)),
    ]
  }

  private func value(_ metrics: MetricsDisplay) -> JSONValue {
    let rows = metrics.rows.map { row -> JSONValue in
      let figures = row.figures.map { figure -> JSONValue in
        guard let figure else { return .null }
        var members = [
          JSONMember("value", figure.value.map(JSONValue.init(number:)) ?? .null),
          JSONMember("spread", figure.spread.map(JSONValue.init(number:)) ?? .null),
        ]
        if let reason = figure.reason { members.append(JSONMember("reason", .string(reason))) }
        return .object(members)
      }
      return ["name": .string(row.name), "better": text(row.better?.rawValue), "figures": .array(figures)]
    }
    return [
      "kind": "metrics", "title": text(metrics.title),
      "columns": .array(metrics.figureNames.map { column($0, "float") }), "metrics": .array(rows),
      "notes": .array(metrics.notes.map(JSONValue.string)),
    ]
  }

  private func value(_ matrix: ConfusionMatrixDisplay) -> JSONValue {
    let counts = matrix.classes.indices.map { actual in
      JSONValue.array(
        matrix.classes.indices.map { .int(Int64(matrix.count(actual: actual, predicted: $0))) })
    }
    var members = [
      JSONMember("kind", .string("confusion_matrix")), JSONMember("title", text(matrix.title)),
      JSONMember("classes", .array(matrix.classes.map(JSONValue.string))),
      JSONMember("columns", .array(matrix.classes.map { column($0, "int") })), JSONMember("counts", .array(counts)),
    ]
    if let whole = matrix.whole {
      members += [
        JSONMember("total_classes", .int(Int64(whole.classes))), JSONMember("right", .int(Int64(whole.right))),
        JSONMember("total_rows", .int(Int64(whole.rows))),
      ]
    }
    return .object(members)
  }

  private func value(_ plot: Plot) -> JSONValue {
    let data = zip(plot.data.names, plot.data.columns).map { name, column in
      JSONMember(name, .array((0..<column.count).map { JSONValue(column[$0]) }))
    }
    return [
      "kind": "plot", "title": text(plot.title), "mark": .string(plot.mark.rawValue), "x": .string(plot.x),
      "y": text(plot.y), "colour": text(plot.colour), "facet": text(plot.facet),
      "y_scale": .string(plot.yScale.rawValue), "edges": .array(plot.edges.map(JSONValue.init(number:))),
      "reference": plot.reference.map(reference) ?? .null, "data": .object(data),
      "vega_lite": VegaLiteRenderer().specification(plot),
    ]
  }

  private func value(_ tree: TreeDisplay) -> JSONValue {
    let nodes = tree.nodes.map { node -> JSONValue in
      [
        "depth": .int(Int64(node.depth)), "rule": text(node.rule), "rows": node.rows.map { .int(Int64($0)) } ?? .null,
        "answer": JSONValue(node.answer), "share": node.share.map(JSONValue.init(number:)) ?? .null,
        "leaf": .bool(node.isLeaf), "omitted": .int(Int64(node.omitted)),
      ]
    }
    return [
      "kind": "tree", "title": text(tree.title), "nodes": .array(nodes), "total_nodes": .int(Int64(tree.totalNodes)),
      "total_leaves": .int(Int64(tree.totalLeaves)),
    ]
  }

  private func reference(_ reference: Plot.Reference) -> JSONValue {
    switch reference {
    case .diagonal: "diagonal"
    case .level(let level): JSONValue(number: level)
    }
  }

  private func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
}
