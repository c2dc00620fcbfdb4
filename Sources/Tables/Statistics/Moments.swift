import Kernels

/// Count, mean and sum of squared deviations, of parts that merge.
///
/// Each chunk of a fixed size is summed in two passes; chunks merge in order by the update of Chan, Golub & LeVeque
/// (1979), so the result does not depend on the number of threads and does not cancel.
struct Moments: Sendable {
  static let chunkSize = 1 << 16

  private(set) var count = 0
  private(set) var mean = 0.0
  private(set) var squares = 0.0
  private(set) var zeros = 0
  private(set) var negatives = 0

  init() {}

  /// Of all the keys' numbers.
  init(_ keys: [UInt64], _ kind: OrderedKey) {
    let parts = parallelMap((keys.count + Self.chunkSize - 1) / Self.chunkSize) { chunk in
      Moments(chunk: keys[chunk * Self.chunkSize..<min(keys.count, (chunk + 1) * Self.chunkSize)], kind)
    }
    for part in parts { merge(part) }
  }

  private init(chunk: ArraySlice<UInt64>, _ kind: OrderedKey) {
    let values = chunk.map(kind.number)
    count = values.count
    let shift = values.first ?? 0
    // Shifted by a value of the chunk, so that the sum of large, close numbers keeps its digits.
    mean = shift + Self.sum(values) { $0 - shift } / Double(max(1, count))
    let center = mean
    squares = Self.sum(values) { ($0 - center) * ($0 - center) }
    if !mean.isFinite { mean = values.reduce(0, +) / Double(count) }
    for value in values {
      zeros += value == 0 ? 1 : 0
      negatives += value < 0 ? 1 : 0
    }
  }

  /// Summed in short runs whose sums are summed, which keeps the error of rounding far below that of one long run.
  @inline(__always)
  private static func sum(_ values: [Double], _ term: (Double) -> Double) -> Double {
    var total = 0.0
    for start in stride(from: 0, to: values.count, by: 256) {
      var run = 0.0
      for place in start..<min(values.count, start + 256) { run += term(values[place]) }
      total += run
    }
    return total
  }

  private mutating func merge(_ other: Moments) {
    let total = count + other.count
    let delta = other.mean - mean
    if count == 0 {
      mean = other.mean
      squares = other.squares
    } else if delta != 0 {
      mean += delta * (Double(other.count) / Double(total))
      squares += other.squares + delta * delta * (Double(count) * Double(other.count) / Double(total))
    } else {
      squares += other.squares
    }
    count = total
    zeros += other.zeros
    negatives += other.negatives
  }

  /// nil with fewer than two values or where it is not a finite number.
  var standardDeviation: Double? {
    guard count > 1 else { return nil }
    let deviation = (squares / Double(count - 1)).squareRoot()
    return deviation.isFinite ? deviation : nil
  }
}
