/// How the days or moments of a column lie: on which weekdays, and how far from each other.
public struct DateProfile: Sendable, Hashable {
  private static let day: Int64 = 86_400_000_000

  /// Cells on each weekday, Monday first; of moments by their date in UTC.
  public let weekdays: [Int]
  /// The most common distance between two different values that follow each other in order: days of dates, microseconds of moments.
  public let step: Int64?
  /// The two neighbours in order that are farthest apart; nil with fewer than two different values.
  public let gap: (from: Cell, to: Cell)?
  /// How often neighbours are farther apart than the most common distance.
  public let gaps: Int

  /// How many cells lie in each of some stretches of equal length from the first value to the last one; none where these are the same.
  public let histogram: [Int]

  private static let mostBins = 30

  /// nil of a brief summary, of numbers, and where not all different values are counted.
  init?(_ summary: OrderedSummary) {
    guard summary.depth == .full, summary.kind == .date || summary.kind == .datetime, let counted = summary.tally.all
    else { return nil }
    let isDate = summary.kind == .date
    var days = [Int](repeating: 0, count: 7)
    for entry in counted {
      let value = OrderedKey.int(entry.key)
      let date = isDate ? value : value >= 0 ? value / Self.day : -((-(value + 1)) / Self.day) - 1
      // 1970-01-01 was a Thursday.
      days[Int(((date % 7) + 10) % 7)] += entry.count
    }
    weekdays = days
    histogram = Self.histogram(counted.map { (OrderedKey.int($0.key), $0.count) }, isDate: isDate)
    var steps = zip(counted.dropFirst(), counted).map { $0.key - $1.key }
    let longest = steps.indices.max { (steps[$0], $1) < (steps[$1], $0) }
    gap = longest.map { (summary.kind.cell(counted[$0].key), summary.kind.cell(counted[$0 + 1].key)) }
    KeySort.sort(&steps)
    let usual = Self.mostCommon(steps)
    step = usual.flatMap { Int64(exactly: $0) }
    gaps = steps.reduce(0) { $0 + ($1 > usual ?? .max ? 1 : 0) }
  }

  /// Of values in order with their counts. Days have no more bins than there are days.
  private static func histogram(_ values: [(value: Int64, count: Int)], isDate: Bool) -> [Int] {
    guard let first = values.first?.value, let last = values.last?.value, first < last else { return [] }
    let span = Double(last) - Double(first)
    let bins = isDate && span < Double(mostBins) ? max(1, Int(span)) : mostBins
    var counts = [Int](repeating: 0, count: bins)
    for (value, count) in values {
      let place = Int((Double(value) - Double(first)) * Double(bins) / span)
      counts[min(place, bins - 1)] += count
    }
    return counts
  }

  /// Of numbers in order the one that stands most often, the least of such.
  private static func mostCommon(_ sorted: [UInt64]) -> UInt64? {
    var (best, most, run): (UInt64?, Int, Int) = (nil, 0, 0)
    for (place, number) in sorted.enumerated() {
      run = place > 0 && sorted[place - 1] == number ? run + 1 : 1
      if run > most { (best, most) = (number, run) }
    }
    return best
  }

  public static func == (left: DateProfile, right: DateProfile) -> Bool {
    left.weekdays == right.weekdays && left.step == right.step && left.gaps == right.gaps
      && left.histogram == right.histogram && left.gap?.from == right.gap?.from && left.gap?.to == right.gap?.to
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(weekdays)
    hasher.combine(gaps)
  }
}
