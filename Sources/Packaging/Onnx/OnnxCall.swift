import Expressions
import Glibc
import Scoring
import Tables

/// A call with its arguments lowered.
struct OnnxCall {
  let function: Function
  let arguments: [Expression]
  let values: [OnnxValue]
  let type: ColumnType

  var types: [ColumnType] { arguments.map(\.type) }

  /// The tensors of the arguments that are numbers.
  var numbers: [String] { values.compactMap { if case .number(let name) = $0 { name } else { nil } } }

  func literalText(_ place: Int) -> String? {
    if arguments.indices.contains(place), case .literal(.text(let text)) = arguments[place] { text } else { nil }
  }

  func literalInt(_ place: Int) -> Int64? {
    if arguments.indices.contains(place), case .literal(.int(let value)) = arguments[place] { value } else { nil }
  }
}

extension OnnxLowering {
  /// A call of a function as ONNX has it. Apart from `call`, so that its long frame is not on the stack once for each level.
  @inline(never)
  mutating func form(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    let values = call.values
    switch call.function {
    case .equal: return try comparison(.equal, call)
    case .notEqual: return try comparison(.notEqual, call)
    case .less: return try comparison(.less, call)
    case .lessOrEqual: return try comparison(.lessOrEqual, call)
    case .greater: return try comparison(.greater, call)
    case .greaterOrEqual: return try comparison(.greaterOrEqual, call)
    case .between: return try within(call)
    case .in: return try membership(call)
    case .and: return try joined(values, winner: 0)
    case .or: return try joined(values, winner: 1)
    case .isMissing: return .number(builder.double(missing(values[0])))
    case .isPresent: return .number(builder.double(builder.not(missing(values[0]))))
    case .ifElse: return try choice(call)
    case .coalesce: return try coalesced(call)
    case .concat: return try joinedTexts(values)
    case .contains: return try test(call) { "(?s:.*)\($0)(?s:.*)" }
    case .startsWith: return try test(call) { "\($0)(?s:.*)" }
    case .endsWith: return try test(call) { "(?s:.*)\($0)" }
    case .matches: return try search(call)
    case .text: return try text(values[0], call.types[0])
    case .int, .float, .bool, .date, .datetime: return try conversion(call)
    case .dateTrunc, .dateAdd: return try moved(call)

    case .add:
      if call.type == .text { return try joinedTexts(values) }
      return .number(added(call, try numbers(call)))
    case .subtract: return .number(subtracted(call, try numbers(call)))
    case .multiply: return try pair(call) { $0.multiply($1, $2) }
    case .divide: return try pair(call) { $0.divide($1, $2) }
    case .floorDivide: return try pair(call) { $0.floor($0.divide($1, $2)) }
    case .mod: return .number(remainder(call, try numbers(call)))
    case .power, .pow: return .number(power(try numbers(call)))
    case .hypot: return .number(length(try numbers(call)))
    case .min: return .number(least(call, try numbers(call), greatest: false))
    case .max: return .number(least(call, try numbers(call), greatest: true))
    case .clamp: return .number(clamped(call, try numbers(call)))
    case .round: return .number(try rounding(call, try numbers(call)))
    case .floor: return try whole(call) { $0.floor($1) }
    case .ceil: return try whole(call) { $0.call("Ceil", [$1]) }
    case .trunc: return try whole(call) { $0.truncated($1) }
    case .not: return try single(call) { $0.subtract($0.number(1), $1) }
    case .negate: return try settled(call) { $0.negate($1) }
    case .abs: return try settled(call) { $0.abs($1) }
    case .sign: return try single(call) { $0.call("Sign", [$1]) }
    case .sqrt: return try single(call) { $0.call("Sqrt", [$1]) }
    case .exp: return try settled(call) { $0.call("Exp", [$1]) }
    case .log: return try settled(call) { $0.call("Log", [$1]) }
    case .log2: return try settled(call) { $0.logarithm($1, base: 2) }
    case .log10: return try settled(call) { $0.logarithm($1, base: 10) }
    case .log1p: return try settled(call) { $0.log1p($1) }
    case .expm1: return try settled(call) { $0.expm1($1) }
    case .sigmoid: return try single(call) { $0.call("Sigmoid", [$1]) }
    case .sin: return try single(call) { $0.call("Sin", [$1]) }
    case .cos: return try single(call) { $0.call("Cos", [$1]) }
    case .tan: return try settled(call) { $0.divide($0.call("Sin", [$1]), $0.call("Cos", [$1])) }
    case .sinh: return try settled(call) { $0.sinh($1) }
    case .cosh: return try settled(call) { $0.add($0.halfExp($1), $0.halfExp($0.negate($1))) }
    case .tanh: return try single(call) { $0.call("Tanh", [$1]) }

    case .year: return try field(call) { $0.civil($1).year }
    case .month: return try field(call) { $0.civil($1).month }
    case .day: return try field(call) { $0.civil($1).day }
    case .quarter: return try field(call) { $0.add($0.floorDivide($0.subtract($0.civil($1).month, 1), 3), 1) }
    case .weekday: return try field(call) { $0.weekday($1) }
    case .dayOfYear: return try field(call) { $0.dayOfYear($1) }
    case .week: return try field(call) { $0.week($1) }
    case .hour: return try single(call) { $0.clock($1, unit: 3600e6, cycle: 24) }
    case .minute: return try single(call) { $0.clock($1, unit: 60e6, cycle: 60) }
    case .second: return try single(call) { $0.clock($1, unit: OnnxTime.second, cycle: 60) }
    case .years: return try moments(call) { $0.monthsBetween($1[0], $1[1], unit: 12) }
    case .months: return try moments(call) { $0.monthsBetween($1[0], $1[1], unit: 1) }
    case .days: return .number(span(call, try numbers(call), OnnxTime.day))
    case .hours: return .number(span(call, try numbers(call), 3600 * OnnxTime.second))
    case .minutes: return .number(span(call, try numbers(call), 60 * OnnxTime.second))
    case .seconds: return .number(span(call, try numbers(call), OnnxTime.second))
    case .epoch: return try moments(call) { $0.divide($1[0], OnnxTime.second) }
    case .makeDate: return .number(made(try numbers(call)))

    // What `OnnxTarget.support` names the reasons of.
    case .asin, .acos, .atan, .atan2, .lower, .upper, .title, .capitalize, .trim, .ltrim, .rtrim, .squish, .fold,
      .length, .wordCount, .indexOf, .replace, .regexReplace, .regexExtract, .splitPart, .substring, .left, .right,
      .padLeft, .padRight, .repeat, .reverse, .hash, .luhn, .number, .amount:
      throw noForm(call)
    }
  }

