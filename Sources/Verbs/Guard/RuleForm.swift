import Descriptions

/// What a rule may be beside an expression: words that are called like functions.
enum RuleForm: String, CaseIterable {
  case unique
  case notMissing = "not_missing"
  case inSet = "in_set"
  case matches, range, increasing, decreasing
  case rowCount = "row_count"
  case sumClose = "sum_close"
  case foreignKey = "foreign_key"
  case schemaIs = "schema_is"
  case fresherThan = "fresher_than"
  case rule

  var signature: String {
    switch self {
    case .unique: "unique(a, b, …)"
    case .notMissing: "not_missing(a, b, …)"
    case .inSet: "in_set(x, [value, …])"
    case .matches: "matches(x, r\"pattern\")"
    case .range: "range(x, low, high)"
    case .increasing: "increasing(column, strict: false)"
    case .decreasing: "decreasing(column, strict: false)"
    case .rowCount: "row_count(low, high)"
    case .sumClose: "sum_close(x, y, tolerance)"
    case .foreignKey: "foreign_key(other, a, …, key: [b, …])"
    case .schemaIs: "schema_is(\"x.schema.json\")"
    case .fresherThan: "fresher_than(column, days(2), at: @2026-01-31)"
    case .rule: "rule(condition, name: \"words\")"
    }
  }

  var summary: String {
    switch self {
    case .unique: "no two rows have the same values in these columns"
    case .notMissing: "each of the columns has a value"
    case .inSet: "the value is one of the list"
    case .matches: "the text matches the pattern"
    case .range: "the value is from low to high, both included; `missing` leaves an end open"
    case .increasing: "each value is no less than the one before it, or greater with `strict: true`"
    case .decreasing: "each value is no greater than the one before it, or less with `strict: true`"
    case .rowCount: "there are from low to high rows; without high that many"
    case .sumClose:
      "the totals of x and y differ by no more than the tolerance, which is 0 if left out; y may be a number"
    case .foreignKey: "the values stand together in a row of the other table; `key` names its columns where they differ"
    case .schemaIs: "columns and types are those of the file, which `load …, schema: save(…)` writes"
    case .fresherThan: "the newest date or moment is no older, before now or the moment of `at`"
    case .rule: "the condition, where it is to have a name, limits or a guard of its own"
    }
  }

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .unique, .notMissing: 1...(.max)
    case .inSet, .matches, .fresherThan: 2...2
    case .range: 3...3
    case .increasing, .decreasing, .schemaIs, .rule: 1...1
    case .rowCount: 1...2
    case .sumClose: 2...3
    case .foreignKey: 2...(.max)
    }
  }

  /// What may be said of it alone.
  var ownOptions: [String] {
    switch self {
    case .increasing, .decreasing: ["strict"]
    case .foreignKey: ["key"]
    case .fresherThan: ["at"]
    default: []
    }
  }

  /// What may be said of each rule.
  static let commonOptions = ["warn", "stop", "guard", "name"]

  static let calls = allCases.map { form in
    CallForm(form.rawValue, form.signature, form.summary, options: form.ownOptions + commonOptions)
  }
}
