import Expressions
import Tables

/// What there is to say of a stage that ran, without words.
public struct StageNote: Sendable, Hashable {
  /// The words of the step, as it is written in a script; nil for a source that was read.
  public let step: String?
  /// The place of the step among those of its recipe: what tells which step a note is of.
  public let place: Int
  public let remark: StageRemark

  public init(step: String?, place: Int = 0, _ remark: StageRemark) {
    self.step = step
    self.place = place
    self.remark = remark
  }
}

/// What stages report.
public enum StageRemark: Sendable, Hashable {
  /// Results that are missing because they have no value: not a number, past the range or the digits of their type, a text that
  /// could not be read.
  case notANumber(Int)
  /// Whole numbers beyond 2⁵³ that were computed with as floats, which do not hold all of their digits.
  case rounded(Int)
  /// Texts without an offset that were taken as moments of UTC, of all that were read, others having one.
  case takenAsUTC(Int, of: Int)
  /// Rows before and after a step that chooses some, with what told them apart.
  case chosen(from: Int, to: Int, RowRemark?)
  /// What filling missing cells did to columns, none of which had nothing to fill.
  case filled([FilledColumn])
  /// Rounds of chained equations, and whether they came to rest.
  case chained(rounds: Int, isSettled: Bool)
  /// Missing cells of a column that got the value above them, and those that have none above.
  case filledFromAbove(String, Int, left: Int)
  case categories(Int)
  /// Shifted by the first, then divided by the second.
  case scaled(centre: Double, divisor: Double)
  /// What became of the cells of a column that was cleaned.
  case changed(CellChanges)
  /// The fences of a column, and what lay outside.
  case fenced(Fenced)
  case joined(JoinCounts)
  case united(UnionCounts)
  /// Rows before and groups after; for each key column with missing cells how many rows have them, which are in groups of their own.
  case grouped(from: Int, to: Int, missing: [ColumnCount])
  /// Missing cells that statistics left out.
  case leftOut([ColumnCount])
  /// Groups that would have filled the memory went into so many files, one after the other.
  case partitioned(Int)
  /// Rows and columns after a change of the form of a table, from so many rows.
  case reshaped(from: Int, to: Int, columns: Int)
  /// Rows without a name for a column, which are in none; and those of names that were not asked for.
  case unnamed(String, missing: Int, others: Int)
  /// Rows that were made, of so many that were tried.
  case made(Int, of: Int)
  /// What the reader of a file has to say, in its own words.
  case source(String)
}

/// So many cells of a column.
public struct ColumnCount: Sendable, Hashable {
  public let name: String
  public let count: Int

  public init(_ name: String, _ count: Int) {
    self.name = name
    self.count = count
  }
}

/// What told the rows that a step chose from the others.
public enum RowRemark: Sendable, Hashable {
  /// How many repeat an earlier one.
  case repeated(Int)
  /// For how many a condition is false, and for how many missing.
  case condition(wrong: Int, missing: Int)
  /// For each column its fences, and how many rows lay outside.
  case outliers([Fenced])
  /// Rows that are nearly the same as one that was kept.
  case near(NearGroups)
}

extension EvaluationCounts {
  /// What a stage has to say of the cells that it made.
  public var remarks: [StageRemark] {
    var remarks: [StageRemark] = []
    if notANumber > 0 { remarks.append(.notANumber(notANumber)) }
    if rounded > 0 { remarks.append(.rounded(rounded)) }
    if moments.assumed > 0 { remarks.append(.takenAsUTC(moments.assumed, of: moments.all)) }
    return remarks
  }
}
