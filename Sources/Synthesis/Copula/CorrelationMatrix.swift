import Glibc

/// A symmetric matrix of correlations with ones in its diagonal, kept as its lower triangle row by row.
struct CorrelationMatrix: Sendable, Hashable {
  let size: Int
  /// `entries[place(i, j)]` for j ≤ i.
  private(set) var entries: [Double]

  /// Of what does not go together.
  init(identity size: Int) {
    self.size = size
    entries = [Double](repeating: 0, count: size * (size + 1) / 2)
    for row in 0..<size { entries[Self.place(row, row)] = 1 }
  }

  /// nil where these are not as many entries as the size needs, or none from -1 to 1.
  init?(size: Int, entries: [Double]) {
    guard size >= 0, size <= 1 << 14, entries.count == size * (size + 1) / 2,
      entries.allSatisfy({ $0 >= -1 && $0 <= 1 })
    else { return nil }
    self.size = size
    self.entries = entries
    for row in 0..<size { self.entries[Self.place(row, row)] = 1 }
  }

  @inline(__always)
  private static func place(_ row: Int, _ column: Int) -> Int { row * (row + 1) / 2 + column }

  subscript(_ row: Int, _ column: Int) -> Double {
    get { row >= column ? entries[Self.place(row, column)] : entries[Self.place(column, row)] }
    set {
      if row >= column {
        entries[Self.place(row, column)] = newValue
      } else {
        entries[Self.place(column, row)] = newValue
      }
    }
  }

  /// A weighted sum with another of the same size.
  func mixed(_ own: Double, _ other: CorrelationMatrix, _ theirs: Double) -> CorrelationMatrix {
    var mixed = self
    for place in entries.indices { mixed.entries[place] = own * entries[place] + theirs * other.entries[place] }
    return mixed
  }

  /// The same with its rows and columns in another order.
  func permuted(_ order: [Int]) -> CorrelationMatrix {
    var next = CorrelationMatrix(identity: size)
    for (row, from) in order.enumerated() {
      for column in 0...row { next[row, column] = self[from, order[column]] }
    }
    return next
  }

  // MARK: Factors

  /// The lower triangle L with L·Lᵀ the matrix (Cholesky), row by row; nil where it is not positive definite. O(size³).
  func factor() -> [Double]? {
    var factor = entries
    for row in 0..<size {
      for column in 0...row {
        let (own, other) = (Self.place(row, 0), Self.place(column, 0))
        var sum = factor[own + column]
        for k in 0..<column { sum -= factor[own + k] * factor[other + k] }
        if row == column {
          guard sum > 1e-10 else { return nil }
          factor[own + column] = sum.squareRoot()
        } else {
          factor[own + column] = sum / factor[other + column]
        }
      }
    }
    return factor
  }

  /// Beyond this size eigenvalues take too long: the matrix is mixed with the identity instead.
  private static let largest = 256

  /// The nearest matrix that is one of correlations by its eigenvalues: those below a small one are lifted to it, and the diagonal is
  /// made ones again (Higham, Computing the nearest correlation matrix, 2002, one step of it). O(size³).
  func repaired() -> CorrelationMatrix {
    if factor() != nil { return self }
    if size <= Self.largest, let lifted = lifted(), lifted.factor() != nil { return lifted }
    var share = 1.0 / 64
    while share < 1 {
      let mixed = mixed(1 - share, CorrelationMatrix(identity: size), share)
      if mixed.factor() != nil { return mixed }
      share *= 2
    }
    return CorrelationMatrix(identity: size)
  }

  private func lifted() -> CorrelationMatrix? {
    let (values, vectors) = eigen()
    let floor = 1e-4
    var next = CorrelationMatrix(identity: size)
    for row in 0..<size {
      for column in 0...row {
        var sum = 0.0
        for k in 0..<size {
          sum += max(values[k], floor) * vectors[k * size + row] * vectors[k * size + column]
        }
        next[row, column] = sum
      }
    }
    let roots = (0..<size).map { max(next[$0, $0], 1e-12).squareRoot() }
    for row in 0..<size {
      for column in 0..<row { next[row, column] = max(-1, min(1, next[row, column] / (roots[row] * roots[column]))) }
      next[row, row] = 1
    }
    return next
  }

  /// Eigenvalues with their vectors, one after the other, by Jacobi's rotations in fixed order.
  private func eigen() -> (values: [Double], vectors: [Double]) {
    let n = size
    var a = [Double](repeating: 0, count: n * n)
    var v = a
    for row in 0..<n {
      for column in 0..<n { a[row * n + column] = self[row, column] }
      v[row * n + row] = 1
    }
    for _ in 0..<30 {
      var off = 0.0
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) { off += a[p * n + q] * a[p * n + q] }
      }
      if off < 1e-18 { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where abs(a[p * n + q]) > 1e-15 { Self.rotate(&a, &v, n, p, q) }
      }
    }
    return ((0..<n).map { a[$0 * n + $0] }, v)
  }

  private static func rotate(_ a: inout [Double], _ v: inout [Double], _ n: Int, _ p: Int, _ q: Int) {
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<n {
      let (x, y) = (a[k * n + p], a[k * n + q])
      a[k * n + p] = c * x - s * y
      a[k * n + q] = s * x + c * y
    }
    for k in 0..<n {
      let (x, y) = (a[p * n + k], a[q * n + k])
      a[p * n + k] = c * x - s * y
      a[q * n + k] = s * x + c * y
      let (l, r) = (v[p * n + k], v[q * n + k])
      v[p * n + k] = c * l - s * r
      v[q * n + k] = s * l + c * r
    }
  }
}
