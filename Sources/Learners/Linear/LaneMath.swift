/// Loops over columns of lanes, each sum in an order of its own that never changes.
enum LaneMath {
  typealias Lanes = ChunkedDesign.Lanes

  @inline(never)
  static func dot(_ a: UnsafePointer<Lanes>, _ b: UnsafePointer<Lanes>, _ count: Int) -> Double {
    var even = Lanes.zero
    var odd = Lanes.zero
    var place = 0
    while place < count {
      even += a[place] * b[place]
      odd += a[place &+ 1] * b[place &+ 1]
      place &+= 2
    }
    return (even + odd).sum()
  }

  /// target += factor · vector
  @inline(never)
  static func add(
    _ factor: Double, _ vector: UnsafePointer<Lanes>, to target: UnsafeMutablePointer<Lanes>, _ count: Int
  ) {
    let factors = Lanes(repeating: factor)
    for place in 0..<count { target[place] += factors * vector[place] }
  }

  @inline(never)
  static func multiply(
    _ a: UnsafePointer<Lanes>, _ b: UnsafePointer<Lanes>, into target: UnsafeMutablePointer<Lanes>, _ count: Int
  ) {
    for place in 0..<count { target[place] = a[place] * b[place] }
  }

  /// `vector` times each of the columns; four at a time, so that each value of the vector is read once for four.
  @inline(__always)
  static func dots(
    _ vector: UnsafePointer<Lanes>, _ columns: UnsafePointer<Lanes>, columns width: Int, _ count: Int,
    _ take: (Int, Double) -> Void
  ) {
    var column = 0
    while column &+ 4 <= width {
      let sums = four(vector, columns + column &* count, count)
      take(column, sums[0])
      take(column &+ 1, sums[1])
      take(column &+ 2, sums[2])
      take(column &+ 3, sums[3])
      column &+= 4
    }
    while column < width {
      take(column, dot(vector, columns + column &* count, count))
      column &+= 1
    }
  }

  @inline(never)
  private static func four(_ vector: UnsafePointer<Lanes>, _ columns: UnsafePointer<Lanes>, _ count: Int) -> Lanes {
    let (a, b, c, d) = (columns, columns + count, columns + 2 &* count, columns + 3 &* count)
    var (sumA, sumB, sumC, sumD) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for place in 0..<count {
      let value = vector[place]
      sumA += value * a[place]
      sumB += value * b[place]
      sumC += value * c[place]
      sumD += value * d[place]
    }
    return Lanes(sumA.sum(), sumB.sum(), sumC.sum(), sumD.sum())
  }
}
