import Kernels

/// Orthogonal triangularisation by Householder reflections (Golub & Van Loan, Matrix Computations, 5.2), on columns one after the
/// other in memory.
enum Householder {
  /// Below this length a column is what rounding left of rounding, and squares would underflow: nothing is there.
  private static let nothing = 1e-140

  /// Reduces the `rows` × `columns` matrix to its triangle in place; what is below the diagonal becomes zero. The columns'
  /// order is kept. Ends early when cancelled. O(rows × columns²).
  static func triangularise(_ matrix: UnsafeMutablePointer<Double>, rows: Int, columns: Int, _ progress: Progress) {
    for step in 0..<min(rows, columns) {
      if progress.isCancelled { return }
      reflect(matrix, step, rows: rows, columns: columns)
    }
  }

  /// Zeroes column `step` below the diagonal and applies the reflection to the columns behind it.
  static func reflect(_ matrix: UnsafeMutablePointer<Double>, _ step: Int, rows: Int, columns: Int) {
    let length = rows - step
    let pivot = matrix + step * rows + step
    let size = dot(pivot, pivot, length).squareRoot()
    guard size > nothing else {
      pivot.update(repeating: 0, count: length)
      return
    }
    let head = pivot[0]
    let diagonal = head > 0 ? -size : size
    // The reflection vector is the column with its head changed; 2 / (its squared length) is this factor.
    pivot[0] = head - diagonal
    let factor = 1 / (size * (size + abs(head)))
    nonisolated(unsafe) let (vector, base) = (pivot, matrix)
    @Sendable func apply(_ column: Int) {
      let target = base + column * rows + step
      add(-factor * dot(vector, target, length), vector, to: target, length)
    }
    // A loop of threads costs about as much as this many products.
    if (columns - step) * length > 1 << 18 {
      let behind = columns - step - 1
      parallelChunks(of: behind, size: 64) { _, places in for place in places { apply(step + 1 + place) } }
    } else {
      for column in (step + 1)..<max(columns, step + 1) { apply(column) }
    }
    pivot[0] = diagonal
    for row in 1..<max(length, 1) { pivot[row] = 0 }
  }

  @inline(never)
  static func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    var first = SIMD4<Double>.zero
    var second = SIMD4<Double>.zero
    let (rawA, rawB) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    var place = 0
    while place &+ 8 <= count {
      let byte = place &* 8
      first +=
        rawA.loadUnaligned(fromByteOffset: byte, as: SIMD4<Double>.self)
        * rawB.loadUnaligned(fromByteOffset: byte, as: SIMD4<Double>.self)
      second +=
        rawA.loadUnaligned(fromByteOffset: byte &+ 32, as: SIMD4<Double>.self)
        * rawB.loadUnaligned(fromByteOffset: byte &+ 32, as: SIMD4<Double>.self)
      place &+= 8
    }
    var sum = (first + second).sum()
    while place < count {
      sum += a[place] * b[place]
      place &+= 1
    }
    return sum
  }

  /// target += factor · vector
  @inline(never)
  static func add(
    _ factor: Double, _ vector: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for place in 0..<count { target[place] += factor * vector[place] }
  }
}
