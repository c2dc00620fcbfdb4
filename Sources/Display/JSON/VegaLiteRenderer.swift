import Notation
import Tables

/// Gives a plot as a Vega-Lite 5 specification, for front ends that draw it themselves.
struct VegaLiteRenderer: Sendable {
  func specification(_ plot: Plot) -> JSONValue {
    var members = [JSONMember("$schema", "https://vega.github.io/schema/vega-lite/v5.json")]
    if let title = plot.title { members.append(JSONMember("title", .string(title))) }
    members.append(JSONMember("data", ["values": .array(rows(plot))]))
    switch plot.mark {
    case .heatmap: return .object(members + heatmap(plot))
    case .pairs: return .object(members + pairs(plot))
    case .bar, .line, .point, .histogram, .box: break
    }
    let layers = layers(plot)
    guard let facet = plot.facet, layers.count > 1 else {
      return .object(
        members + (layers.count == 1 ? layers[0] : [JSONMember("layer", .array(layers.map(JSONValue.object)))]))
    }
    members.append(JSONMember("facet", .object(channel("facet", facet, plot))))
    return .object(members + [JSONMember("spec", ["layer": .array(layers.map(JSONValue.object))])])
  }

  /// The names that columns have in the specification: Vega-Lite reads `.` and `[` in a name as a path.
  private func fields(_ plot: Plot) -> [(field: String, column: String)] {
    if plot.mark == .box { return [("x", plot.x)] + Plot.boxColumns.map { ($0, $0) } }
    if plot.mark == .pairs {
      let names = plot.data.names.filter { $0 != plot.colour }.prefix(PairsLayout.most)
      return names.enumerated().map { ("c\($0.offset)", $0.element) } + (plot.colour.map { [("colour", $0)] } ?? [])
    }
    return [("x", plot.x), ("y", plot.y), ("colour", plot.colour), ("facet", plot.facet)].compactMap { field, name in
      name.map { (field, $0) }
    }
  }

  /// Only the columns that are drawn; of a histogram both edges of each row's bin.
  private func rows(_ plot: Plot) -> [JSONValue] {
    let columns = fields(plot).compactMap { field, name in plot.data[name].map { (field, $0) } }
    let bins = plot.mark == .histogram ? HistogramBins(edges: plot.edges) : nil
    return (0..<plot.data.rowCount).map { row in
      var members = columns.map { JSONMember($0.0, JSONValue($0.1[row])) }
      if let bins, let value = plot.data[plot.x].flatMap({ plotNumber($0[row]) }) {
        let place = bins.place(value)
        members += [
          JSONMember("low", JSONValue(number: bins.edges[place])),
          JSONMember("high", JSONValue(number: bins.edges[place + 1])),
        ]
      }
      return .object(members)
    }
  }

  /// The marks over each other, each with its encoding.
  private func layers(_ plot: Plot) -> [[JSONMember]] {
    if plot.mark == .box { return boxLayers(plot) }
    let word = plot.mark == .histogram ? "bar" : plot.mark.rawValue
    let main = [JSONMember("mark", .string(word)), JSONMember("encoding", .object(encoding(plot)))]
    return [main] + (plot.reference.map { [reference($0, plot)] } ?? [])
  }

  private func encoding(_ plot: Plot) -> [JSONMember] {
    var members: [JSONMember] = []
    if plot.mark == .histogram {
      let x = [JSONMember("field", "low"), JSONMember("bin", "binned")] + channel("x", plot.x, plot).dropFirst()
      members = [JSONMember("x", .object(x)), JSONMember("x2", ["field": "high"])]
    } else {
      let x = channel("x", plot.x, plot) + (plot.mark == .bar ? [JSONMember("sort", nil)] : [])
      members = [JSONMember("x", .object(x))]
    }
    members.append(JSONMember("y", .object(height(plot))))
    if let colour = plot.colour { members.append(JSONMember("color", .object(channel("colour", colour, plot)))) }
    if let facet = plot.facet, plot.reference == nil {
      members.append(JSONMember("facet", .object(channel("facet", facet, plot))))
    }
    return members
  }

  private func height(_ plot: Plot) -> [JSONMember] {
    guard let name = plot.y else { return [JSONMember("aggregate", "count"), JSONMember("title", "rows")] }
    var y = channel("y", name, plot)
    if plot.mark == .bar || plot.mark == .histogram { y.append(JSONMember("aggregate", "sum")) }
    if plot.yScale == .log { y.append(JSONMember("scale", ["type": "log"])) }
    return y
  }

