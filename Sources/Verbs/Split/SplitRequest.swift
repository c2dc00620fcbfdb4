import Display
import Interpreter
import Kernels
import Plan
import Tables
import Training

/// What `split` was asked for, ready to be drawn.
struct SplitRequest: Sendable {
  var stratify: String?
  var group: String?
  var time: String?
  var using: String?
  var folds: Int?
  var shares: SplitShares?
  var seed: UInt64?

  /// The columns asked for by option.
  var columns: [(option: String, column: String)] {
    [("stratify", stratify), ("group", group), ("time", time), ("using", using)].compactMap { option, column in
      column.map { (option, $0) }
    }
  }

  func with(_ shares: SplitShares) -> SplitRequest {
    var copy = self
    copy.shares = shares
    return copy
  }

  /// Draws the parts from the rows that the recorded steps choose. Throws `emptyPart`, `badOption`, `noRows`.
  func draw(_ relation: Relation, _ context: RunContext) throws(EngineError) -> (split: Split, displays: [Display]) {
    let base = try context.executor.base(relation, context.progress)
    let chosen = try relation.recipe.chooseRows(from: base, context.progress)
    let labelName = relation.schema.label?.name
    let label = labelName.flatMap { chosen.rows[$0] }
    let kept = (0..<chosen.rows.rowCount).filter { label?.isValid($0) ?? true }
    guard !kept.isEmpty else {
      throw EngineError(.noRows, relation.name, label == nil ? "there are no rows" : "no row has a label")
    }
    let rows = chosen.rows.take(kept)
    let raw = base.take(kept.map { chosen.places[$0] })
    let labels = labelName.flatMap { rows[$0] }
    let seed = seed ?? context.seed
    let groups = group.flatMap { rows[$0] }.map(Self.codes)
    let parts = try parts(rows, labels, relation.schema.label, groups, seed)
    let (assignment, count, ordered) = try foldsOfTraining(rows, parts, labels, relation.schema.label, groups, seed)
    var split = Split(
      name: relation.name, raw: raw, labels: labels, recipe: relation.recipe.splitting(), schema: relation.schema,
      train: parts.train, valid: parts.valid, sealed: SealedRows(parts.test, mark: Self.mark(parts.test, raw)),
      folds: assignment, foldCount: count, foldsAreOrdered: ordered, groups: groups, seed: seed)
    if let using { split = try split.appending(.drop([using])) }
    let unlabelled = chosen.rows.rowCount - kept.count
    return (split, unlabelled > 0 ? [.note("split: \(unlabelled) rows have no label and are left out")] : [])
  }

  private func parts(
    _ rows: Table, _ labels: Column?, _ label: LabelSpec?, _ groups: [Int32]?, _ seed: UInt64
  ) throws(EngineError) -> SplitParts {
    if let using, let column = rows[using] {
      if column.type == .text { return try Self.given(column, using) }
      guard column.type == .int else {
        throw EngineError(
          .badOption, "using", "'\(using)' is \(column.type)",
          help: ["using takes a text column of train, valid and test, or a column of whole fold numbers"])
      }
    }
    guard let shares else { throw EngineError(.badOption, "split", "no shares were given") }
    let strata = try strata(rows, labels, label)
    let times = time.flatMap { rows[$0] }.map(Self.numbers)
    return try Splitter.parts(
      rowCount: rows.rowCount, shares: shares, strata: times == nil ? strata : nil, groups: groups, time: times,
      seed: seed)
  }

  /// The column asked for, else the label when it is classes.
  private func strata(_ rows: Table, _ labels: Column?, _ label: LabelSpec?) throws(EngineError) -> [Int32]? {
    if let stratify { return rows[stratify].map(Self.codes) }
    guard let labels, let label, let encoding = try? LabelEncoding(labels, label), encoding.label.task != .regression
    else { return nil }
    return LabelEncoding.codes(labels, encoding.label)
  }

  private func foldsOfTraining(
    _ rows: Table, _ parts: SplitParts, _ labels: Column?, _ label: LabelSpec?, _ groups: [Int32]?, _ seed: UInt64
  ) throws(EngineError) -> (assignment: [Int], count: Int, isOrdered: Bool) {
    if let using, let column = rows[using], column.type == .int {
      let numbers = column.take(parts.train).ranks
      return (numbers, (numbers.max() ?? -1) + 1, false)
    }
    guard let folds else { return ([], 0, false) }
    let times = time.flatMap { rows[$0] }.map { Self.numbers($0.take(parts.train)) }
    let strata = times == nil ? try strata(rows, labels, label) : nil
    let drawn = try Folds.assign(
      rowCount: parts.train.count, folds: folds, strata: strata.map { all in parts.train.map { all[$0] } },
      groups: groups.map { all in parts.train.map { all[$0] } }, time: times, seed: seed)
    return (drawn.assignment, drawn.count, drawn.isOrdered)
  }

  /// The parts that a column names.
  private static func given(_ column: Column, _ name: String) throws(EngineError) -> SplitParts {
    var parts: [String: [Int]] = [:]
    for row in 0..<column.count {
      guard case .text(let part) = column[row] else { continue }
      guard ["train", "valid", "test"].contains(part) else {
        throw EngineError(
          .badOption, "using", "'\(name)' names a part '\(part)'", help: ["parts are train, valid and test"])
      }
      parts[part, default: []].append(row)
    }
    guard let train = parts["train"] else {
      throw EngineError(.emptyPart, "train", "no row of '\(name)' is 'train'")
    }
    return SplitParts(train: train, valid: parts["valid"] ?? [], test: parts["test"] ?? [])
  }

  /// A number for each value; missing is a value of its own.
  private static func codes(_ column: Column) -> [Int32] { column.ranks.map { Int32(clamping: $0 + 1) } }

  /// Values in their order, for time; missing is not-a-number.
  private static func numbers(_ column: Column) -> [Double] { column.ranks.map { $0 < 0 ? .nan : Double($0) } }

  /// FNV-1a over the sealed rows' places and the table's size: the same test part has the same mark in every run.
  private static func mark(_ rows: [Int], _ raw: Table) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for value in rows + [raw.rowCount, raw.columns.count] {
      hash = (hash ^ UInt64(bitPattern: Int64(value))) &* 0x100_0000_01B3
    }
    return hash
  }
}
