/// What there is to say of how parts came about.
public enum SplitNote: Sendable, Equatable {
  /// Rows without a label, which are in no part.
  case unlabelled(rows: Int)
  /// Rows without a group: they stay together in one part.
  case withoutGroup(column: String, rows: Int)
  /// Rows without a time: they count as the oldest.
  case withoutTime(column: String, rows: Int)
  /// Rows that a column gives no part: they are in none.
  case withoutPart(column: String, rows: Int)
  /// Rows that a column gives no fold: they are learned from in every fold and judged in none.
  case withoutFold(column: String, rows: Int)
  /// Rows that lie too near before the next part, by the column of time: they are in none.
  case inGap(column: String, rows: Int)
  /// How far at most a class's share of a part is from its share of all rows, where more than the label's strata drew the parts.
  case shares(column: String, off: Double)
  /// Parts were drawn by what the rows hold: in the column of groups, or nil for all columns but the label.
  case hashed(column: String?)
  /// A column that the parts were drawn by, which is no feature.
  case aside(column: String, option: String)
  /// Classes with a single row, which is in the train part, so that nothing judges them.
  case singleRow(classes: [String])
  /// Classes that no row of a part has.
  case absent(classes: [String], part: String)
  /// Rows that repeat an earlier one cell for cell, so that parts and folds share them.
  case repeated(rows: Int, of: Int)

  /// Whether it is more than news.
  public var isWarning: Bool {
    switch self {
    case .repeated, .absent, .singleRow: true
    case .unlabelled, .withoutGroup, .withoutTime, .withoutPart, .withoutFold, .inGap, .shares, .hashed, .aside: false
    }
  }
}