  private func reference(_ reference: Plot.Reference, _ plot: Plot) -> [JSONMember] {
    let dashed: JSONValue = ["type": "rule", "strokeDash": [5, 4]]
    switch reference {
    case .level(let level):
      return [JSONMember("mark", dashed), JSONMember("encoding", ["y": ["datum": JSONValue(number: level)]])]
    case .diagonal:
      let ends = PointPlotLayout(plot)?.referenceEnds
      let datums = [
        ("x", ends?.from.x), ("y", ends?.from.y), ("x2", ends?.to.x), ("y2", ends?.to.y),
      ].map { name, place in JSONMember(name, ["datum": place.map(JSONValue.init(number:)) ?? .null]) }
      return [JSONMember("mark", dashed), JSONMember("encoding", .object(datums))]
    }
  }

  /// A field for each x and y, coloured on both sides of zero where there is something below it.
  private func heatmap(_ plot: Plot) -> [JSONMember] {
    func side(_ field: String, _ name: String?) -> JSONValue {
      ["field": .string(field), "type": "nominal", "title": name.map(JSONValue.string) ?? .null, "sort": .null]
    }
    let layout = HeatmapLayout(plot)
    let (low, high) = (layout?.low ?? 0, layout?.high ?? 1)
    let scale: JSONValue = [
      "domain": .array([JSONValue(number: low), JSONValue(number: high)]),
      "scheme": low < 0 ? "redblue" : "blues",
    ]
    return [
      JSONMember("mark", "rect"),
      JSONMember(
        "encoding",
        [
          "x": side("x", plot.x), "y": side("y", plot.y),
          "color": [
            "field": "colour", "type": "quantitative", "title": plot.colour.map(JSONValue.string) ?? .null,
            "scale": scale,
          ],
        ]),
    ]
  }

  /// A drawing for every two columns.
  private func pairs(_ plot: Plot) -> [JSONMember] {
    let columns = fields(plot).filter { $0.field != "colour" }
    func side(_ place: Int) -> JSONValue {
      [
        "field": .string(columns[place].field), "type": .string(kind(plot.data[columns[place].column]?.type)),
        "title": .string(columns[place].column),
      ]
    }
    let drawings = columns.indices.flatMap { row in
      columns.indices.map { column -> JSONValue in
        var encoding = [JSONMember("x", side(column)), JSONMember("y", side(row))]
        if let colour = plot.colour { encoding.append(JSONMember("color", .object(channel("colour", colour, plot)))) }
        return ["width": 110, "height": 110, "mark": "point", "encoding": .object(encoding)]
      }
    }
    return [JSONMember("columns", .int(Int64(columns.count))), JSONMember("concat", .array(drawings))]
  }

  /// Whiskers, the box and the median of each group.
  private func boxLayers(_ plot: Plot) -> [[JSONMember]] {
    let group = JSONMember(
      "x", ["field": "x", "type": "nominal", "title": .string(plot.x), "sort": .null])
    func layer(_ mark: String, _ from: String, _ to: String?) -> [JSONMember] {
      let type: JSONValue = .string(kind(plot.data[Plot.boxColumns[0]]?.type))
      var members = [
        group,
        JSONMember("y", ["field": .string(from), "type": type, "title": plot.y.map(JSONValue.string) ?? .null]),
      ]
      if let to { members.append(JSONMember("y2", ["field": .string(to)])) }
      return [JSONMember("mark", .string(mark)), JSONMember("encoding", .object(members))]
    }
    return [layer("rule", "low", "high"), layer("bar", "q1", "q3"), layer("tick", "median", nil)]
  }

  private func channel(_ field: String, _ name: String, _ plot: Plot) -> [JSONMember] {
    let isLabel = field == "colour" || field == "facet" || (plot.mark == .bar && field == "x")
    let type = isLabel ? "nominal" : kind(plot.data[name]?.type)
    return [
      JSONMember("field", .string(field)), JSONMember("type", .string(type)), JSONMember("title", .string(name)),
    ]
  }

  /// The word for a column's type of measurement.
  private func kind(_ type: ColumnType?) -> String {
    switch type.map(PlotAxis.Kind.init) ?? .category {
    case .category: "nominal"
    case .number: "quantitative"
    case .date, .datetime: "temporal"
    }
  }
}
