import Glibc
import Kernels

/// How the values of one column fall into at most 256 bins: value bins, then for categories one for those without a bin of their
/// own, then one for missing values.
struct FeatureBins: Sendable {
  enum Kind: Sendable {
    /// A value is in the bin of the first threshold that is at least as large.
    case number(thresholds: [Double])
    /// The category of each bin.
    case category(codes: [Int], count: Int)
    /// A bin for each of these places of a one-hot column; a row of another place has none of them.
    case oneHot(Range<Int>)
  }
  let kind: Kind

  /// What a search for splits has to know of a column's bins: no more than numbers, for it asks at every leaf.
  struct Shape: Sendable {
    enum Kind: Sendable { case number, category, oneHot }
    let kind: Kind
    let valueBins: Int
    let missingBin: Int
  }

  var shape: Shape {
    let kind: Shape.Kind =
      switch kind {
      case .number: .number
      case .category: .category
      case .oneHot: .oneHot
      }
    return Shape(kind: kind, valueBins: valueBins, missingBin: missingBin)
  }

  /// Rows from which the bins are found.
  static let sampleSize = 200_000
  /// Places of a one-hot column that share a byte.
  static let oneHotPlaces = 254

  var valueBins: Int {
    switch kind {
    case .number(let thresholds): thresholds.count + 1
    case .category(let codes, _): codes.count
    case .oneHot(let places): places.count
    }
  }
  /// The last bin.
  var missingBin: Int { if case .category(let codes, _) = kind { codes.count + 1 } else { valueBins } }

  /// The bins of a column of numbers from a sample of them: a value each if there are few, else quantiles. O(sample).
  init(sample: [Double], most: Int) {
    let sorted = SortedKeys.sorted(sample)
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
  init(codes: [Int32], count: Int, most: Int) {
    var counts = [Int](repeating: 0, count: max(count, 0))
    for code in codes where code >= 0 && Int(code) < counts.count { counts[Int(code)] += 1 }
    let seen = counts.indices.filter { counts[$0] > 0 }
    let frequent = seen.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(most - 1)
    kind = .category(codes: frequent.sorted(), count: counts.count)
  }

  init(oneHot places: Range<Int>) { kind = .oneHot(places) }

  /// A number between two others that the lower is not above and the higher is.
  static func middle(_ low: Double, _ high: Double) -> Double {
    let middle = low / 2 + high / 2
    return middle >= low && middle < high ? middle : low
  }
}

extension FeatureBins {
  private static let blockRows = 4096

  /// The values of a column that are there, thinned to the sample's size: one of each stretch, by chance. O(rows).
  static func sample(_ column: DesignColumn, _ random: CounterRandom, _ progress: Progress) -> [Double] {
    let rows = column.rowCount
    let size = min(rows, sampleSize)
    let step = Double(rows) / Double(max(1, size))
    var values: [Double] = []
    values.reserveCapacity(size)
    var next = 0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: blockRows) { buffer in
      guard let block = buffer.baseAddress else { return }
      for start in stride(from: 0, to: rows, by: blockRows) where !progress.isCancelled {
        let end = min(rows, start + blockRows)
        column.read(start..<end, into: block)
        while next < size {
          let chance = size < rows ? random.uniform(at: UInt64(next)) : 0
          let row = max(start, min(rows - 1, Int((Double(next) + chance) * step)))
          if row >= end { break }
          if !block[row - start].isNaN { values.append(block[row - start]) }
          next += 1
        }
      }
    }
    return values
  }

  /// Writes the bin of each row of the column; whether more than one bin has rows. O(rows).
  func fill(_ column: DesignColumn, into bins: UnsafeMutablePointer<UInt8>, _ progress: Progress) -> Bool {
    switch kind {
    case .number(let thresholds): fillNumbers(column, thresholds, bins, progress)
    case .category(let codes, let count):
      var table = [UInt8](repeating: UInt8(codes.count), count: count)
      for (bin, code) in codes.enumerated() { table[code] = UInt8(bin) }
      let (missing, others) = (UInt8(missingBin), UInt8(codes.count))
      fillCodes(column, bins, progress) { code in
        code == DesignColumn.missingCode
          ? missing : code >= 0 && Int(code) < count ? table[Int(code)] : others
      }
    case .oneHot(let places):
      fillCodes(column, bins, progress) { code in
        places.contains(Int(code)) ? UInt8(Int(code) - places.lowerBound) : UInt8(places.count)
      }
    }
    let first = bins[0]
    for row in 0..<column.rowCount where bins[row] != first { return true }
    return false
  }

  @inline(__always)
  private func fillCodes(
    _ column: DesignColumn, _ bins: UnsafeMutablePointer<UInt8>, _ progress: Progress, _ bin: (Int32) -> UInt8
  ) {
    (column.codes ?? []).withUnsafeBufferPointer { codes in
      for start in stride(from: 0, to: codes.count, by: Self.blockRows) where !progress.isCancelled {
        for row in start..<min(codes.count, start + Self.blockRows) { bins[row] = bin(codes[row]) }
      }
    }
  }

  private func fillNumbers(
    _ column: DesignColumn, _ thresholds: [Double], _ bins: UnsafeMutablePointer<UInt8>, _ progress: Progress
  ) {
    let table = thresholds + [Double](repeating: .infinity, count: 256 - thresholds.count)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.blockRows + 8) { buffer in
      table.withUnsafeBufferPointer { table in
        guard let block = buffer.baseAddress, let table = table.baseAddress else { return }
        // Four are searched at once, the last with what stands behind them; bins have room for it.
        block.initialize(repeating: 0, count: Self.blockRows + 8)
        let rows = column.rowCount
        for start in stride(from: 0, to: rows, by: Self.blockRows) where !progress.isCancelled {
          let count = min(rows - start, Self.blockRows)
          column.read(start..<start + count, into: block)
          Self.search(table, block, count, UInt8(missingBin), bins + start)
        }
      }
    }
  }

  /// Halvings of a table filled up to 256, in arithmetic and not by a branch, which would be guessed wrong half of the time; for
  /// four values at once, so that they wait together.
  @inline(never)
  private static func search(
    _ table: UnsafePointer<Double>, _ values: UnsafePointer<Double>, _ count: Int, _ missing: UInt8,
    _ bins: UnsafeMutablePointer<UInt8>
  ) {
    for row in stride(from: 0, to: count, by: 4) {
      let (a, b, c, d) = (values[row], values[row &+ 1], values[row &+ 2], values[row &+ 3])
      var (i, j, k, l) = (0, 0, 0, 0)
      @inline(__always)
      func halve(_ shift: Int) {
        let half = table + (1 &<< shift &- 1)
        i &+= below(half[i], a) &<< shift
        j &+= below(half[j], b) &<< shift
        k &+= below(half[k], c) &<< shift
        l &+= below(half[l], d) &<< shift
      }
      halve(7)
      halve(6)
      halve(5)
      halve(4)
      halve(3)
      halve(2)
      halve(1)
      halve(0)
      bins[row] = a.isNaN ? missing : UInt8(truncatingIfNeeded: i)
      bins[row &+ 1] = b.isNaN ? missing : UInt8(truncatingIfNeeded: j)
      bins[row &+ 2] = c.isNaN ? missing : UInt8(truncatingIfNeeded: k)
      bins[row &+ 3] = d.isNaN ? missing : UInt8(truncatingIfNeeded: l)
    }
  }

  /// 1 when the threshold is below the value, else 0.
  @inline(__always)
  private static func below(_ threshold: Double, _ value: Double) -> Int {
    Int(unsafeBitCast(threshold < value, to: UInt8.self))
  }
}
