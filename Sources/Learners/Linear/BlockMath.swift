/// Numbers of which chunks of columns are made, with the two loops in which linear models spend their time. Each sum has an order
/// of its own that never changes. Pointers are aligned to 64 bytes and `rows` is a multiple of 16.
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
      sums[column] += sumA.sum()
      sums[column &+ 1] += sumB.sum()
      sums[column &+ 2] += sumC.sum()
      sums[column &+ 3] += sumD.sum()
      column &+= 4
    }
    while column < count {
      let a = Self.lanes(columns + column &* rows)
      var sum = SIMD4<Double>.zero
      for lane in 0..<lanes { sum += vector[lane] * a[lane] }
      sums[column] += sum.sum()
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
      sums[column] += Double(sumA.sum())
      sums[column &+ 1] += Double(sumB.sum())
      sums[column &+ 2] += Double(sumC.sum())
      sums[column &+ 3] += Double(sumD.sum())
      column &+= 4
    }
    while column < count {
      let a = Self.lanes(columns + column &* rows)
      var sum = SIMD8<Float>.zero
      for lane in 0..<lanes { sum += vector[lane] * a[lane] }
      sums[column] += Double(sum.sum())
      column &+= 1
    }
  }

  @inline(__always)
  private static func lanes(_ values: UnsafePointer<Float>) -> UnsafePointer<SIMD8<Float>> {
    UnsafeRawPointer(values).assumingMemoryBound(to: SIMD8<Float>.self)
  }
}
