/// Orthogonal triangularisation by Householder reflections (Golub & Van Loan, Matrix Computations, 5.2), on columns one after the
/// other in memory.
enum Householder {
  /// Reduces the `rows` × `columns` matrix to its triangle in place; what is below the diagonal becomes zero. The columns'
  /// order is kept. O(rows × columns²).
  static func triangularise(_ matrix: UnsafeMutablePointer<Double>, rows: Int, columns: Int) {
    for step in 0..<min(rows, columns) {
      reflect(matrix, step, rows: rows, columns: columns)
    }
  }

  /// Zeroes column `step` below the diagonal and applies the reflection to the columns behind it.
  static func reflect(_ matrix: UnsafeMutablePointer<Double>, _ step: Int, rows: Int, columns: Int) {
    let length = rows - step
    let pivot = matrix + step * rows + step
    let size = dot(pivot, pivot, length).squareRoot()
    guard size > 0 else { return }
    let head = pivot[0]
    let diagonal = head > 0 ? -size : size
    // The reflection vector is the column with its head changed; 2 / (its squared length) is this factor.
    pivot[0] = head - diagonal
    let factor = 1 / (size * (size + abs(head)))
    for column in (step + 1)..<max(columns, step + 1) {
      let target = matrix + column * rows + step
      add(-factor * dot(pivot, target, length), pivot, to: target, length)
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
