/// Memory in which one thread looks for splits and collects gradients.
final class SplitScratch: @unchecked Sendable {
  struct Memory {
    let sums: UnsafeMutablePointer<Int64>
    let places: UnsafeMutablePointer<Int>
    let order: UnsafeMutablePointer<Int>
    let keys: UnsafeMutablePointer<Double>
  }

  let memory: Memory
  let pairs = UnsafeMutablePointer<Int32>.allocate(capacity: LeafRows.blockRows + 8)

  init() {
    // A place a bin, and three more that are looked at with the last.
    let bins = 272
    memory = Memory(
      sums: .allocate(capacity: bins), places: .allocate(capacity: bins), order: .allocate(capacity: bins),
      keys: .allocate(capacity: bins))
    memory.sums.initialize(repeating: 0, count: bins)
  }

  deinit {
    memory.sums.deallocate()
    memory.places.deallocate()
    memory.order.deallocate()
    memory.keys.deallocate()
    pairs.deallocate()
  }
}

/// The places at which a leaf's column may be cut, with the sum of what would go left of each; bins that the leaf has no row in
/// make none.
struct SplitCuts {
  let finder: SplitFinder
  let leaf: LeafSums
  let cells: UnsafePointer<Int64>
  let counts: UnsafePointer<Int64>?
  let scratch: SplitScratch.Memory
  /// Fewest and most of a side's hessian.
  private let least: Double

  init(
    _ finder: SplitFinder, _ leaf: LeafSums, _ cells: UnsafePointer<Int64>, _ counts: UnsafePointer<Int64>?,
    _ scratch: SplitScratch.Memory
  ) {
    self.finder = finder
    self.leaf = leaf
    self.cells = cells
    self.counts = counts
    self.scratch = scratch
    let steps = finder.scale.isRegression ? 1 : max(1, SplitFinder.leastHessian * finder.scale.hessian)
    let rows = (Double(finder.fewestRows) - 0.5) * leaf.hessian / Double(leaf.rows)
    least = counts == nil ? max(steps, rows) : steps
  }

  /// The best cut of bins in their order, `beside` being a bin that goes left with all of them.
  @inline(__always)
  func best(bins: Int, beside: Int?) -> (worth: Double, cut: Int, left: Int64)? {
    let start = beside.map { cells[$0] } ?? 0
    let kept =
      if let counts {
        keepCounted(bins, start, counts, beside.map { counts[$0] } ?? 0)
      } else if finder.scale.isRegression {
        keep(bins, start, 1 << Int64(GradientScale.countShift) - 1)
      } else {
        keep(bins, start, 1 << Int64(GradientScale.pairShift) - 1)
      }
    return best(kept, penalty: finder.penalty)
  }

  /// Keeps the cuts that leave both sides hessian enough; `mask` has the bits of a cell's hessian.
  @inline(__always)
  private func keep(_ bins: Int, _ start: Int64, _ mask: Int64) -> Int {
    let low = Int64(least.rounded(.up))
    let high = Int64((leaf.hessian - least).rounded(.down))
    let (sums, places) = (scratch.sums, scratch.places)
    var (sum, bin) = (start, 0)
    while bin < bins {
      sum &+= cells[bin]
      if sum & mask >= low { break }
      bin &+= 1
    }
    var kept = 0
    // A cut behind a bin without rows is the one before it: to leave it out costs more than to look at it, unless most are so.
    let isSparse = 2 * leaf.rows < bins
    while bin < bins, sum & mask <= high {
      sums[kept] = sum
      places[kept] = bin
      bin &+= 1
      let cell = bin < bins ? cells[bin] : 1
      sum &+= cell
      kept &+= isSparse && cell == 0 ? 0 : 1
    }
    return kept
  }

  private func keepCounted(_ bins: Int, _ start: Int64, _ counts: UnsafePointer<Int64>, _ startRows: Int64) -> Int {
    var (sum, rows, kept) = (start, startRows, 0)
    for bin in 0..<max(0, bins) {
      rows &+= counts[bin]
      sum &+= cells[bin]
      scratch.sums[kept] = sum
      scratch.places[kept] = bin
      kept &+= cells[bin] != 0 && isEnough(rows) ? 1 : 0
    }
    return kept
  }

  /// The best cut of some bins in an order; the cut is a place in it.
  func best(
    order: UnsafeBufferPointer<Int>, reversed: Bool, penalty: Double
  ) -> (worth: Double, cut: Int, left: Int64)? {
    var (sum, rows, kept): (Int64, Int64, Int) = (0, 0, 0)
    for place in order.indices {
      let bin = order[reversed ? order.count - 1 - place : place]
      sum &+= cells[bin]
      rows &+= counts?[bin] ?? 0
      scratch.sums[kept] = sum
      scratch.places[kept] = place
      kept += counts == nil || isEnough(rows) ? 1 : 0
    }
    return best(kept, penalty: penalty)
  }

