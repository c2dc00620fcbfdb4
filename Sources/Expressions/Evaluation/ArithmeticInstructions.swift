import Glibc

extension Registers {
  // MARK: Floats

  @inline(__always)
  private func map(_ a: Register, _ out: Register, _ rows: Int, _ apply: (Double) -> Double) {
    follow(a, out, rows)
    let x = blocks[a].floats
    let z = blocks[out].floats
    var seen: UInt64 = 0
    for i in 0..<rows {
      let value = apply(x[i])
      z[i] = value
      seen |= Self.exponentProbe(value)
    }
    if seen >> 63 != 0 { settle(out, rows) }
  }

  @inline(__always)
  private func map(_ a: Register, _ b: Register, _ out: Register, _ rows: Int, _ apply: (Double, Double) -> Double) {
    follow(a, b, out, rows)
    let x = blocks[a].floats
    let y = blocks[b].floats
    let z = blocks[out].floats
    var seen: UInt64 = 0
    for i in 0..<rows {
      let value = apply(x[i], y[i])
      z[i] = value
      seen |= Self.exponentProbe(value)
    }
    if seen >> 63 != 0 { settle(out, rows) }
  }

  /// The top bit is set just for an infinite value or not-a-number, whose exponent is all ones.
  @inline(__always)
  private static func exponentProbe(_ value: Double) -> UInt64 {
    (value.bitPattern & 0x7FF0_0000_0000_0000) &+ 0x0010_0000_0000_0000
  }

  /// Makes each cell without a finite value missing.
  func settle(_ out: Register, _ rows: Int) {
    for i in 0..<rows where !blocks[out].floats[i].isFinite {
      blocks[out].floats[i] = 0
      if isValid(out, i) { fail(out, i, rows) }
    }
  }

