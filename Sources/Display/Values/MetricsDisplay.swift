/// Named figures, in one column or several (`train` and `valid`, or one for each slice).
public struct MetricsDisplay: Sendable, Equatable {
  /// Which way a figure gets better.
  public enum Better: String, Sendable { case higher, lower }

  /// A value, and its spread (one standard deviation over folds or repeats) where there is one.
  public struct Figure: Sendable, Equatable {
    /// nil where it is undefined.
    public var value: Double?
    public var spread: Double?
    /// Why there is no value, or what the value leaves out.
    public var reason: String?

    public init(_ value: Double?, spread: Double? = nil, reason: String? = nil) {
      self.value = value
      self.spread = spread
      self.reason = reason
    }
  }

  /// A metric under its name with a figure per column; nil where it does not apply.
  public struct Row: Sendable, Equatable {
    public var name: String
    public var figures: [Figure?]
    public var better: Better?

    public init(_ name: String, _ figures: [Figure?], better: Better? = nil) {
      self.name = name
      self.figures = figures
      self.better = better
    }

    public init(_ name: String, _ value: Double, spread: Double? = nil, better: Better? = nil) {
      self.init(name, [Figure(value, spread: spread)], better: better)
    }
  }

  public var title: String?
  /// Headings of the columns of figures; empty for a single unnamed one.
  public var columns: [String]
  public var rows: [Row]
  /// Lines below the figures: why some have no value.
  public var notes: [String]

  public init(title: String? = nil, columns: [String] = [], rows: [Row], notes: [String] = []) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }

  /// Names for all columns of figures: `value` for the one that has no heading.
  public var figureNames: [String] {
    columns.isEmpty && rows.contains { !$0.figures.isEmpty } ? ["value"] : columns
  }
}
