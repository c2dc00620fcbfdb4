import Notation
import Tables

/// Gives a plot as a Vega-Lite 5 specification, for front ends that draw it themselves.
public struct VegaLiteRenderer: Sendable {
  public init() {}

  public func specification(_ plot: Plot) -> JSONValue {
    var members = [JSONMember("$schema", "https://vega.github.io/schema/vega-lite/v5.json")]
    if let title = plot.title { members.append(JSONMember("title", .string(title))) }
    members += [
      JSONMember("data", ["values": .array(rows(plot))]), JSONMember("mark", .string(mark(plot.mark))),
      JSONMember("encoding", .object(encoding(plot))),
    ]
    return .object(members)
  }

  /// Only the columns that are drawn, under short names: Vega-Lite reads `.` and `[` in a name as a path.
  private func rows(_ plot: Plot) -> [JSONValue] {
    let names = [("x", plot.x), ("y", plot.y), ("colour", plot.colour), ("facet", plot.facet)]
    let columns = names.compactMap { channel, name in name.flatMap { plot.data[$0] }.map { (channel, $0) } }
    return (0..<plot.data.rowCount).map { row in
      .object(columns.map { JSONMember($0.0, JSONValue($0.1[row])) })
    }
  }

  private func mark(_ mark: Plot.Mark) -> String { mark == .histogram ? "bar" : mark.rawValue }

  private func encoding(_ plot: Plot) -> [JSONMember] {
    var x = channel("x", plot.x, plot)
    if plot.mark == .histogram, plot.data[plot.x].map({ PlotAxis.Kind($0.type) != .category }) ?? false {
      x.append(JSONMember("bin", plot.bins.map { ["maxbins": .int(Int64($0))] } ?? true))
    }
    if plot.mark == .bar { x.append(JSONMember("sort", nil)) }
    var y: [JSONMember]
    if let name = plot.y {
      y = channel("y", name, plot)
      if plot.mark == .bar || plot.mark == .histogram { y.append(JSONMember("aggregate", "sum")) }
      if plot.yScale == .log { y.append(JSONMember("scale", ["type": "log"])) }
    } else {
      y = [JSONMember("aggregate", "count"), JSONMember("title", "rows")]
    }
    var members = [JSONMember("x", .object(x)), JSONMember("y", .object(y))]
    if let colour = plot.colour { members.append(JSONMember("color", .object(channel("colour", colour, plot)))) }
    if let facet = plot.facet { members.append(JSONMember("facet", .object(channel("facet", facet, plot)))) }
    return members
  }

  private func channel(_ field: String, _ name: String, _ plot: Plot) -> [JSONMember] {
    let kind = plot.data[name].map { PlotAxis.Kind($0.type) } ?? .category
    let isLabel = field == "colour" || field == "facet" || (plot.mark == .bar && field == "x")
    let type =
      switch kind {
      case _ where isLabel: "nominal"
      case .category: "nominal"
      case .number: "quantitative"
      case .date, .datetime: "temporal"
      }
    return [
      JSONMember("field", .string(field)), JSONMember("type", .string(type)), JSONMember("title", .string(name)),
    ]
  }
}
