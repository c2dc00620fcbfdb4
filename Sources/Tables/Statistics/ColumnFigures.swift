extension ColumnProfile {
  init(_ name: String, truths: Int, falsehoods: Int, _ rows: Int, _ top: Int) {
    let counts = [falsehoods, truths]
    let frequent = MostFrequent.places(counts, top) { $0 < $1 }.filter { counts[$0] > 0 }
    let values = [false, true].filter { counts[$0 ? 1 : 0] > 0 }.map(Cell.bool)
    self.init(
      name, .bool, rows, missing: rows - truths - falsehoods,
      distinct: DistinctCount(count: values.count, isApproximate: false), minimum: values.first, maximum: values.last,
      truths: truths, top: frequent.map { ValueCount(value: .bool($0 == 1), count: counts[$0]) })
  }

  init(_ name: String, _ tally: TextTally, _ rows: Int, _ top: Int) {
    let isEmpty = tally.valid == 0
    self.init(
      name, .text, rows, missing: rows - tally.valid, distinct: tally.distinct,
      minimum: isEmpty ? nil : .text(String(decoding: tally.minimum, as: UTF8.self)),
      maximum: isEmpty ? nil : .text(String(decoding: tally.maximum, as: UTF8.self)), lengths: tally.lengths,
      top: tally.top(top))
  }

  init(_ name: String, _ summary: OrderedSummary, _ rows: Int, _ top: Int, _ whole: Column?) {
    let (kind, isEmpty) = (summary.kind, summary.valid == 0)
    let type: ColumnType =
      switch kind {
      case .int: .int
      case .float: .float
      case .date: .date
      case .datetime: .datetime
      }
    self.init(
      name, type, rows, missing: rows - summary.valid, distinct: summary.tally.distinct,
      minimum: isEmpty ? nil : kind.cell(summary.low), maximum: isEmpty ? nil : kind.cell(summary.high),
      numbers: isEmpty || !summary.hasMoments ? nil : NumberProfile(summary, whole),
      top: summary.tally.top(top).map { ValueCount(value: kind.cell($0.key), count: $0.count) })
  }
}

extension NumberProfile {
  private static let quartiles = [0.25, 0.5, 0.75]

  /// Of a column with a value.
  fileprivate init(_ summary: OrderedSummary, _ whole: Column?) {
    let (kind, low, high) = (summary.kind, summary.kind.number(summary.low), summary.kind.number(summary.high))
    let moments = summary.moments.total
    var histogram = NumberHistogram.Builder(low, high)
    let quartiles: [Double]
    var error: Double?
    if let counted = summary.tally.all {
      quartiles = OrderStatistics.quantiles(counted, total: summary.valid, kind, Self.quartiles)
      for (key, count) in counted { histogram?.add(kind.number(key), times: count) }
    } else if let whole {
      let keys = OrderedKey.keys(whole)
      quartiles = OrderStatistics.quantiles(keys, kind, Self.quartiles)
      for key in keys { histogram?.add(kind.number(key), times: 1) }
    } else {
      let sample = summary.sample ?? RowSample()
      quartiles = OrderStatistics.quantiles(sample.keys, kind, Self.quartiles)
      for key in sample.keys { histogram?.add(kind.number(key), times: 1) }
      histogram?.scale(to: summary.valid)
      error = sample.rankError
    }
    self.init(
      mean: moments.mean.isFinite ? moments.mean : nil, standardDeviation: moments.standardDeviation,
      lowerQuartile: quartiles[0], median: quartiles[1], upperQuartile: quartiles[2], rankError: error,
      zeros: moments.zeros, negatives: moments.negatives, histogram: histogram?.result)
  }
}

extension NumberHistogram {
  fileprivate struct Builder {
    private static let bins = 10

    private let lower: Double
    private let upper: Double
    private let width: Double
    private var counts: [Int]

    /// nil where infinite values leave no width to divide.
    init?(_ lower: Double, _ upper: Double) {
      width = upper - lower
      guard width.isFinite else { return nil }
      (self.lower, self.upper) = (lower, upper)
      counts = [Int](repeating: 0, count: width == 0 ? 1 : Self.bins)
    }

    @inline(__always)
    mutating func add(_ number: Double, times: Int) {
      counts[width == 0 ? 0 : min(Self.bins - 1, Int((number - lower) / width * Double(Self.bins)))] += times
    }

    /// As many values in all as there are, spread as these.
    mutating func scale(to total: Int) {
      let sum = counts.reduce(0, +)
      guard sum > 0 else { return }
      var (before, given) = (0, 0)
      for bin in counts.indices {
        before += counts[bin]
        let upTo = Int((Double(before) / Double(sum) * Double(total)).rounded())
        (counts[bin], given) = (upTo - given, upTo)
      }
    }

    var result: NumberHistogram { NumberHistogram(lower: lower, upper: upper, counts: counts) }
  }
}