  func noForm(_ call: OnnxCall) -> Unsupported { refusal("`\(call.function.rawValue)` has no form in ONNX") }

  private func numbers(_ call: OnnxCall) throws(Unsupported) -> [String] {
    guard call.numbers.count == call.values.count else {
      throw refusal("ONNX computes `\(call.function.rawValue)` of numbers only")
    }
    return call.numbers
  }

  // MARK: By the number of arguments

  private mutating func single(
    _ call: OnnxCall, _ make: (inout OnnxBuilder, String) -> String
  ) throws(Unsupported) -> OnnxValue {
    let x = try numbers(call)[0]
    return .number(make(&builder, x))
  }

  /// Missing where there is no value of the type.
  private mutating func settled(
    _ call: OnnxCall, _ make: (inout OnnxBuilder, String) -> String
  ) throws(Unsupported) -> OnnxValue {
    let x = try numbers(call)[0]
    let value = make(&builder, x)
    return .number(settled(value, call.type))
  }

  private mutating func pair(
    _ call: OnnxCall, _ make: (inout OnnxBuilder, String, String) -> String
  ) throws(Unsupported) -> OnnxValue {
    let x = try numbers(call)
    let value = make(&builder, x[0], x[1])
    return .number(settled(value, call.type))
  }

  /// A float made whole; an int is whole.
  private mutating func whole(
    _ call: OnnxCall, _ make: (inout OnnxBuilder, String) -> String
  ) throws(Unsupported) -> OnnxValue {
    let x = try numbers(call)[0]
    return .number(call.type == .int ? x : make(&builder, x))
  }

  /// A part of a day or of a moment's day.
  private mutating func field(
    _ call: OnnxCall, _ make: (inout OnnxBuilder, String) -> String
  ) throws(Unsupported) -> OnnxValue {
    let x = try numbers(call)[0]
    let days = call.types[0] == .datetime ? builder.floorDivide(x, OnnxTime.day) : x
    return .number(make(&builder, days))
  }

  private mutating func moments(
    _ call: OnnxCall, _ make: (inout OnnxBuilder, [String]) -> String
  ) throws(Unsupported) -> OnnxValue {
    let moments = zip(try numbers(call), call.types).map { converted($0, $1, to: .datetime) }
    return .number(make(&builder, moments))
  }
}
