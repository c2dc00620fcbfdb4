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
    /// Bars over the bins between `edges`, in which x places the rows; `y`, where given, weighs them.
    case histogram
    /// A box per x, from the columns `boxColumns`; `y` names what they are of.
    case box
    /// A field per x and y, as strong as the number in the column `colour`; `edges`, where given, are the ends of the scale.
    case heatmap
    /// Every two of the columns of numbers in `data`, told apart by `colour`; `x` is the first of them.
    case pairs
  }

  /// A line to hold the points of a line or point plot against.
  public enum Reference: Sendable, Hashable {
    /// y = x
    case diagonal
    /// y at one value.
    case level(Double)
  }

  /// More panels or series than a reader can tell apart are left out, and counted.
  public static let mostPanels = 12
  public static let mostSeries = 8

  /// The columns that give a box: the ends of its whiskers, its quartiles and its median.
  public static let boxColumns = ["low", "q1", "median", "q3", "high"]

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
  /// Of a histogram, in rising order, one more than there are bins.
  public var edges: [Double]
  public var reference: Reference?
  public var data: Table

  public init(
    _ mark: Mark, x: String, y: String? = nil, colour: String? = nil, facet: String? = nil, title: String? = nil,
    yScale: Scale = .linear, edges: [Double] = [], reference: Reference? = nil, data: Table
  ) {
    self.title = title
    self.mark = mark
    self.x = x
    self.y = y
    self.colour = colour
    self.facet = facet
    self.yScale = yScale
    self.edges = edges
    self.reference = reference
    self.data = data
  }
}
