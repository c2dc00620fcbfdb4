import Glibc
import Kernels
import Tables

/// Some rows, to be asked which of them is nearest to another.
///
/// They stand in the order of a sum of their places, each with its sign. Two rows are no nearer to each other than these sums are, so that
/// only a stretch of them has to be looked at.
public struct NearestRows: Sendable {
  private let scale: RowPlaces
  private let signs: [Float]
  /// Row by row in the order of the sums.
  private let places: [Float]
  private let sums: [Float]
  /// Rows of which there is one alone, by their places.
  private let isAlone: [Bool]

  /// Of the columns named; O(rows × columns).
  public init(_ table: Table, columns: [String]) {
    let scale = RowPlaces(table, columns)
    let random = CounterRandom(seed: 0x6E65_6172)
    let signs = scale.names.indices.map { random.uniform(at: UInt64($0)) < 0.5 ? Float(-1) : 1 }
    let raw = scale.places(table)
    let unordered = Self.sums(raw, scale, signs)
    let order = unordered.indices.sorted {
      unordered[$0] == unordered[$1] ? $0 < $1 : unordered[$0] < unordered[$1]
    }
    var places: [Float] = []
    places.reserveCapacity(raw.count)
    for row in order { places += raw[row * scale.stride..<(row + 1) * scale.stride] }
    self.scale = scale
    self.signs = signs
    self.places = places
    sums = order.map { unordered[$0] }
    isAlone = Self.alone(places, scale.stride, order.count)
  }

  public var count: Int { sums.count }
  public var columnCount: Int { scale.names.count }

  private static func sums(_ places: [Float], _ scale: RowPlaces, _ signs: [Float]) -> [Float] {
    let rows = scale.stride == 0 ? 0 : places.count / scale.stride
    return (0..<rows).map { row in
      signs.indices.reduce(Float(0)) { $0 + signs[$1] * scale.shadow($1, places[row * scale.stride + $1]) }
    }
  }

  private static func alone(_ places: [Float], _ stride: Int, _ rows: Int) -> [Bool] {
    var counts: [ArraySlice<Float>: Int] = [:]
    for row in 0..<rows { counts[places[row * stride..<(row + 1) * stride], default: 0] += 1 }
    return (0..<rows).map { counts[places[$0 * stride..<($0 + 1) * stride]] == 1 }
  }

  /// A row's nearest one.
  struct Neighbour: Sendable {
    /// The sum over the columns.
    var sum = Float.infinity
    /// Whether it stands alone among the rows.
    var isAlone = false
  }

  // MARK: Asking

  /// The nearest row to each of a table's, none that is farther than `limit`. O(rows × rows × columns) at worst.
  func neighbours(of table: Table, within limit: Float) -> [Neighbour] {
    let asked = scale.places(table)
    let askedSums = Self.sums(asked, scale, signs)
    return neighbours(asked, askedSums, (0..<askedSums.count).map { _ in nil }, limit)
  }

  /// How far some of the rows are from the nearest other one, as means over the columns, in ascending order.
  func ownDistances(most: Int) -> [Double] {
    let step = max(1, count / max(1, most))
    let rows = Swift.stride(from: 0, to: count, by: step).map(\.self)
    var asked: [Float] = []
    for row in rows { asked += places[row * scale.stride..<(row + 1) * scale.stride] }
    let found = neighbours(asked, rows.map { sums[$0] }, rows.map(Optional.some), .infinity)
    return found.map { mean($0.sum) }.sorted()
  }

  func mean(_ sum: Float) -> Double { Double(sum) / Double(max(1, columnCount)) }
  func sum(_ mean: Double) -> Float { Float(mean * Double(max(1, columnCount))) }

  private func neighbours(
    _ asked: [Float], _ askedSums: [Float], _ own: [Int?], _ limit: Float
  ) -> [Neighbour] {
    let blocks = (askedSums.count + 255) / 256
    return parallelMap(blocks) { block in
      (block * 256..<min(askedSums.count, (block + 1) * 256)).map { row in
        asked.withUnsafeBufferPointer { asked in
          nearest(
            UnsafeBufferPointer(rebasing: asked[row * scale.stride..<(row + 1) * scale.stride]), askedSums[row],
            besides: own[row], limit)
        }
      }
    }.flatMap(\.self)
  }

  /// Sums of rounded numbers may differ by that much more than the rows.
  private static let slack: Float = 1e-4

  private func nearest(
    _ row: UnsafeBufferPointer<Float>, _ sum: Float, besides own: Int?, _ limit: Float
  ) -> Neighbour {
    var best = Neighbour(sum: limit)
    var found = false
    var above = sums.withUnsafeBufferPointer { Self.first($0, from: sum) }
    var below = above - 1
    places.withUnsafeBufferPointer { places in
      while true {
        let up = above < sums.count ? sums[above] - sum : .infinity
        let down = below >= 0 ? sum - sums[below] : .infinity
        guard min(up, down) <= best.sum + Self.slack, min(up, down) < .infinity else { break }
        let place = up <= down ? above : below
        if up <= down { above += 1 } else { below -= 1 }
        if place == own { continue }
        let distance = Self.distance(row, places, place * scale.stride, best.sum)
        if distance < best.sum || !found && distance <= best.sum || distance == best.sum && isAlone[place] {
          best = Neighbour(sum: distance, isAlone: isAlone[place])
          found = true
        }
      }
    }
    return found ? best : Neighbour()
  }

  private static func first(_ sums: UnsafeBufferPointer<Float>, from sum: Float) -> Int {
    var (low, high) = (0, sums.count)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] >= sum { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The distance of two rows as a sum; some larger number once it is beyond `limit`.
  @inline(__always)
  private static func distance(
    _ row: UnsafeBufferPointer<Float>, _ places: UnsafeBufferPointer<Float>, _ start: Int, _ limit: Float
  ) -> Float {
    let one = SIMD8<Float>(repeating: 1)
    var (sum, place) = (Float(0), 0)
    while place < row.count {
      var (a, b) = (SIMD8<Float>(), SIMD8<Float>())
      for lane in 0..<8 {
        a[lane] = row[place &+ lane]
        b[lane] = places[start &+ place &+ lane]
      }
      let difference = a - b
      let length = pointwiseMin(pointwiseMax(difference, -difference), one)
      sum += length.sum()
      if sum > limit { return sum }
      place &+= 8
    }
    return sum
  }
}
