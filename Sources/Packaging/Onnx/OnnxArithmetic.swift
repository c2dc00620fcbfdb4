import Expressions
import Glibc
import Scoring
import Tables

extension OnnxLowering {
  /// Missing where the computation gave no value of its type.
  mutating func settled(_ name: String, _ type: ColumnType) -> String {
    switch type {
    case .float: builder.finite(name)
    case .int, .datetime: builder.int64(name)
    case .date:
      builder.choose(
        builder.both(builder.atMost(builder.number(-0x1p31), name), builder.less(name, 0x1p31)), name,
        builder.number(.nan))
    case .bool, .text, .vector: name
    }
  }

  /// `+` of numbers, and of a moment and seconds.
  mutating func added(_ call: OnnxCall, _ x: [String]) -> String {
    guard call.type == .datetime else { return settled(builder.add(x[0], x[1]), call.type) }
    let (moment, seconds) = call.types[0] == .datetime ? (x[0], x[1]) : (x[1], x[0])
    return settled(builder.add(moment, microseconds(seconds)), .datetime)
  }

  /// `-` of numbers, of a moment and seconds, and of two moments, which gives the seconds between.
  mutating func subtracted(_ call: OnnxCall, _ x: [String]) -> String {
    if call.type == .datetime { return settled(builder.subtract(x[0], microseconds(x[1])), .datetime) }
    guard call.type == .float, call.types[0].isTemporal else {
      return settled(builder.subtract(x[0], x[1]), call.type)
    }
    let moments = zip(x, call.types).map { converted($0, $1, to: .datetime) }
    return builder.divide(builder.subtract(moments[0], moments[1]), OnnxTime.second)
  }

  /// The remainder with the sign of the divisor.
  mutating func remainder(_ call: OnnxCall, _ x: [String]) -> String {
    let (a, b) = (x[0], x[1])
    let rest = builder.call("Mod", [a, b], [.int("fmod", 1)])
    let crosses = builder.differ(builder.less(rest, 0), builder.less(b, 0))
    let isOff = builder.both(crosses, builder.not(builder.equal(rest, 0)))
    return settled(builder.choose(isOff, builder.add(rest, b), rest), call.type)
  }

  mutating func rounding(_ call: OnnxCall, _ x: [String]) throws(Unsupported) -> String {
    guard let digits = x.count == 1 ? 0 : call.literalInt(1) else {
      throw refusal("the digits of `round` have to be a literal")
    }
    if call.type == .int, digits >= 0 { return x[0] }
    if call.type == .float, digits == 0 { return builder.rounded(x[0]) }
    if digits >= 300 { return x[0] }
    if digits <= (call.type == .int ? -19 : -300) {
      return builder.missing(where: builder.isNaN(x[0]), else: builder.number(0))
    }
    let unit = pow(10, Double(digits.magnitude))
    let scaled = digits > 0 ? builder.multiply(x[0], unit) : builder.divide(x[0], unit)
    let whole = builder.rounded(scaled)
    let result = digits > 0 ? builder.divide(whole, unit) : builder.multiply(whole, unit)
    // Past 52 bits there is no fraction left to round.
    let fits = builder.less(builder.abs(scaled), 0x1p52)
    return settled(builder.choose(fits, result, x[0]), call.type)
  }

  mutating func least(_ call: OnnxCall, _ x: [String], greatest: Bool) -> String {
    let all = zip(x, call.types).map { converted($0, $1, to: call.type) }
    return all.dropFirst().reduce(all[0]) { least($0, $1, greatest: greatest) }
  }

  mutating func clamped(_ call: OnnxCall, _ x: [String]) -> String {
    let all = zip(x, call.types).map { converted($0, $1, to: call.type) }
    return least(least(all[0], all[1], greatest: true), all[2], greatest: false)
  }

  /// Missing if either is, which ONNX's own Min and Max leave to the runtime.
  private mutating func least(_ a: String, _ b: String, greatest: Bool) -> String {
    let wins = greatest ? builder.less(a, b) : builder.less(b, a)
    return builder.choose(builder.either(wins, builder.isNaN(b)), b, a)
  }

  /// Scaled by the longer side, so that squares neither overflow nor vanish.
  mutating func length(_ x: [String]) -> String {
    let (a, b) = (builder.abs(x[0]), builder.abs(x[1]))
    let long = least(a, b, greatest: true)
    let ratio = builder.divide(least(a, b, greatest: false), long)
    let scaled = builder.call("Sqrt", [builder.add(builder.multiply(ratio, ratio), 1)])
    return settled(builder.choose(builder.equal(long, 0), long, builder.multiply(long, scaled)), .float)
  }

  mutating func power(_ x: [String]) -> String {
    // 1 ^ missing and missing ^ 0 are missing here, and 1 to a runtime.
    let missing = builder.either(builder.isNaN(x[0]), builder.isNaN(x[1]))
    return settled(builder.missing(where: missing, else: builder.call("Pow", x)), .float)
  }
}

extension OnnxBuilder {
  /// Exact near 0 by W. Kahan's correction: the rounding of 1 + x is divided out again.
  mutating func log1p(_ x: String) -> String {
    let u = add(x, 1)
    let corrected = divide(multiply(call("Log", [u]), x), subtract(u, 1))
    let log = choose(less(abs(x), 1), corrected, call("Log", [u]))
    return choose(equal(u, 1), x, log)
  }

  /// Whole for the powers of the base, which a quotient of logarithms misses by a rounding that `floor` makes 1 of.
  mutating func logarithm(_ x: String, base: Double) -> String {
    let quotient = divide(call("Log", [x]), log(base))
    let whole = floor(add(quotient, 0.5))
    return choose(equal(call("Pow", [number(base), whole]), x), whole, quotient)
  }

  mutating func expm1(_ x: String) -> String {
    let u = call("Exp", [x])
    let shifted = subtract(u, 1)
    let corrected = divide(multiply(shifted, x), call("Log", [u]))
    let result = choose(less(abs(x), 1), corrected, shifted)
    return choose(equal(u, 1), x, result)
  }

  /// e^x / 2, in two halves so that it overflows no sooner than sinh does.
  mutating func halfExp(_ x: String) -> String {
    let root = call("Exp", [multiply(x, 0.5)])
    return multiply(multiply(root, 0.5), root)
  }

  mutating func sinh(_ x: String) -> String {
    let shifted = expm1(x)
    let near = multiply(add(shifted, divide(shifted, add(shifted, 1))), 0.5)
    let far = subtract(halfExp(x), halfExp(negate(x)))
    return choose(less(abs(x), 1), near, far)
  }
}
