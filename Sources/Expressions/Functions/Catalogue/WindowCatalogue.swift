import Tables

extension WindowFunction {
  /// Name, signature, summary and an example: what it gives for the last row of small columns.
  public var description: FunctionDescription {
    switch self {
    case .rowNumber:
      row("row_number()", "Number of the row in the order, from 1", [], .int(4), ["row_index", "rownum", "cumcount"])
    case .rank:
      row("rank()", "Place of the row in the order; equal rows share the first of theirs", [], .int(4), ["min_rank"])
    case .denseRank:
      row("dense_rank()", "Place of the row among the different ones in the order", [], .int(4), ["rank_dense"])
    case .ntile:
      row(
        "ntile(n)", "Number of the one of n parts of nearly equal size that the row is in", [.literal(.int(2))],
        .int(2), ["qcut"])
    case .lag: row("lag(x, n)", "The cell n rows before; 1 if left out", [x, .literal(.int(1))], .int(4), ["shift"])
    case .lead: row("lead(x, n)", "The cell n rows behind; 1 if left out", [x, .literal(.int(1))], .missing)
    case .diff:
      row("diff(x, n)", "The cell less the one n rows before; 1 if left out", [x], .int(4), ["delta", "difference"])
    case .rollingMean: rolling("Mean", .float(6), ["moving_average", "rollmean", "roll_mean", "rolling_avg"])
    case .rollingSum: rolling("Total", .int(12), ["rollsum", "roll_sum", "moving_sum"])
    case .rollingMin: rolling("Least", .int(4), ["rollmin", "roll_min"])
    case .rollingMax: rolling("Greatest", .int(8), ["rollmax", "roll_max"])
    case .rollingSd:
      rolling(
        "Sample standard deviation", .float(2.8284271247461903), ["rolling_std", "rollsd", "roll_sd", "moving_std"])
    case .cumSum: running("Total", "cum_sum", .int(15), ["cumsum", "running_sum", "running_total", "cumulative_sum"])
    case .cumMean: running("Mean", "cum_mean", .float(3.75), ["cummean", "running_mean", "cumulative_mean"])
    case .cumMin: running("Least", "cum_min", .int(1), ["cummin", "running_min"])
    case .cumMax: running("Greatest", "cum_max", .int(8), ["cummax", "running_max"])
    case .cumCount:
      row("cum_count(x)", "How many cells hold a value up to this row", [x], .int(4), ["running_count"])
    }
  }

  private var x: Expression { .column("x", .int) }

  private func rolling(_ what: String, _ result: Cell, _ otherNames: [String]) -> FunctionDescription {
    row(
      "\(rawValue)(x, n, least)",
      "\(what) over n rows up to this one; missing unless `least` of them hold a value, all of them if left out",
      [x, .literal(.int(2))], result, otherNames)
  }

  private func running(_ what: String, _ name: String, _ result: Cell, _ otherNames: [String]) -> FunctionDescription {
    row("\(name)(x)", "\(what) of the values up to this row", [x], result, otherNames)
  }

  private func row(
    _ signature: String, _ summary: String, _ arguments: [Expression], _ result: Cell, _ otherNames: [String] = []
  ) -> FunctionDescription {
    FunctionDescription(
      rawValue, signature, summary, .windows, .window(self, arguments), result,
      sample: [.init(name: "x", type: .int, cells: [.int(1), .int(2), .int(4), .int(8)])], otherNames: otherNames)
  }
}
