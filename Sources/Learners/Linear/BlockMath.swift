/// Numbers of which chunks of columns are made, with the two loops in which linear models spend their time. Each sum has an order
/// of its own that never changes. Pointers are aligned to 64 bytes and `rows` is a multiple of 32; at 32, what is summed over many
/// columns stays in registers.
protocol BlockScalar: BinaryFloatingPoint, Sendable {
  /// target[row] += Σ weights[j] · columns[j · rows + row]
  static func combine(
    _ weights: UnsafePointer<Self>, _ columns: UnsafePointer<Self>, columns count: Int, rows: Int,
    into target: UnsafeMutablePointer<Self>)

  /// sums[j] += Σ vector[row] · columns[j · rows + row]
  static func project(
    _ vector: UnsafePointer<Self>, _ columns: UnsafePointer<Self>, columns count: Int, rows: Int,
    into sums: UnsafeMutablePointer<Double>)
}

extension Double: BlockScalar {
  @inline(never)
  static func combine(
    _ weights: UnsafePointer<Double>, _ columns: UnsafePointer<Double>, columns count: Int, rows: Int,
    into target: UnsafeMutablePointer<Double>
  ) {
    let (lanes, target) = (rows / 4, lanes(target))
    if rows == 32 {
      for tile in 0..<2 { combine(weights, Self.lanes(columns) + 4 &* tile, count, into: target + 4 &* tile) }
      return
    }
    var column = 0
    while column &+ 4 <= count {
      let (a, b) = (Self.lanes(columns + column &* rows), Self.lanes(columns + (column &+ 1) &* rows))
      let (c, d) = (Self.lanes(columns + (column &+ 2) &* rows), Self.lanes(columns + (column &+ 3) &* rows))
      let (wa, wb) = (SIMD4(repeating: weights[column]), SIMD4(repeating: weights[column &+ 1]))
      let (wc, wd) = (SIMD4(repeating: weights[column &+ 2]), SIMD4(repeating: weights[column &+ 3]))
      for lane in 0..<lanes { target[lane] += (wa * a[lane] + wb * b[lane]) + (wc * c[lane] + wd * d[lane]) }
      column &+= 4
    }
    while column < count {
      let (a, weight) = (Self.lanes(columns + column &* rows), SIMD4(repeating: weights[column]))
      for lane in 0..<lanes { target[lane] += weight * a[lane] }
      column &+= 1
    }
  }

  /// Half of a chunk of 32 rows, whose sums stay in registers.
  @inline(__always)
  private static func combine(
    _ weights: UnsafePointer<Double>, _ columns: UnsafePointer<SIMD4<Double>>, _ count: Int,
    into target: UnsafeMutablePointer<SIMD4<Double>>
  ) {
    var (a, b, c, d) = (target[0], target[1], target[2], target[3])
    for column in 0..<count {
      let (weight, values) = (SIMD4(repeating: weights[column]), columns + 8 &* column)
      a += weight * values[0]
      b += weight * values[1]
      c += weight * values[2]
      d += weight * values[3]
    }
    (target[0], target[1], target[2], target[3]) = (a, b, c, d)
  }

  @inline(never)
  static func project(
    _ vector: UnsafePointer<Double>, _ columns: UnsafePointer<Double>, columns count: Int, rows: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    let (lanes, vector) = (rows / 4, lanes(vector))
    var column = 0
    while column &+ 4 <= count {
      let (a, b) = (Self.lanes(columns + column &* rows), Self.lanes(columns + (column &+ 1) &* rows))
      let (c, d) = (Self.lanes(columns + (column &+ 2) &* rows), Self.lanes(columns + (column &+ 3) &* rows))
      var (sumA, sumB) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      var (sumC, sumD) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
      for lane in 0..<lanes {
        let value = vector[lane]
        sumA += value * a[lane]
        sumB += value * b[lane]
        sumC += value * c[lane]
        sumD += value * d[lane]
      }
      sums[column] += sumA.folded
      sums[column &+ 1] += sumB.folded
      sums[column &+ 2] += sumC.folded
      sums[column &+ 3] += sumD.folded
      column &+= 4
    }
    while column < count {
      let a = Self.lanes(columns + column &* rows)
      var sum = SIMD4<Double>.zero
      for lane in 0..<lanes { sum += vector[lane] * a[lane] }
      sums[column] += sum.folded
      column &+= 1
    }
  }

