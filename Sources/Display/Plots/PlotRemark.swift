/// What a plot leaves out, in words.
enum PlotRemark {
  static func text(_ groups: PlotGroups, _ skippedRows: Int) -> String {
    var parts: [String] = []
    if skippedRows > 0 { parts.append("\(counted(skippedRows, "row")) without a value") }
    if groups.omittedPanels > 0 { parts.append(counted(groups.omittedPanels, "more panel")) }
    if groups.omittedSeries > 0 { parts.append("\(groups.omittedSeries) more series") }
    return parts.joined(separator: ", ")
  }
}
