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
      blankTwins: tally.blankTwins, top: tally.top(top))
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
      top: summary.tally.top(top).map { ValueCount(value: kind.cell($0.key), count: $0.count) })
  }
}

extension NumberProfile {
  /// Of a column with a value.
  fileprivate init(_ summary: OrderedSummary, _ search: QuartileSearch?) {
    let (kind, low, high) = (summary.kind, summary.kind.number(summary.low), summary.kind.number(summary.high))
    let moments = summary.moments.total
    var histogram = NumberHistogram.Builder(low, high)
    var counts: NumberHistogram?
    let quartiles: [Double]
    var error: Double?
    if let counted = summary.tally.all {
      let near = Self.around(Self.ranks(summary.valid), counted)
      quartiles = OrderStatistics.quantiles(near, total: summary.valid, kind, QuartileSearch.quartiles)
      for entry in counted { histogram?.add(kind.number(entry.key), times: entry.count) }
    } else if let found = search?.found() {
      quartiles = found.quartiles
      counts = found.histogram
    } else {
      let sample = summary.sample
      quartiles = OrderStatistics.quantiles(sample.keys, kind, QuartileSearch.quartiles)
      for key in sample.keys { histogram?.add(kind.number(key), times: 1) }
      histogram?.scale(to: summary.valid)
      error = sample.rankError
    }
    self.init(
      mean: moments.mean.isFinite ? moments.mean : nil, standardDeviation: moments.standardDeviation,
      lowerQuartile: quartiles[0], median: quartiles[1], upperQuartile: quartiles[2], rankError: error,
      zeros: moments.zeros, negatives: moments.negatives, histogram: counts ?? histogram?.result)
  }

  /// The ranks that quartiles lie between.
  private static func ranks(_ count: Int) -> [Int] {
    QuartileSearch.quartiles.flatMap { share in
      let rank = Int(Double(count - 1) * share)
      return [rank, min(count - 1, rank + 1)]
    }
  }

  /// Of keys in order those at ranks, which rise; what lies between two is counted as the last of it.
  private static func around(_ ranks: [Int], _ counted: [KeyTally.Entry]) -> [(key: UInt64, count: Int)] {
    var near: [(key: UInt64, count: Int)] = []
    var (next, before, passed) = (0, 0, 0)
    for (place, entry) in counted.enumerated() {
      if next == ranks.count { break }
      let end = before + entry.count
      if ranks[next] < end {
        if passed > 0 { near.append((counted[place - 1].key, passed)) }
        near.append((entry.key, entry.count))
        passed = 0
        while next < ranks.count, ranks[next] < end { next += 1 }
      } else {
        passed += entry.count
      }
      before = end
    }
    return near
  }
}

extension NumberHistogram {
  struct Builder: Sendable {
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

    mutating func add(_ numbers: UnsafeBufferPointer<Double>) {
      counts.withUnsafeMutableBufferPointer { counts in
        if width == 0 {
          counts[0] += numbers.count
          return
        }
        for number in numbers {
          let bin = min(Self.bins &- 1, Int((number - lower) / width * Double(Self.bins)))
          counts[bin] &+= 1
        }
      }
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
