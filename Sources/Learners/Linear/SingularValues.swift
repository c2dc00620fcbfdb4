import Kernels

/// The singular value decomposition of a small square matrix by one-sided Jacobi rotations (Hestenes 1958; Demmel & Veselić 1992),
/// which finds small singular values to their own digits.
struct SingularValues {
  /// Column after column the left vectors, each times its singular value.
  let scaled: [Double]
  /// Column after column the right vectors.
  let right: [Double]
  let size: Int

  private static let mostSweeps = 60

  /// `matrix` holds `size` columns of `size` values. Ends early when cancelled. O(size³) a sweep, of which there are some six.
  init(_ matrix: [Double], size: Int, _ progress: Progress) {
    var (columns, right) = (matrix, [Double](repeating: 0, count: size * size))
    for place in 0..<size { right[place * size + place] = 1 }
    columns.withUnsafeMutableBufferPointer { columns in
      right.withUnsafeMutableBufferPointer { right in
        guard let a = columns.baseAddress, let v = right.baseAddress else { return }
        for _ in 0..<Self.mostSweeps where !progress.isCancelled {
          if !Self.sweep(a, v, size) { break }
        }
      }
    }
    (scaled, self.right, self.size) = (columns, right, size)
  }

  /// Rotates each pair of columns that are not orthogonal; false where there is none.
  private static func sweep(_ a: UnsafeMutablePointer<Double>, _ v: UnsafeMutablePointer<Double>, _ size: Int) -> Bool {
    var isTurned = false
    for p in 0..<size {
      for q in p + 1..<max(size, p + 1) {
        let (x, y) = (a + p * size, a + q * size)
        let (xx, yy) = (Householder.dot(x, x, size), Householder.dot(y, y, size))
        let xy = Householder.dot(x, y, size)
        guard abs(xy) > 0x1p-52 * (xx * yy).squareRoot(), xy.isFinite else { continue }
        isTurned = true
        let ratio = (yy - xx) / (2 * xy)
        let tangent = (ratio < 0 ? -1 : 1) / (abs(ratio) + (1 + ratio * ratio).squareRoot())
        let cosine = 1 / (1 + tangent * tangent).squareRoot()
        turn(x, y, cosine, cosine * tangent, size)
        turn(v + p * size, v + q * size, cosine, cosine * tangent, size)
      }
    }
    return isTurned
  }

  private static func turn(
    _ x: UnsafeMutablePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ cosine: Double, _ sine: Double, _ size: Int
  ) {
    for place in 0..<size {
      let (one, other) = (x[place], y[place])
      x[place] = cosine * one - sine * other
      y[place] = sine * one + cosine * other
    }
  }
}