  /// The best single bin to part from all others, which go left. Where `limits` are, most of many bins have too few rows ever to be
  /// parted, and their hessians need not tell.
  func best(without bins: Int, _ limits: UnsafePointer<Int64>?) -> (worth: Double, cut: Int, left: Int64)? {
    var kept = 0
    for bin in 0..<bins where cells[bin] != 0 && limits.map({ $0[bin] >= finder.fewestRows }) ?? true {
      scratch.sums[kept] = leaf.total &- cells[bin]
      scratch.places[kept] = bin
      kept += counts.map { isEnough($0[bin]) } ?? true ? 1 : 0
    }
    return best(kept, penalty: finder.penalty)
  }

  private func isEnough(_ rows: Int64) -> Bool {
    rows >= finder.fewestRows && Int64(leaf.rows) &- rows >= finder.fewestRows
  }

  private func best(_ kept: Int, penalty: Double) -> (worth: Double, cut: Int, left: Int64)? {
    guard kept > 0 else { return nil }
    for place in kept..<(kept + 3) { scratch.sums[place] = 0 }
    let found =
      finder.scale.isRegression
      ? Self.scanCounts(scratch.sums, kept, leaf, penalty, least)
      : Self.scanPairs(scratch.sums, kept, leaf, penalty, least)
    guard found.place >= 0 else { return nil }
    return (found.worth, scratch.places[found.place], scratch.sums[found.place])
  }

  @inline(never)
  private static func scanPairs(
    _ sums: UnsafePointer<Int64>, _ count: Int, _ leaf: LeafSums, _ penalty: Double, _ least: Double
  ) -> (worth: Double, place: Int) { scan(sums, count, leaf, penalty, least, UInt64(GradientScale.pairShift)) }

  @inline(never)
  private static func scanCounts(
    _ sums: UnsafePointer<Int64>, _ count: Int, _ leaf: LeafSums, _ penalty: Double, _ least: Double
  ) -> (worth: Double, place: Int) { scan(sums, count, leaf, penalty, least, UInt64(GradientScale.countShift)) }

  /// The first of the best of `count` cuts, four at a time; −1 when none is above the leaf undivided and its rounding. Fractions are
  /// compared without a division.
  @inline(__always)
  private static func scan(
    _ sums: UnsafePointer<Int64>, _ count: Int, _ leaf: LeafSums, _ penalty: Double, _ least: Double, _ shift: UInt64
  ) -> (worth: Double, place: Int) {
    // The bits of a whole number below those of 2⁵² are the number on top of 2⁵².
    let bits = SIMD4<UInt64>(repeating: 0x4330_0000_0000_0000)
    let mask = SIMD4<UInt64>(repeating: 1 << shift - 1)
    let sign = SIMD4<UInt64>(repeating: 1 << (63 - shift))
    let unsigned = SIMD4<Double>(repeating: 0x1p52)
    let signed = SIMD4<Double>(repeating: 0x1p52 + Double(UInt64(1) << (63 - shift)))
    let (gradient, whole) = (SIMD4(repeating: leaf.gradient), SIMD4(repeating: leaf.hessian + penalty))
    let (l2, low, high) = (
      SIMD4(repeating: penalty), SIMD4(repeating: least), SIMD4(repeating: leaf.hessian - least)
    )
    var above = SIMD4(repeating: leaf.gradient * leaf.gradient * (1 + 1e-12))
    var below = whole
    var found = SIMD4<Int64>(repeating: -1)
    var place = SIMD4<Int64>(0, 1, 2, 3)
    let raw = UnsafeRawPointer(sums)
    for start in stride(from: 0, to: count, by: 4) {
      let sum = raw.loadUnaligned(fromByteOffset: start &* 8, as: SIMD4<UInt64>.self)
      let hessian = unsafeBitCast(sum & mask | bits, to: SIMD4<Double>.self) - unsigned
      let left = unsafeBitCast((sum &>> SIMD4(repeating: shift)) ^ sign | bits, to: SIMD4<Double>.self) - signed
      let right = gradient - left
      let (leftBelow, rightBelow) = (hessian + l2, whole - hessian)
      let numerator = left * left * rightBelow + right * right * leftBelow
      let denominator = leftBelow * rightBelow
      let isBetter = (numerator * below .> above * denominator) .& (hessian .>= low) .& (hessian .<= high)
      above.replace(with: numerator, where: isBetter)
      below.replace(with: denominator, where: isBetter)
      found.replace(with: place, where: isBetter)
      place &+= SIMD4(repeating: 4)
    }
    var best: (worth: Double, place: Int) = (0, -1)
    for lane in 0..<4 where found[lane] >= 0 {
      let worth = above[lane] / below[lane]
      if best.place < 0 || worth > best.worth || worth == best.worth && Int(found[lane]) < best.place {
        best = (worth, Int(found[lane]))
      }
    }
    return best
  }
}
