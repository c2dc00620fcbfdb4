import Tables

/// What a learner may ask for of a column's cells.
public enum Settled: String, Sendable, Hashable, CaseIterable {
  /// None is missing.
  case filled
  /// Their mean is taken off, and they are divided by their standard deviation.
  case standard
}

/// What is known of a column before any row is read. Every leak rule is set arithmetic on this.
public struct ColumnFacts: Sendable, Hashable {
  /// nil while the type is not known: an open source, or a column whose expression failed to bind.
  public var type: ColumnType?
  /// The raw columns at the cut that its values depend on, itself included for a raw column.
  public var origins: Set<String>
  /// The words of the fitted step that it depends on, if any: such a column differs from fold to fold.
  public var fittedBy: String?
  /// The words of the guard that reads it, if any: a model asks each request for it.
  public var guardedBy: String?
  /// What recorded steps have done to its cells that a learner would else ask for.
  public var settled: Set<Settled> = []
  /// How many cells are missing; nil until the rows are there.
  public var missing: Int?
  /// Who may see its cells, and what may be made of them.
  public var sensitivity: Sensitivity

  public init(
    type: ColumnType?, origins: Set<String>, fittedBy: String? = nil, sensitivity: Sensitivity = Sensitivity()
  ) {
    self.type = type
    self.origins = origins
    self.fittedBy = fittedBy
    self.sensitivity = sensitivity
  }
}

/// What looking a column up by name gives.
public enum ColumnLookup: Sendable, Hashable {
  case known(ColumnFacts)
  /// The schema is open, or the column's type is: it may be there when the rows arrive.
  case unknownYet
  case absent
}
