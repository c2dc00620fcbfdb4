import Kernels
import Tables

extension ColumnDecoder {
  /// Whole numbers: of 64 bits as they are, shorter ones widened.
  mutating func integers(_ bits: Int, _ isSigned: Bool) throws(SourceError) -> Column {
    switch (bits, isSigned) {
    case (8, true): return .int(try widened(Int8.self))
    case (8, false): return .int(try widened(UInt8.self))
    case (16, true): return .int(try widened(Int16.self))
    case (16, false): return .int(try widened(UInt16.self))
    case (32, true): return .int(try widened(Int32.self))
    case (32, false): return .int(try widened(UInt32.self))
    case (64, true): return .int(try values(Int64.self))
    default: return try wide(scale: 0, bits: bits, isSigned: isSigned)
    }
  }

  private func widened<Value: FixedWidthInteger & BitwiseCopyable>(
    _ type: Value.Type
  ) throws(SourceError) -> Cells<Int64> {
    let validity = try validity()
    let short = try raw(type)
    var values = Self.mapped(short) { Int64(truncatingIfNeeded: $0) }
    Self.clear(&values, validity, 0)
    return Cells(values, validity: validity)
  }

  mutating func floats(_ bits: Int) throws(SourceError) -> Cells<Double> {
    let validity = try validity()
    var values: [Double]
    switch bits {
    case 16: values = Self.mapped(try raw(UInt16.self)) { HalfFloat.double($0) }
    case 32: values = Self.mapped(try raw(Float.self)) { Double($0) }
    default: values = try raw(Double.self)
    }
    Self.clear(&values, validity, 0)
    guard Self.hasOtherThanNumbers(values) else { return Cells(values, validity: validity) }
    let valid = onlyNumbers(&values, validity)
    return Cells(values, validity: valid)
  }

  /// Each value as another, without a look at which of them count.
  static func mapped<Value: BitwiseCopyable, Result: BitwiseCopyable>(
    _ values: [Value], _ transform: (Value) -> Result
  ) -> [Result] {
    let count = values.count
    return values.withUnsafeBufferPointer { values in
      [Result](unsafeUninitializedCapacity: count) { buffer, size in
        for row in 0..<count { buffer.initializeElement(at: row, to: transform(values[row])) }
        size = count
      }
    }
  }

  /// Whether a value is infinite or not a number. No branch in the loop, so that several are looked at at once.
  private static func hasOtherThanNumbers(_ values: [Double]) -> Bool {
    var found: UInt64 = 0
    values.withUnsafeBufferPointer { values in
      // An exponent of ones only overflows to the highest bit.
      for value in values { found |= (value.bitPattern & 0x7FF0_0000_0000_0000) &+ 0x0010_0000_0000_0000 }
    }
    return found >> 63 == 1
  }

  /// No table holds what is infinite or not a number: such cells become missing.
  private mutating func onlyNumbers(_ values: inout [Double], _ validity: Bitmap?) -> Bitmap {
    var valid = validity ?? Bitmap(repeating: true, count: values.count)
    for row in values.indices where !values[row].isFinite {
      if values[row].isNaN { losses.notNumbers += 1 } else { losses.infinite += 1 }
      values[row] = 0
      valid[row] = false
    }
    return valid
  }
}

/// Numbers of 16 bits (IEEE 754 binary16).
enum HalfFloat {
  static func double(_ bits: UInt16) -> Double {
    let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Double(bits & 0x3FF))
    let size: Double
    switch exponent {
    case 0: size = fraction * 0x1p-24
    case 31: size = fraction == 0 ? .infinity : .nan
    default: size = (1024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
    }
    return bits >> 15 == 1 ? -size : size
  }
}
