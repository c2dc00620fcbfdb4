/// Reads plain values as doubles.
extension FloatRule {
  /// Decimals of so many digits are told apart by doubles.
  private static let mostUnits: Int64 = 1_000_000_000_000_000

  /// Infinite values and those that are no number: no cell has one.
  static let refusal = Refusal<Double>(
    hasAny: { values, count in
      // One more than the highest exponent is a carry into the sign.
      let (exponent, one) = (UInt64(0x7FF) << 52, UInt64(1) << 52)
      var carries: UInt64 = 0
      for place in 0..<count { carries |= (values[place].bitPattern & exponent) &+ one }
      return carries >> 63 == 1
    }, isRefused: { !$0.isFinite })

  func read(
    _ page: inout ByteCursor, _ count: Int, _ target: UnsafeMutablePointer<Double>
  ) throws(ParquetFailure) {
    switch self {
    case .float16:
      let values = try page.values(count, width: 2)
      for place in 0..<count {
        target[place] = Self.half(values.loadUnaligned(fromByteOffset: place &* 2, as: UInt16.self))
      }
    case .float32:
      let values = try page.values(count, width: 4)
      for place in 0..<count {
        target[place] = Double(values.loadUnaligned(fromByteOffset: place &* 4, as: Float.self))
      }
    case .float64:
      let values = try page.values(count, width: 8)
      UnsafeMutableRawPointer(target).copyMemory(from: values, byteCount: count * 8)
    case .decimal32(let scale):
      let (values, power) = (try page.values(count, width: 4), Self.power(scale))
      for place in 0..<count {
        target[place] = Double(values.loadUnaligned(fromByteOffset: place &* 4, as: Int32.self)) / power
      }
    case .decimal64(let scale):
      let (values, power) = (try page.values(count, width: 8), Self.power(scale))
      for place in 0..<count {
        let units = values.loadUnaligned(fromByteOffset: place &* 8, as: Int64.self)
        guard units.magnitude < Self.mostUnits.magnitude else { throw Self.tooLong }
        target[place] = Double(units) / power
      }
    case .decimalBytes(let length, let scale):
      let power = Self.power(scale)
      try page.eachNumber(count, length: length) { (place, units) throws(ParquetFailure) in
        guard let units, units.magnitude < Self.mostUnits.magnitude else { throw Self.tooLong }
        target[place] = Double(units) / power
      }
    }
  }

  private static var tooLong: ParquetFailure {
    .damaged(
      "it has a decimal of more than 15 digits, which its type and statistics say it has not; as text it can be read")
  }

  /// A power of ten that a double holds: at most the twenty-second.
  private static func power(_ scale: Int) -> Double { (0..<scale).reduce(1.0) { power, _ in power * 10 } }

  /// A number of 16 bits (IEEE 754 binary16): five of the exponent, ten of the fraction.
  static func half(_ bits: UInt16) -> Double {
    let sign = bits >> 15 == 0 ? 1.0 : -1.0
    let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Double(bits & 0x3FF))
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 0x1F: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }
}
