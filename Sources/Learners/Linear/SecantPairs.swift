/// Steps and the changes of the gradient over them, which correct an old or sampled curvature (Nocedal & Wright 2006, algorithm
/// 7.4, L-BFGS with the curvature as its first matrix).
struct SecantPairs {
  private static let most = 8
  private var pairs: [(step: [Double], change: [Double], inverse: Double)] = []

  mutating func removeAll() { pairs = [] }

  mutating func add(step: [Double], change: [Double]) {
    let bend = step.dot(change)
    guard bend > 0, bend.isFinite else { return }
    if pairs.count == Self.most { pairs.removeFirst() }
    pairs.append((step, change, 1 / bend))
  }

  /// The gradient times the inverse of the corrected curvature; `solve` is that of the curvature itself.
  func solve(_ gradient: [Double], _ solve: ([Double]) -> [Double]) -> [Double] {
    var right = gradient
    var lengths: [Double] = []
    for pair in pairs.reversed() {
      let length = pair.inverse * pair.step.dot(right)
      right.add(-length, pair.change)
      lengths.append(length)
    }
    var solution = solve(right)
    for (pair, length) in zip(pairs, lengths.reversed()) {
      solution.add(length - pair.inverse * pair.change.dot(solution), pair.step)
    }
    return solution
  }
}

extension [Double] {
  /// The sum of products with another array of the same length.
  func dot(_ other: [Double]) -> Double {
    withUnsafeBufferPointer { a in
      other.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return 0 }
        return Householder.dot(a, b, count)
      }
    }
  }

  /// Adds a multiple of another array of the same length.
  mutating func add(_ factor: Double, _ other: [Double]) {
    withUnsafeMutableBufferPointer { a in
      other.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        Householder.add(factor, b, to: a, other.count)
      }
    }
  }

  /// The largest magnitude.
  var largest: Double { reduce(0) { Swift.max($0, abs($1)) } }
}