  @inline(__always)
  static func lanes(_ values: UnsafePointer<Double>) -> UnsafePointer<SIMD4<Double>> {
    UnsafeRawPointer(values).assumingMemoryBound(to: SIMD4<Double>.self)
  }

  @inline(__always)
  static func lanes(_ values: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<SIMD4<Double>> {
    UnsafeMutableRawPointer(values).assumingMemoryBound(to: SIMD4<Double>.self)
  }
}

extension Float: BlockScalar {
  @inline(never)
  static func combine(
    _ weights: UnsafePointer<Float>, _ columns: UnsafePointer<Float>, columns count: Int, rows: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    let lanes = rows / 8
    let target = UnsafeMutableRawPointer(target).assumingMemoryBound(to: SIMD8<Float>.self)
    if rows == 32 {
      var (a, b, c, d) = (target[0], target[1], target[2], target[3])
      let columns = Self.lanes(columns)
      for column in 0..<count {
        let (weight, values) = (SIMD8(repeating: weights[column]), columns + 4 &* column)
        a += weight * values[0]
        b += weight * values[1]
        c += weight * values[2]
        d += weight * values[3]
      }
      (target[0], target[1], target[2], target[3]) = (a, b, c, d)
      return
    }
    var column = 0
    while column &+ 4 <= count {
      let (a, b) = (Self.lanes(columns + column &* rows), Self.lanes(columns + (column &+ 1) &* rows))
      let (c, d) = (Self.lanes(columns + (column &+ 2) &* rows), Self.lanes(columns + (column &+ 3) &* rows))
      let (wa, wb) = (SIMD8(repeating: weights[column]), SIMD8(repeating: weights[column &+ 1]))
      let (wc, wd) = (SIMD8(repeating: weights[column &+ 2]), SIMD8(repeating: weights[column &+ 3]))
      for lane in 0..<lanes { target[lane] += (wa * a[lane] + wb * b[lane]) + (wc * c[lane] + wd * d[lane]) }
      column &+= 4
    }
    while column < count {
      let (a, weight) = (Self.lanes(columns + column &* rows), SIMD8(repeating: weights[column]))
      for lane in 0..<lanes { target[lane] += weight * a[lane] }
      column &+= 1
    }
  }

  @inline(never)
  static func project(
    _ vector: UnsafePointer<Float>, _ columns: UnsafePointer<Float>, columns count: Int, rows: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    let (lanes, vector) = (rows / 8, lanes(vector))
    if rows == 32 {
      let (a, b, c, d) = (vector[0], vector[1], vector[2], vector[3])
      let columns = Self.lanes(columns)
      for column in 0..<count {
        let values = columns + 4 &* column
        let sum = (a * values[0] + b * values[1]) + (c * values[2] + d * values[3])
        sums[column] += Double(sum.folded)
      }
      return
    }
    var column = 0
    while column &+ 4 <= count {
      let (a, b) = (Self.lanes(columns + column &* rows), Self.lanes(columns + (column &+ 1) &* rows))
      let (c, d) = (Self.lanes(columns + (column &+ 2) &* rows), Self.lanes(columns + (column &+ 3) &* rows))
      var (sumA, sumB) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
      var (sumC, sumD) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
      for lane in 0..<lanes {
        let value = vector[lane]
        sumA += value * a[lane]
        sumB += value * b[lane]
        sumC += value * c[lane]
        sumD += value * d[lane]
      }
      sums[column] += Double(sumA.folded)
      sums[column &+ 1] += Double(sumB.folded)
      sums[column &+ 2] += Double(sumC.folded)
      sums[column &+ 3] += Double(sumD.folded)
      column &+= 4
    }
    while column < count {
      let a = Self.lanes(columns + column &* rows)
      var sum = SIMD8<Float>.zero
      for lane in 0..<lanes { sum += vector[lane] * a[lane] }
      sums[column] += Double(sum.folded)
      column &+= 1
    }
  }

  @inline(__always)
  private static func lanes(_ values: UnsafePointer<Float>) -> UnsafePointer<SIMD8<Float>> {
    UnsafeRawPointer(values).assumingMemoryBound(to: SIMD8<Float>.self)
  }
}

extension SIMD4 where Scalar: FloatingPoint {
  /// The sum in halves, of which each step waits for one before it only.
  @inline(__always)
  var folded: Scalar {
    let half = lowHalf + highHalf
    return half[0] + half[1]
  }
}

extension SIMD8 where Scalar: FloatingPoint {
  /// The sum in halves.
  @inline(__always)
  var folded: Scalar { (lowHalf + highHalf).folded }
}
