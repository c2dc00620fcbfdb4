import Expressions
import Glibc
import Scoring
import Tables

extension OnnxLowering {
  /// Arithmetic and mathematics over numbers; nil for what belongs elsewhere.
  mutating func arithmetic(_ call: OnnxCall) throws(Unsupported) -> OnnxValue? {
    guard let x = call.numbers else { return nil }
    if let result = try sums(call, x) { return .number(result) }
    return (extremes(call, x) ?? exponentials(call, x)).map(OnnxValue.number)
  }

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

  private mutating func sums(_ call: OnnxCall, _ x: [String]) throws(Unsupported) -> String? {
    switch call.function {
    case .add: return settled(builder.add(x[0], x[1]), call.type)
    case .subtract: return settled(builder.subtract(x[0], x[1]), call.type)
    case .multiply: return settled(builder.multiply(x[0], x[1]), call.type)
    case .divide: return settled(builder.divide(x[0], x[1]), .float)
    case .floorDivide: return settled(builder.floor(builder.divide(x[0], x[1])), call.type)
    case .mod: return settled(remainder(x[0], x[1]), call.type)
    case .negate: return settled(builder.negate(x[0]), call.type)
    case .abs: return settled(builder.abs(x[0]), call.type)
    case .sign: return builder.call("Sign", [x[0]])
    case .round: return try rounding(call, x)
    case .floor: return call.type == .int ? x[0] : builder.floor(x[0])
    case .ceil: return call.type == .int ? x[0] : builder.call("Ceil", [x[0]])
    case .trunc: return call.type == .int ? x[0] : builder.truncated(x[0])
    default: return nil
    }
  }

  /// The remainder with the sign of the divisor.
  private mutating func remainder(_ a: String, _ b: String) -> String {
    let rest = builder.call("Mod", [a, b], [.int("fmod", 1)])
    let crosses = builder.differ(builder.less(rest, 0), builder.less(b, 0))
    let isOff = builder.both(crosses, builder.not(builder.equal(rest, 0)))
    return builder.choose(isOff, builder.add(rest, b), rest)
  }

  private mutating func rounding(_ call: OnnxCall, _ x: [String]) throws(Unsupported) -> String {
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

  private mutating func extremes(_ call: OnnxCall, _ x: [String]) -> String? {
    let all = zip(x, call.types).map { converted($0, $1, to: call.type) }
    switch call.function {
    case .min, .max: return all.dropFirst().reduce(all[0]) { least($0, $1, greatest: call.function == .max) }
    case .clamp: return least(least(all[0], all[1], greatest: true), all[2], greatest: false)
    case .hypot: return settled(length(x[0], x[1]), .float)
    default: return nil
    }
  }

  /// Missing if either is, which ONNX's own Min and Max leave to the runtime.
  private mutating func least(_ a: String, _ b: String, greatest: Bool) -> String {
    let wins = greatest ? builder.less(a, b) : builder.less(b, a)
    return builder.choose(builder.either(wins, builder.isNaN(b)), b, a)
  }

  /// Scaled by the longer side, so that squares neither overflow nor vanish.
  private mutating func length(_ a: String, _ b: String) -> String {
    let (a, b) = (builder.abs(a), builder.abs(b))
    let long = least(a, b, greatest: true)
    let ratio = builder.divide(least(a, b, greatest: false), long)
    let scaled = builder.call("Sqrt", [builder.add(builder.multiply(ratio, ratio), 1)])
    return builder.choose(builder.equal(long, 0), long, builder.multiply(long, scaled))
  }

  private mutating func exponentials(_ call: OnnxCall, _ x: [String]) -> String? {
    let a = x[0]
    switch call.function {
    case .power, .pow:
      // 1 ^ missing and missing ^ 0 are missing here, and 1 to a runtime.
      let missing = builder.either(builder.isNaN(a), builder.isNaN(x[1]))
      return settled(builder.missing(where: missing, else: builder.call("Pow", x)), .float)
    case .sqrt: return builder.call("Sqrt", [a])
    case .exp: return settled(builder.call("Exp", [a]), .float)
    case .log: return settled(builder.call("Log", [a]), .float)
    case .log2: return settled(builder.divide(builder.call("Log", [a]), M_LN2), .float)
    case .log10: return settled(builder.divide(builder.call("Log", [a]), M_LN10), .float)
    case .log1p: return settled(log1p(a), .float)
    case .expm1: return settled(expm1(a), .float)
    case .sigmoid: return builder.call("Sigmoid", [a])
    case .sin: return builder.call("Sin", [a])
    case .cos: return builder.call("Cos", [a])
    case .tan: return settled(builder.divide(builder.call("Sin", [a]), builder.call("Cos", [a])), .float)
    case .sinh: return settled(sinh(a), .float)
    case .cosh: return settled(builder.add(halfExp(a), halfExp(builder.negate(a))), .float)
    case .tanh: return builder.call("Tanh", [a])
    default: return nil
    }
  }

  /// Exact near 0 by W. Kahan's correction: the rounding of 1 + x is divided out again.
  private mutating func log1p(_ x: String) -> String {
    let u = builder.add(x, 1)
    let corrected = builder.divide(builder.multiply(builder.call("Log", [u]), x), builder.subtract(u, 1))
    let log = builder.choose(builder.less(builder.abs(x), 1), corrected, builder.call("Log", [u]))
    return builder.choose(builder.equal(u, 1), x, log)
  }

  private mutating func expm1(_ x: String) -> String {
    let u = builder.call("Exp", [x])
    let less = builder.subtract(u, 1)
    let corrected = builder.divide(builder.multiply(less, x), builder.call("Log", [u]))
    let result = builder.choose(builder.less(builder.abs(x), 1), corrected, less)
    return builder.choose(builder.equal(u, 1), x, result)
  }

  /// e^x / 2, in two halves so that it overflows no sooner than sinh does.
  private mutating func halfExp(_ x: String) -> String {
    let root = builder.call("Exp", [builder.multiply(x, 0.5)])
    return builder.multiply(builder.multiply(root, 0.5), root)
  }

  private mutating func sinh(_ x: String) -> String {
    let less = expm1(x)
    let near = builder.multiply(builder.add(less, builder.divide(less, builder.add(less, 1))), 0.5)
    let far = builder.subtract(halfExp(x), halfExp(builder.negate(x)))
    return builder.choose(builder.less(builder.abs(x), 1), near, far)
  }
}
