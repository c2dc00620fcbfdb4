import Glibc
import Kernels

/// How one feature's values fall into at most 256 bins: value bins, then for categories one for those without a bin of their own,
/// then one for missing values.
struct FeatureBins: Sendable {
  enum Kind: Sendable {
    /// A value is in the bin of the first threshold that is at least as large.
    case number(thresholds: [Double])
    /// The category of each bin.
    case category(codes: [Int], count: Int)
  }
  let kind: Kind

  /// Rows from which the bins are found.
  static let sampleSize = 200_000

  var valueBins: Int {
    switch kind {
    case .number(let thresholds): thresholds.count + 1
    case .category(let codes, _): codes.count
    }
  }
  var isCategory: Bool { if case .category = kind { true } else { false } }
  /// The last bin.
  var missingBin: Int { valueBins + (isCategory ? 1 : 0) }
  var binCount: Int { missingBin + 1 }

  /// The bins of a column of numbers: a value each if there are few, else quantiles of a sample. O(rows).
  init(numbers: [Double], most: Int, random: CounterRandom) {
    let sorted = SortedKeys.sorted(Self.sample(numbers, random))
    var distinct: [Double] = []
    for value in sorted where distinct.last != value {
      distinct.append(value)
      if distinct.count > most { break }
    }
    if distinct.count <= most {
      kind = .number(thresholds: zip(distinct, distinct.dropFirst()).map(Self.middle))
      return
    }
    var thresholds: [Double] = []
    for quantile in 1..<most {
      let place = (sorted.count - 1) * quantile / most
      let threshold = Self.middle(sorted[place], sorted[min(place + 1, sorted.count - 1)])
      if thresholds.last != threshold, let largest = sorted.last, threshold < largest { thresholds.append(threshold) }
    }
    kind = .number(thresholds: thresholds)
  }

  /// The bins of category codes: the most frequent have one each.
  init(codes: [Double], count: Int, most: Int) {
    var counts = [Int](repeating: 0, count: max(count, 0))
    for code in codes {
      if let place = Int(exactly: code), counts.indices.contains(place) { counts[place] += 1 }
    }
    let seen = counts.indices.filter { counts[$0] > 0 }
    let frequent = seen.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(most - 1)
    kind = .category(codes: frequent.sorted(), count: counts.count)
  }

  /// The values that are there, thinned to the sample's size: one of each stretch, by chance.
  private static func sample(_ values: [Double], _ random: CounterRandom) -> [Double] {
    guard values.count > sampleSize else { return values.filter { !$0.isNaN } }
    let step = Double(values.count) / Double(sampleSize)
    return (0..<sampleSize).compactMap { place in
      let row = Int((Double(place) + random.uniform(at: UInt64(place))) * step)
      let value = values[min(row, values.count - 1)]
      return value.isNaN ? nil : value
    }
  }

  /// A number between two others that the lower is not above and the higher is.
  static func middle(_ low: Double, _ high: Double) -> Double {
    let middle = low / 2 + high / 2
    return middle >= low && middle < high ? middle : low
  }

  /// The bin of each value of the column.
  func fill(_ values: [Double], into bins: UnsafeMutablePointer<UInt8>) {
    switch kind {
    case .number(let thresholds): Self.search(thresholds, values, UInt8(missingBin), bins)
    case .category(let codes, let count):
      var table = [UInt8](repeating: UInt8(codes.count), count: count)
      for (bin, code) in codes.enumerated() { table[code] = UInt8(bin) }
      for (row, value) in values.enumerated() {
        if value.isNaN {
          bins[row] = UInt8(missingBin)
        } else if let code = Int(exactly: value), table.indices.contains(code) {
          bins[row] = table[code]
        } else {
          bins[row] = UInt8(codes.count)
        }
      }
    }
  }

  /// Eight halvings of a table filled up to 256, without a branch.
  private static func search(
    _ thresholds: [Double], _ values: [Double], _ missing: UInt8, _ bins: UnsafeMutablePointer<UInt8>
  ) {
    let table = thresholds + [Double](repeating: .infinity, count: 256 - thresholds.count)
    table.withUnsafeBufferPointer { table in
      values.withUnsafeBufferPointer { values in
        for row in 0..<values.count {
          let value = values[row]
          var place = 0
          var step = 128
          while step > 0 {
            place &+= table[place &+ step &- 1] < value ? step : 0
            step &>>= 1
          }
          bins[row] = value.isNaN ? missing : UInt8(truncatingIfNeeded: place)
        }
      }
    }
  }
}
