import Descriptions
import Expressions
import Kernels
import Plan
import Scoring
import Tables

/// Cleans the texts of one column: blanks, and on demand letter case and spellings.
///
/// Which spelling stands for those that are united is learned from the rows it is fitted on: the one that most of them have. Spellings that
/// these rows do not have are united too, where they differ from one of theirs in nothing but case, blanks, punctuation and accents.
public struct FixText: FeatureStep {
  public enum LetterCase: String, ChoiceValue {
    case keep, lower, upper, title
    /// That of the spelling which most rows have.
    case most
  }

  /// Different spellings that a step keeps; a column of more is prose.
  static let most = 100_000

  public let column: String
  public let letterCase: LetterCase
  /// Whether spellings that differ in case, blanks, punctuation and accents alone are united.
  public let variants: Bool

  public init(_ column: String, letterCase: LetterCase = .keep, variants: Bool = false) {
    self.column = column
    self.letterCase = letterCase
    self.variants = variants
  }

  public var words: String {
    "fix \(column)" + (letterCase == .keep ? "" : ", case: \(letterCase.rawValue)")
      + (variants ? ", variants: true" : "")
  }
  public var key: StepKey { StepKey("fix", [column, letterCase.rawValue] + (variants ? ["variants"] : [])) }
  public var isFitted: Bool { variants || letterCase == .most }
  public var reads: [String] { [column] }
  public var writes: [String] { [column] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else { throw EngineError(.column(.unknown(column, in: schema.name))) }
    if let type = schema.facts(of: column)?.type { try requireText(type) }
    var next = schema
    next.set(column, schema.facts(reading: [column], type: .text, fittedBy: isFitted ? words : nil))
    return next
  }

  private func requireText(_ type: ColumnType) throws(EngineError) {
    guard type == .text else { throw EngineError(.column(.wrongType(column, type, for: .cleaning("fix")))) }
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let statistics = table.statistics(of: column) else { throw EngineError(.column(.unknown(column))) }
    try requireText(statistics.column.type)
    let spelling = isFitted ? try Spelling(statistics.codes, self, progress) : nil
    return FittedFixText(column: column, clean: clean, key: spellingKey, spelling: spelling)
  }

  private var source: Expression { .column(column, .text) }

  /// A cell without needless blanks, in the case that was asked for.
  fileprivate var clean: Expression {
    let squished = Expression.call(.squish, [source])
    switch letterCase {
    case .keep, .most: return squished
    case .lower: return .call(.lower, [squished])
    case .upper: return .call(.upper, [squished])
    case .title: return .call(.title, [squished])
    }
  }

  /// What is the same for spellings that are united.
  fileprivate var spellingKey: Expression {
    variants ? .call(.fold, [source]) : .call(.lower, [.call(.squish, [source])])
  }
}

/// For each key of the spellings that are united the one that stands for them.
private struct Spelling: Sendable {
  private(set) var keys: [String] = []
  private(set) var spellings: [String] = []

  /// O(rows + different texts). Throws `tooLarge` where there are too many of those.
  init(_ codes: CategoryCodes, _ step: FixText, _ progress: Progress) throws(EngineError) {
    let table = Table([(step.column, codes.values)])
    guard codes.count <= FixText.most else {
      throw EngineError(.column(.tooManyTexts(step.column, codes.count, most: FixText.most)))
    }
    let cleaned = try step.clean.column(over: table, progress)
    let keyed = try step.spellingKey.column(over: table, progress)
    var places: [Cell: Int] = [:]
    var rows: [[Cell: Int]] = []
    for place in 0..<codes.count {
      // What is punctuation alone has no key, and stays.
      guard case .text(let key) = keyed[place], !key.isEmpty else { continue }
      let group = places[.text(key)] ?? keys.count
      if group == keys.count {
        places[.text(key)] = group
        keys.append(key)
        rows.append([:])
      }
      rows[group][cleaned[place], default: 0] += codes.counts[place]
    }
    spellings = rows.map(Self.mostFrequent)
  }

  /// Of equally frequent ones the first by its bytes.
  private static func mostFrequent(_ rows: [Cell: Int]) -> String {
    var best: (text: String, rows: Int) = ("", 0)
    for case (.text(let text), let count) in rows {
      let isFirst = text.utf8.lexicographicallyPrecedes(best.text.utf8)
      if count > best.rows || (count == best.rows && isFirst) { best = (text, count) }
    }
    return best.text
  }
}

private struct FittedFixText: FittedStep {
  let column: String
  let clean: Expression
  let key: Expression
  let spelling: Spelling?

  var writes: [String] { [column] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    // Blanks alone say nothing.
    let isEmpty = Expression.call(.equal, [clean, .literal(.text(""))])
    let cleaned = Expression.call(.ifElse, [isEmpty, .missing(.text), clean])
    guard let spelling else { return try scope.set(column, cleaned) }
    let source = [column: try scope.column(column)]
    guard let keyed = scope.builder.expression(key, source), let other = scope.builder.expression(cleaned, source)
    else {
      throw Unsupported(step: scope.builder.step, .unwired)
    }
    let united = scope.builder.recode(keyed, words: spelling.keys, values: spelling.spellings, else: other)
    scope.set(column, .column(united))
  }

  func changes(of rows: Table, into made: [Column], _ progress: Progress) throws(EngineError) -> CellChanges? {
    guard let cells = rows[column], let result = made.first else { return nil }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    var changes = CellChanges(of: column)
    for text in DistinctTexts(cells).texts where result[text.row] != .text(text.text) {
      changes.add(CellChanges.Change(from: .text(text.text), to: result[text.row], cells: text.cells))
    }
    return changes
  }
}
