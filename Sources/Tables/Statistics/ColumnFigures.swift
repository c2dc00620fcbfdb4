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

  init(_ name: String, _ tally: TextTally, _ shape: TextShape?, _ rows: Int, _ top: Int) {
    let isEmpty = tally.valid == 0
    self.init(
      name, .text, rows, missing: rows - tally.valid, distinct: tally.distinct,
      minimum: isEmpty ? nil : .text(String(decoding: tally.minimum, as: UTF8.self)),
      maximum: isEmpty ? nil : .text(String(decoding: tally.maximum, as: UTF8.self)), lengths: tally.lengths,
      blankTwins: tally.blankTwins, caseTwins: tally.caseTwins,
      padded: tally.padded, shape: shape, examples: tally.examples, top: tally.top(top))
  }

  /// - Parameter search: what a second look at the column found.
  init(_ name: String, _ summary: OrderedSummary, _ rows: Int, _ top: Int, _ search: QuartileSearch?) {
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
      numbers: isEmpty || !summary.hasMoments ? nil : NumberProfile(summary, search),
      order: summary.order, ends: ValueEnds(summary), dates: DateProfile(summary),
      top: summary.tally.top(top).map { ValueCount(value: kind.cell($0.key), count: $0.count) })
  }
}

extension NumberProfile {
  /// Of a column with a value.
  fileprivate init(_ summary: OrderedSummary, _ search: QuartileSearch?) {
    let (kind, low, high) = (summary.kind, summary.kind.number(summary.low), summary.kind.number(summary.high))
    let (moments, shares) = (summary.moments.total, summary.depth.shares)
    var histogram = NumberHistogram.Builder(low, high)
    var counts: NumberHistogram?
    let values: [Double]
    var error: Double?
    if let counted = summary.tally.all {
      values = CountedKeys.quantiles(counted, total: summary.valid, kind, shares)
      for entry in counted { histogram?.add(kind.number(entry.key), times: entry.count) }
    } else if let found = search?.found() {
      values = found.quantiles
      counts = found.histogram
    } else {
      let sample = summary.sample
      values = OrderStatistics.quantiles(sample.keys, kind, shares)
      for key in sample.keys { histogram?.add(kind.number(key), times: 1) }
      histogram?.scale(to: summary.valid)
      error = sample.rankError
    }
    let quantiles = zip(shares, values).map { Quantile(share: $0, value: $1) }
    let median = Quantile.value(0.5, of: quantiles)
    self.init(
      mean: moments.mean.isFinite ? moments.mean : nil, standardDeviation: moments.standardDeviation,
      skewness: moments.skewness, kurtosis: moments.kurtosis, quantiles: quantiles, rankError: error,
      distanceFromMedian: summary.depth == .full ? Self.distance(summary, from: median) : nil, zeros: moments.zeros,
      negatives: moments.negatives, infinites: moments.infinites, histogram: counts ?? histogram?.result)
  }

  /// The median of the distances from the median: of all values where they are counted, else of the sample of rows.
  private static func distance(_ summary: OrderedSummary, from median: Double) -> Double? {
    guard median.isFinite else { return nil }
    let kind = summary.kind
    guard let counted = summary.tally.all else {
      let keys = summary.sample.keys.map { OrderedKey.of(abs(kind.number($0) - median)) }
      return keys.isEmpty ? nil : OrderStatistics.quantiles(keys, .float, [0.5]).first
    }
    let distances = counted.map { (key: OrderedKey.of(abs(kind.number($0.key) - median)), count: $0.count) }
    return OrderStatistics.quantiles(distances, total: summary.valid, .float, [0.5]).first
  }
}
