import Tables

/// A plot in a small grammar: a mark, and the columns of `data` that give x, y, colour and facet.
///
/// The grammar follows Wilkinson, "The Grammar of Graphics", as far as one layer goes.
public struct Plot: Sendable, Equatable {
  public enum Mark: String, Sendable, CaseIterable {
    /// A bar per x; `y` nil counts rows.
    case bar
    /// Points joined in the order of x.
    case line
    case point
    /// Bars over equal bins of x; `y`, where given, weighs the rows.
    case histogram
  }

  public enum Scale: String, Sendable { case linear, log }

  public var title: String?
  public var mark: Mark
  /// Names of columns of `data`. A name that is not there draws nothing.
  public var x: String
  public var y: String?
  public var colour: String?
  public var facet: String?
  /// The scale of the y axis. On a logarithmic one, values that are not positive are left out.
  public var yScale: Scale
  /// Number of bins of a histogram; nil chooses by Sturges' rule.
  public var bins: Int?
  public var data: Table

  public init(
    _ mark: Mark, x: String, y: String? = nil, colour: String? = nil, facet: String? = nil, title: String? = nil,
    yScale: Scale = .linear, bins: Int? = nil, data: Table
  ) {
    self.title = title
    self.mark = mark
    self.x = x
    self.y = y
    self.colour = colour
    self.facet = facet
    self.yScale = yScale
    self.bins = bins
    self.data = data
  }
}
