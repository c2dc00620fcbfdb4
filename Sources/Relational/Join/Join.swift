import Kernels
import Plan
import Tables

/// A column of the table at hand and one of the other whose cells have to be equal.
public struct JoinKey: Sendable, Hashable {
  public let own: String
  public let other: String

  public init(own: String, other: String) {
    self.own = own
    self.other = other
  }
}

/// Puts the rows of another table beside those that have the same key.
///
/// The result has the rows of the table at hand in their order, for each its matches in the order of the other table, and then, where
/// they are asked for, the rows of the other table that match nothing. A missing key matches nothing. It moves the cut: a model that is
/// trained afterwards takes the columns of the result raw.
public struct Join: TableTransform {
  public let kind: JoinKind
  public let keys: [JoinKey]
  /// What a row's nearest is looked up by, of `JoinKind.asof`.
  public let nearest: NearestKey?
  /// The columns of the other table, and its name.
  let other: RelationSchema
  let suffix: String
  let expectation: JoinExpectation
  /// The name of the table at hand, and its columns.
  let ownName: String
  let ownNames: [String]
  /// The columns of the result that are made; nil for all.
  private(set) var wanted: Set<String>?
  var bounds = JoinBounds()
  public private(set) var others: [Relation] = []

  public let words: String

  /// Of tables of these columns, while it is only planned. `suffix` is put behind the name of a column of the other table where the table
  /// at hand has one of the name.
  public init(
    _ kind: JoinKind, on keys: [JoinKey], nearest: NearestKey? = nil, of schema: RelationSchema,
    with other: RelationSchema, suffix: String = "_right", expecting expectation: JoinExpectation = .manyToMany,
    words: String
  ) {
    self.kind = kind
    self.keys = keys
    self.nearest = nearest
    self.other = other
    self.suffix = suffix
    self.expectation = expectation
    self.words = words
    ownName = schema.name
    ownNames = schema.names
  }

  /// The same with the rows of the other table, of whose result some columns are asked for.
  public func taking(_ other: Relation, _ needs: ColumnNeeds = .all) -> Join {
    var join = self
    join.others = [other]
    if case .columns(let columns) = needs { join.wanted = columns }
    return join
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    try JoinRun(self, own: inputs[0], others: inputs[1], executor, progress).collected()
  }
}

/// How much a join takes up at once.
struct JoinBounds: Sendable {
  /// In how many parts both tables are cut, whatever their size; nil where the memory decides.
  var parts: Int?
  /// Rows of the result that are made at once where they are not all made at once; nil where the memory decides.
  var batchRows: Int?
  /// Whether the smaller table is looked up in, where both are in memory.
  var prefersSmaller = true
}
