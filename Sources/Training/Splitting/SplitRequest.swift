import Kernels
import Plan
import Tables

/// What `split` was asked for, ready to be drawn.
public struct SplitRequest: Sendable {
  /// Columns by which to draw.
  public var stratify: String?
  public var group: String?
  public var time: String?
  /// A column of parts or of fold numbers that are there already.
  public var using: String?
  /// How far rows to learn from have to lie before the next part: microseconds of a date or datetime, else in the column's unit.
  public var gap: Double?
  /// Whether what a row holds decides its part, in the column of groups where there is one.
  public var isByHash = false
  public var folds: Int?
  public var shares: SplitShares?

  public init(
    stratify: String? = nil, group: String? = nil, time: String? = nil, using: String? = nil, folds: Int? = nil,
    shares: SplitShares? = nil
  ) {
    self.stratify = stratify
    self.group = group
    self.time = time
    self.using = using
    self.folds = folds
    self.shares = shares
  }

  /// The columns asked for by option.
  public var columns: [(option: String, column: String)] {
    [("stratify", stratify), ("group", group), ("time", time), ("using", using)].compactMap { option, column in
      column.map { (option, $0) }
    }
  }

  /// The columns that parts are drawn by and that are no features for it.
  public var asides: [String] { [group, time].compactMap { $0 } }

  /// The schema of the split: what says the part of a row is nothing to learn from.
  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    var next = schema
    next.rowCount = nil
    next.setAside(asides)
    if let using { next = try Step.drop([using]).result(next) }
    return next
  }

  /// Draws the parts from the rows of `raw` that the recorded steps choose and that have a label, with what there is to say of
  /// it. `choosing` are the steps where some have chosen the rows of `raw` already. No cell is copied. Throws `emptyPart`, `badOption`, `badLabel`, `noRows`.
  public func draw(
    _ relation: Relation, choosing: Recipe? = nil, raw: Table, seed: UInt64, _ progress: Progress
  ) throws(EngineError) -> (split: Split, notes: [SplitNote]) {
    let chosen = try (choosing ?? relation.recipe).chooseRows(from: raw, progress)
    let drawing = try SplitDrawing(self, chosen, raw: raw, relation.schema, seed: seed, progress)
    let parts = try drawing.parts()
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let folds = try drawing.foldsOfTraining(parts)
    var recipe = relation.recipe.splitting()
    if let using { recipe = recipe.appending(.drop([using])) }
    let test = drawing.rows(parts.test)
    let split = Split(
      name: relation.name, raw: raw, encoding: drawing.encoding, recipe: recipe, schema: try result(relation.schema),
      train: drawing.rows(parts.train), valid: drawing.rows(parts.valid),
      sealed: SealedRows(test, mark: Self.mark(test, raw)), folds: folds, keys: drawing.keys(of: parts.train),
      seed: seed)
    return (split, drawing.notes(parts))
  }

  /// FNV-1a over the sealed rows' places and the table's size: the same test part has the same mark in every run.
  private static func mark(_ rows: RowList, _ raw: Table) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ value: Int) { hash = (hash ^ UInt64(bitPattern: Int64(value))) &* 0x100_0000_01B3 }
    for row in rows { add(row) }
    add(raw.rowCount)
    add(raw.columns.count)
    return hash
  }
}
