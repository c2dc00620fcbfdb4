import Plan

/// Which columns of the tables that a stage puts together its own columns are made of. The stage's result has a reading of its own, and
/// what is asked of that is asked of the tables.
public struct CombinedColumns: Sendable {
  /// One of the tables.
  public struct Input: Sendable {
    let schema: RelationSchema
    /// Columns that are read whatever is asked of the result.
    let always: Set<String>
    /// The column of this table that a column of the result is made of.
    let made: [String: String]
    /// Whether the stage itself reads the table from files.
    let isReadHere: Bool

    public init(_ schema: RelationSchema, always: Set<String>, made: [String: String], isReadHere: Bool = false) {
      self.schema = schema
      self.always = always
      self.made = made
      self.isReadHere = isReadHere
    }

    /// What is read of the table's source for columns of the result.
    func read(for needs: ColumnNeeds) -> ColumnNeeds {
      // Columns that nobody knows of yet may be among those that are asked for.
      guard case .columns(let columns) = needs, !schema.isOpen else { return .all }
      return schema.origins(of: .columns(always.union(columns.compactMap { made[$0] })))
    }
  }

  let inputs: [Input]

  public init(_ inputs: [Input]) { self.inputs = inputs }
}

extension ReadyStage {
  /// The readings of which the stage makes the columns that are asked for: that of its result where it begins one, and those of the tables
  /// that it puts together.
  var readings: [ReadingID] {
    guard case .table(let schema) = planned.result, let own = schema.reading else { return [] }
    if let combined = planned.combines { return [own] + combined.inputs.compactMap(\.schema.reading) }
    return takesSubject ? [] : [own]
  }
}
