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
  func neighbours(of table: Table, within limit: Float, _ progress: Progress) throws(Cancelled) -> [Neighbour] {
    let asked = scale.places(table)
    let askedSums = Self.sums(asked, scale, signs)
    return try neighbours(asked, askedSums, (0..<askedSums.count).map { _ in nil }, limit, progress)
  }

  /// How far some of the rows are from the nearest other one, as means over the columns, in ascending order.
  func ownDistances(most: Int, _ progress: Progress) throws(Cancelled) -> [Double] {
    let step = max(1, count / max(1, most))
    let rows = Swift.stride(from: 0, to: count, by: step).map(\.self)
    var asked: [Float] = []
    for row in rows { asked += places[row * scale.stride..<(row + 1) * scale.stride] }
    let found = try neighbours(asked, rows.map { sums[$0] }, rows.map(Optional.some), .infinity, progress)
    return found.map { mean($0.sum) }.sorted()
  }

  func mean(_ sum: Float) -> Double { Double(sum) / Double(max(1, columnCount)) }
  func sum(_ mean: Double) -> Float { Float(mean * Double(max(1, columnCount))) }

  private func neighbours(
    _ asked: [Float], _ askedSums: [Float], _ own: [Int?], _ limit: Float, _ progress: Progress
  ) throws(Cancelled) -> [Neighbour] {
    let blocks = (askedSums.count + 63) / 64
    let found = parallelMap(blocks) { block -> [Neighbour] in
      if progress.isCancelled { return [] }
      return (block * 64..<min(askedSums.count, (block + 1) * 64)).map { row in
        asked.withUnsafeBufferPointer { asked in
          nearest(
            UnsafeBufferPointer(rebasing: asked[row * scale.stride..<(row + 1) * scale.stride]), askedSums[row],
            besides: own[row], limit)
        }
      }
    }
    try progress.checkpoint()
    return found.flatMap(\.self)
  }

  /// Sums of rounded numbers may differ by that much more than the rows.
  private static let slack: Float = 1e-4

  private func nearest(
    _ row: UnsafeBufferPointer<Float>, _ sum: Float, besides own: Int?, _ limit: Float
  ) -> Neighbour {
    guard let asked = row.baseAddress.map({ UnsafeRawPointer($0) }) else { return Neighbour() }
    let vectors = scale.stride / RowPlaces.lanes
    var (best, place) = (limit, -1)
    places.withUnsafeBytes { places in
      guard let base = places.baseAddress else { return }
      eachNear(sum) { candidate, gap in
        if gap > best + Self.slack { return false }
        if candidate == own { return true }
        let distance = Self.distance(asked, base + candidate &* vectors &* 32, vectors, best)
        let isNearer = distance < best || place < 0 && distance <= best
        if isNearer || distance == best && isAlone[candidate] { (best, place) = (distance, candidate) }
        return true
      }
    }
    return place < 0 ? Neighbour() : Neighbour(sum: best, isAlone: isAlone[place])
  }

  /// Gives rows by how far their sums are from another, the nearest first, until `take` says that it has enough.
  @inline(__always)
  private func eachNear(_ sum: Float, _ take: (Int, Float) -> Bool) {
    sums.withUnsafeBufferPointer { sums in
      var above = Self.first(sums, from: sum)
      var below = above - 1
      while true {
        let up = above < sums.count ? sums[above] - sum : .infinity
        let down = below >= 0 ? sum - sums[below] : .infinity
        let isUp = up <= down
        if isUp ? above == sums.count : below < 0 { return }
        if !take(isUp ? above : below, min(up, down)) { return }
        if isUp { above += 1 } else { below -= 1 }
      }
    }
  }

  private static func first(_ sums: UnsafeBufferPointer<Float>, from sum: Float) -> Int {
    var (low, high) = (0, sums.count)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] >= sum { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The distance of two rows of whole vectors as a sum; some larger number once it is beyond `limit`.
  @inline(__always)
  private static func distance(
    _ row: UnsafeRawPointer, _ other: UnsafeRawPointer, _ vectors: Int, _ limit: Float
  ) -> Float {
    let (zero, one) = (SIMD8<Float>(repeating: 0), SIMD8<Float>(repeating: 1))
    var sums = SIMD8<Float>.zero
    for vector in 0..<vectors {
      let a = row.loadUnaligned(fromByteOffset: vector &* 32, as: SIMD8<Float>.self)
      let b = other.loadUnaligned(fromByteOffset: vector &* 32, as: SIMD8<Float>.self)
      let difference = a - b
      // By masks, which are vectors of their own: the library's pointwise functions go lane by lane.
      let length = difference.replacing(with: zero - difference, where: difference .< zero)
      sums += length.replacing(with: one, where: length .> one)
      // Whether it is enough is seldom asked: the sum over the lanes costs more than a vector.
      if vector & 3 == 3, sums.sum() > limit { break }
    }
    return sums.sum()
  }
}
