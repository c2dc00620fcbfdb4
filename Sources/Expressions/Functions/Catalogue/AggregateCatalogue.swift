import Tables

extension Aggregate {
  /// Name, signature, summary and an example over small columns.
  public var description: FunctionDescription {
    switch self {
    case .count: row("count(x)", "How many rows, or how many cells of x hold a value", .int(3), ["n", "n_obs"])
    case .sum: row("sum(x)", "Total; an int for ints and bools", .int(7), ["total"])
    case .mean: row("mean(x)", "Arithmetic mean", .float(7.0 / 3), ["avg", "average"])
    case .median: row("median(x)", "Middle value, or the mean of the middle two", .float(2))
    case .min: row("min(x)", "Least value; with two arguments or more, of each row", .int(1), ["minimum"])
    case .max: row("max(x)", "Greatest value; with two arguments or more, of each row", .int(4), ["maximum"])
    case .sd: row("sd(x)", "Sample standard deviation (n - 1)", .float(1.5275252316519468), ["std", "stddev", "stdev"])
    case .var: row("var(x)", "Sample variance (n - 1)", .float(7.0 / 3), ["variance", "var_samp"])
    case .quantile:
      row(
        "quantile(x, q)", "Value below which the part q lies; between two values it interpolates", .float(1.5),
        ["percentile", "quantile_cont", "percentile_cont"], second: .literal(.float(0.25)))
    case .mode: row("mode(x)", "Most frequent value; of several the smallest", .int(1), ["most_frequent"])
    case .countDistinct: row("count_distinct(x)", "How many different values", .int(3), ["n_distinct", "nunique"])
    case .first: row("first(x)", "First value that is not missing", .int(1), ["first_value"])
    case .last: row("last(x)", "Last value that is not missing", .int(4), ["last_value"])
    case .countMissing: row("count_missing(x)", "How many cells are missing", .int(1), ["null_count", "n_missing"])
    case .any: row("any(x)", "Whether any is true", .bool(true), ["bool_or", "some"])
    case .all: row("all(x)", "Whether all are true", .bool(false), ["bool_and", "every"])
    case .correlation: row("correlation(x, y)", "Pearson's r", .float(1), ["corr", "cor"], second: .column("y", .int))
    }
  }

  private func row(
    _ signature: String, _ summary: String, _ result: Cell, _ otherNames: [String] = [], second: Expression? = nil
  ) -> FunctionDescription {
    let takesBool = self == .any || self == .all
    let type: ColumnType = takesBool ? .bool : .int
    let cells: [Cell] =
      takesBool ? [.bool(true), .bool(false), .missing] : [.int(1), .int(2), .missing, .int(4)]
    let doubled: [Cell] = [.int(2), .int(4), .int(6), .int(8)]
    return FunctionDescription(
      rawValue, signature, summary, .aggregates,
      .aggregate(self, [.column("x", type)] + (second.map { [$0] } ?? [])), result,
      sample: [.init(name: "x", type: type, cells: cells)]
        + (self == .correlation ? [.init(name: "y", type: .int, cells: doubled)] : []),
      otherNames: otherNames)
  }
}
