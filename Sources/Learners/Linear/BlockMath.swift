import CVector

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
    guard rows == 32 else { return BlockKernels<SIMD4<Double>>.combine(weights, columns, count, rows, target) }
    mlp_combine32_doubles(weights, columns, count, target)
  }

  @inline(never)
  static func project(
    _ vector: UnsafePointer<Double>, _ columns: UnsafePointer<Double>, columns count: Int, rows: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    guard rows == 32 else { return BlockKernels<SIMD4<Double>>.project(vector, columns, count, rows, sums) }
    mlp_project32_doubles(vector, columns, count, sums)
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
    guard rows == 32 else { return BlockKernels<SIMD8<Float>>.combine(weights, columns, count, rows, target) }
    mlp_combine32(weights, columns, count, target)
  }

  @inline(never)
  static func project(
    _ vector: UnsafePointer<Float>, _ columns: UnsafePointer<Float>, columns count: Int, rows: Int,
    into sums: UnsafeMutablePointer<Double>
  ) {
    guard rows == 32 else { return BlockKernels<SIMD8<Float>>.project(vector, columns, count, rows, sums) }
    mlp_project32(vector, columns, count, sums)
  }
}

/// Lanes with the arithmetic of the kernels by name: as operators the generic ones, which go lane by lane, would be taken.
protocol BlockLanes: SIMD where Scalar: BlockScalar {
  static func sum(_ a: Self, _ b: Self) -> Self
  static func product(_ a: Self, _ b: Self) -> Self
  /// The sum of the lanes in halves, of which each step waits for one before it only.
  var folded: Scalar { get }
}

extension SIMD4: BlockLanes where Scalar == Double {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a * b }
  @inline(__always) var folded: Double {
    let half = lowHalf + highHalf
    return half[0] + half[1]
  }
}

extension SIMD8: BlockLanes where Scalar == Float {
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func product(_ a: Self, _ b: Self) -> Self { a * b }
  @inline(__always) var folded: Float {
    let half = lowHalf + highHalf
    let quarter = half.lowHalf + half.highHalf
    return quarter[0] + quarter[1]
  }
}

/// The kernels for lanes of either scalar; in the functions of the scalars they are as fast as if written for each.
private enum BlockKernels<Lanes: BlockLanes> {
  typealias Scalar = Lanes.Scalar

  @inline(__always)
  static func combine(
    _ weights: UnsafePointer<Scalar>, _ columns: UnsafePointer<Scalar>, _ count: Int, _ rows: Int,
    _ target: UnsafeMutablePointer<Scalar>
  ) {
    let lanes = rows / Lanes.scalarCount
    let target = UnsafeMutableRawPointer(target).assumingMemoryBound(to: Lanes.self)
    var column = 0
    while column &+ 4 <= count {
      let (a, b, c, d) = four(columns + column &* rows, rows)
      let (wa, wb) = (Lanes(repeating: weights[column]), Lanes(repeating: weights[column &+ 1]))
      let (wc, wd) = (Lanes(repeating: weights[column &+ 2]), Lanes(repeating: weights[column &+ 3]))
      for lane in 0..<lanes {
        let left = Lanes.sum(.product(wa, a[lane]), .product(wb, b[lane]))
        let right = Lanes.sum(.product(wc, c[lane]), .product(wd, d[lane]))
        target[lane] = .sum(target[lane], .sum(left, right))
      }
      column &+= 4
    }
    while column < count {
      let (a, weight) = (self.lanes(columns + column &* rows), Lanes(repeating: weights[column]))
      for lane in 0..<lanes { target[lane] = .sum(target[lane], .product(weight, a[lane])) }
      column &+= 1
    }
  }

  @inline(__always)
  static func project(
    _ vector: UnsafePointer<Scalar>, _ columns: UnsafePointer<Scalar>, _ count: Int, _ rows: Int,
    _ sums: UnsafeMutablePointer<Double>
  ) {
    let (lanes, vector) = (rows / Lanes.scalarCount, lanes(vector))
    var column = 0
    while column &+ 4 <= count {
      let (a, b, c, d) = four(columns + column &* rows, rows)
      var (sumA, sumB) = (Lanes(repeating: 0), Lanes(repeating: 0))
      var (sumC, sumD) = (Lanes(repeating: 0), Lanes(repeating: 0))
      for lane in 0..<lanes {
        let value = vector[lane]
        sumA = .sum(sumA, .product(value, a[lane]))
        sumB = .sum(sumB, .product(value, b[lane]))
        sumC = .sum(sumC, .product(value, c[lane]))
        sumD = .sum(sumD, .product(value, d[lane]))
      }
      sums[column] += Double(sumA.folded)
      sums[column &+ 1] += Double(sumB.folded)
      sums[column &+ 2] += Double(sumC.folded)
      sums[column &+ 3] += Double(sumD.folded)
      column &+= 4
    }
    while column < count {
      let a = self.lanes(columns + column &* rows)
      var sum = Lanes(repeating: 0)
      for lane in 0..<lanes { sum = .sum(sum, .product(vector[lane], a[lane])) }
      sums[column] += Double(sum.folded)
      column &+= 1
    }
  }

  /// Four columns side by side.
  @inline(__always)
  private static func four(_ columns: UnsafePointer<Scalar>, _ rows: Int)
    -> (UnsafePointer<Lanes>, UnsafePointer<Lanes>, UnsafePointer<Lanes>, UnsafePointer<Lanes>)
  {
    (lanes(columns), lanes(columns + rows), lanes(columns + 2 &* rows), lanes(columns + 3 &* rows))
  }

  @inline(__always)
  private static func lanes(_ values: UnsafePointer<Scalar>) -> UnsafePointer<Lanes> {
    UnsafeRawPointer(values).assumingMemoryBound(to: Lanes.self)
  }
}