  func float1(_ op: UnaryMathematics, _ a: Register, _ out: Register, _ rows: Int) {
    switch op {
    case .negate: map(a, out, rows) { -$0 }
    case .abs: map(a, out, rows) { $0.magnitude }
    case .sign: map(a, out, rows) { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
    case .sqrt: map(a, out, rows) { $0.squareRoot() }
    case .exp: map(a, out, rows) { Glibc.exp($0) }
    case .log: map(a, out, rows) { Glibc.log($0) }
    case .log2: map(a, out, rows) { Glibc.log2($0) }
    case .log10: map(a, out, rows) { Glibc.log10($0) }
    case .log1p: map(a, out, rows) { Glibc.log1p($0) }
    case .expm1: map(a, out, rows) { Glibc.expm1($0) }
    case .floor: map(a, out, rows) { $0.rounded(.down) }
    case .ceil: map(a, out, rows) { $0.rounded(.up) }
    case .trunc: map(a, out, rows) { $0.rounded(.towardZero) }
    case .sin: map(a, out, rows) { Glibc.sin($0) }
    case .cos: map(a, out, rows) { Glibc.cos($0) }
    case .tan: map(a, out, rows) { Glibc.tan($0) }
    case .asin: map(a, out, rows) { Glibc.asin($0) }
    case .acos: map(a, out, rows) { Glibc.acos($0) }
    case .atan: map(a, out, rows) { Glibc.atan($0) }
    case .sinh: map(a, out, rows) { Glibc.sinh($0) }
    case .cosh: map(a, out, rows) { Glibc.cosh($0) }
    case .tanh: map(a, out, rows) { Glibc.tanh($0) }
    case .sigmoid: map(a, out, rows) { sigmoid($0) }
    }
  }

  func float2(_ op: Arithmetic, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    switch op {
    case .add: map(a, b, out, rows) { $0 + $1 }
    case .subtract: map(a, b, out, rows) { $0 - $1 }
    case .multiply: map(a, b, out, rows) { $0 * $1 }
    case .divide: map(a, b, out, rows) { $0 / $1 }
    case .floorDivide: map(a, b, out, rows) { ($0 / $1).rounded(.down) }
    case .mod: map(a, b, out, rows) { floorRemainder($0, $1) }
    case .power: map(a, b, out, rows) { Glibc.pow($0, $1) }
    case .min: map(a, b, out, rows) { $1 < $0 ? $1 : $0 }
    case .max: map(a, b, out, rows) { $1 > $0 ? $1 : $0 }
    case .atan2: map(a, b, out, rows) { Glibc.atan2($0, $1) }
    case .hypot: map(a, b, out, rows) { Glibc.hypot($0, $1) }
    }
  }

  // MARK: Ints

  @inline(__always)
  private func mapInts(
    _ a: Register, _ b: Register, _ out: Register, _ rows: Int, _ apply: (Int64, Int64) -> (Int64, Bool)
  ) {
    follow(a, b, out, rows)
    let x = blocks[a].ints
    let y = blocks[b].ints
    let z = blocks[out].ints
    for i in 0..<rows {
      let (value, overflow) = apply(x[i], y[i])
      z[i] = value
      if overflow { failInt(out, i, rows) }
    }
  }

  private func failInt(_ out: Register, _ row: Int, _ rows: Int) {
    blocks[out].ints[row] = 0
    // What stands in a missing cell is a filler, and its overflow is nobody's.
    if isValid(out, row) { fail(out, row, rows) }
  }

  func int2(_ op: Arithmetic, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    switch op {
    case .add: mapInts(a, b, out, rows) { $0.addingReportingOverflow($1) }
    case .subtract: mapInts(a, b, out, rows) { $0.subtractingReportingOverflow($1) }
    case .multiply: mapInts(a, b, out, rows) { $0.multipliedReportingOverflow(by: $1) }
    case .floorDivide: mapInts(a, b, out, rows) { floorQuotient($0, $1) }
    case .mod: mapInts(a, b, out, rows) { floorRemainder($0, $1) }
    case .min: mapInts(a, b, out, rows) { (Swift.min($0, $1), false) }
    case .max: mapInts(a, b, out, rows) { (Swift.max($0, $1), false) }
    // The compiler makes these of floats.
    case .divide, .power, .atan2, .hypot: break
    }
  }

  func int1(_ op: UnaryMathematics, _ a: Register, _ out: Register, _ rows: Int) {
    switch op {
    case .negate: mapInts(a, a, out, rows) { x, _ in (0 as Int64).subtractingReportingOverflow(x) }
    case .abs: mapInts(a, a, out, rows) { x, _ in x < 0 ? (0 as Int64).subtractingReportingOverflow(x) : (x, false) }
    case .sign: mapInts(a, a, out, rows) { x, _ in (x.signum(), false) }
    // The compiler makes these of floats, or leaves an int as it is.
    case .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .floor, .ceil, .trunc, .sin, .cos, .tan, .asin, .acos, .atan,
      .sinh, .cosh, .tanh, .sigmoid:
      break
    }
  }

  // MARK: Rounding

  func roundFloat(_ a: Register, _ digits: Register, _ out: Register, _ rows: Int) {
    follow(a, digits, out, rows)
    for i in 0..<rows { blocks[out].floats[i] = rounded(blocks[a].floats[i], blocks[digits].ints[i]) }
  }

  func roundInt(_ a: Register, _ digits: Register, _ out: Register, _ rows: Int) {
    mapInts(a, digits, out, rows) { value, digits in
      guard digits < 0 else { return (value, false) }
      guard digits > -19 else { return (0, false) }
      var unit: Int64 = 1
      for _ in 0..<(-digits) { unit *= 10 }
      let remainder = value % unit
      let down = value - remainder
      guard remainder.magnitude >= unit.magnitude / 2 else { return (down, false) }
      return down.addingReportingOverflow(value < 0 ? -unit : unit)
    }
  }
}

/// 1 / (1 + e^-x), without overflow on either side.
@inline(__always)
package func sigmoid(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}

/// Rounded to `digits` after the point (before it, if negative), halves away from 0.
func rounded(_ value: Double, _ digits: Int64) -> Double {
  if digits == 0 { return value.rounded(.toNearestOrAwayFromZero) }
  // Past 15 digits in all, a double has nothing left to round.
  guard digits < 300 else { return value }
  guard digits > -300 else { return 0 }
  let unit = pow(10, Double(digits.magnitude))
  let scaled = digits > 0 ? value * unit : value / unit
  guard scaled.magnitude < 0x1p52 else { return value }
  let whole = scaled.rounded(.toNearestOrAwayFromZero)
  return digits > 0 ? whole / unit : whole * unit
}

/// a - b * floor(a / b), computed without rounding on the way; the sign is that of b.
func floorRemainder(_ a: Double, _ b: Double) -> Double {
  let remainder = fmod(a, b)
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
}

private func floorQuotient(_ a: Int64, _ b: Int64) -> (Int64, Bool) {
  guard b != 0 else { return (0, true) }
  let (quotient, overflow) = a.dividedReportingOverflow(by: b)
  guard !overflow else { return (0, true) }
  return (quotient &* b != a && (a < 0) != (b < 0) ? quotient - 1 : quotient, false)
}

private func floorRemainder(_ a: Int64, _ b: Int64) -> (Int64, Bool) {
  guard b != 0 else { return (0, true) }
  // The least Int64 by -1 overflows in the quotient only; nothing remains.
  let (remainder, _) = a.remainderReportingOverflow(dividingBy: b)
  return (remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder, false)
}
