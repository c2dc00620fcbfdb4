/// What a text is as a number.
public struct WrittenNumber: Sendable {
  public enum Kind: UInt8, Sendable {
    case none, int, float
    /// Digits only, beyond 64 bits.
    case big
    /// `inf`, `-inf`, `infinity` in any case, and what is too large for a double. No table holds it.
    case infinite
  }

  public let kind: Kind
  /// An int's bits, or a double's for the other kinds.
  public let bits: UInt64

  @inlinable @inline(__always)
  public init(_ kind: Kind, _ bits: UInt64 = 0) {
    self.kind = kind
    self.bits = bits
  }

  /// The value as an int: `1.0` is one where ints are asked for, but from 2^53 on the digits that were written are no longer known.
  public var whole: Int64? {
    switch kind {
    case .int: Int64(bitPattern: bits)
    case .float: abs(double) < 0x1p53 ? Int64(exactly: double) : nil
    case .none, .big, .infinite: nil
    }
  }

  /// The value as a double.
  @inlinable @inline(__always)
  public var double: Double {
    kind == .int ? Double(Int64(bitPattern: bits)) : Double(bitPattern: bits)
  }
}
