/// What a board says beside the figure that ranks it: which rows were judged, and more figures.
public struct BoardFigures: Sendable, Hashable {
  /// How many folds each figure is the mean of; nil where it is one of the valid part.
  public let folds: Int?
  /// The rows that were judged, of all folds together.
  public let rows: Int
  /// Metrics beside the one that ranks.
  public let metrics: [String]
  /// For each candidate, best first, a figure a metric; nil where it is undefined.
  public let values: [[Double?]]

  public init(folds: Int?, rows: Int, metrics: [String], values: [[Double?]]) {
    self.folds = folds
    self.rows = rows
    self.metrics = metrics
    self.values = values
  }
}
