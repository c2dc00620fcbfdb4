import Tables

extension Compiler {
  /// A function of values alone: of those of which an argument has to be a literal, `call` takes care. It is apart from `call` so
  /// that its long frame is not on the stack once for each level of an expression.
  @inline(never)
  mutating func operation(
    _ function: Function, _ values: [Value], _ type: ColumnType
  ) throws(ExpressionError) -> Value {
    switch function {
    case .add, .subtract: return sum(function, values, type)
    case .multiply: return pair(.multiply, values, type)
    case .divide: return pair(.divide, values, type)
    case .floorDivide: return pair(.floorDivide, values, type)
    case .mod: return pair(.mod, values, type)
    case .power, .pow: return pair(.power, values, type)
    case .atan2: return pair(.atan2, values, type)
    case .hypot: return pair(.hypot, values, type)
    case .min: return least(false, values, type)
    case .max: return least(true, values, type)
    case .clamp: return clamped(values, type)
    case .round: return rounded(values, type)
    case .negate: return mathematics(.negate, values, type)
    case .abs: return mathematics(.abs, values, type)
    case .sign: return mathematics(.sign, values, type)
    case .floor: return whole(.floor, values, type)
    case .ceil: return whole(.ceil, values, type)
    case .trunc: return whole(.trunc, values, type)
    case .sqrt: return mathematics(.sqrt, values, type)
    case .exp: return mathematics(.exp, values, type)
    case .log: return mathematics(.log, values, type)
    case .log2: return mathematics(.log2, values, type)
    case .log10: return mathematics(.log10, values, type)
    case .log1p: return mathematics(.log1p, values, type)
    case .expm1: return mathematics(.expm1, values, type)
    case .sin: return mathematics(.sin, values, type)
    case .cos: return mathematics(.cos, values, type)
    case .tan: return mathematics(.tan, values, type)
    case .asin: return mathematics(.asin, values, type)
    case .acos: return mathematics(.acos, values, type)
    case .atan: return mathematics(.atan, values, type)
    case .sinh: return mathematics(.sinh, values, type)
    case .cosh: return mathematics(.cosh, values, type)
    case .tanh: return mathematics(.tanh, values, type)
    case .sigmoid: return mathematics(.sigmoid, values, type)

    case .equal: return comparison(.equal, values)
    case .notEqual: return comparison(.notEqual, values)
    case .less: return comparison(.less, values)
    case .lessOrEqual: return comparison(.lessOrEqual, values)
    case .greater: return comparison(.greater, values)
    case .greaterOrEqual: return comparison(.greaterOrEqual, values)
    case .between: return within(values)
    case .and: return folded(values) { .and($0, $1) }
    case .or: return folded(values) { .or($0, $1) }
    case .not: return emit(.not(values[0].register), .bool)
    case .isMissing: return emit(.isMissing(values[0].register), .bool)
    case .isPresent: return emit(.isPresent(values[0].register), .bool)
    case .ifElse: return choice(values, type)
    case .coalesce: return coalesced(values, type)

    case .lower: return emit(.textToText(.lower, values[0].register), .text)
    case .upper: return emit(.textToText(.upper, values[0].register), .text)
    case .title: return emit(.textToText(.title, values[0].register), .text)
    case .capitalize: return emit(.textToText(.capitalize, values[0].register), .text)
    case .trim: return emit(.textToText(.trim, values[0].register), .text)
    case .ltrim: return emit(.textToText(.ltrim, values[0].register), .text)
    case .rtrim: return emit(.textToText(.rtrim, values[0].register), .text)
    case .squish: return emit(.textToText(.squish, values[0].register), .text)
    case .fold: return emit(.textToText(.fold, values[0].register), .text)
    case .reverse: return emit(.textToText(.reverse, values[0].register), .text)
    case .length: return emit(.textToInt(.length, values[0].register), .int)
    case .wordCount: return emit(.textToInt(.wordCount, values[0].register), .int)
    case .hash: return emit(.textToInt(.hash, values[0].register), .int)
    case .luhn: return emit(.luhn(values[0].register), .bool)
    case .contains: return texts(values, .bool) { .testText(.contains, $0, $1) }
    case .startsWith: return texts(values, .bool) { .testText(.startsWith, $0, $1) }
    case .endsWith: return texts(values, .bool) { .testText(.endsWith, $0, $1) }
    case .indexOf: return texts(values, .int) { .indexOf($0, $1) }
    case .left: return texts(values, .text) { .cutText(.left, $0, $1) }
    case .right: return texts(values, .text) { .cutText(.right, $0, $1) }
    case .repeat: return texts(values, .text) { .cutText(.repeat, $0, $1) }
    case .concat: return folded(values) { .joinText($0, $1) }
    case .replace: return three(values, .text) { .replaceText($0, $1, $2) }
    case .splitPart: return three(values, .text) { .splitPart($0, $1, $2) }
    case .makeDate: return three(values, .date) { .makeDate($0, $1, $2) }
    case .substring: return substring(values)
    case .padLeft: return padded(values, left: true)
    case .padRight: return padded(values, left: false)

    case .text: return text(values[0])
    case .int: return int(values[0])
    case .float: return float(values[0])
    case .bool: return bool(values[0])

    case .year: return field(.year, values[0])
    case .month: return field(.month, values[0])
    case .day: return field(.day, values[0])
    case .weekday: return field(.weekday, values[0])
    case .dayOfYear: return field(.dayOfYear, values[0])
    case .week: return field(.week, values[0])
    case .quarter: return field(.quarter, values[0])
    case .hour: return field(.hour, values[0])
    case .minute: return field(.minute, values[0])
    case .second: return field(.second, values[0])
    case .years: return span(.year, values, type)
    case .months: return span(.month, values, type)
    case .days: return span(.day, values, type)
    case .hours: return span(.hour, values, type)
    case .minutes: return span(.minute, values, type)
    case .seconds: return span(.second, values, type)
    case .epoch: return emit(.epoch(converted(values[0], to: .datetime).register), .float)

    case .in, .matches, .regexReplace, .regexExtract, .number, .amount, .date, .datetime, .dateTrunc, .dateAdd:
      throw .notLiteral(function, argument: 0)
    }
  }

  /// The values two by two from the left.
  private mutating func folded(_ values: [Value], _ instruction: (Register, Register) -> Instruction) -> Value {
    var result = values[0]
    for value in values.dropFirst() {
      result = emit(instruction(result.register, value.register), result.type)
    }
    return result
  }

  // MARK: Logic

  private mutating func comparison(_ op: Comparison, _ values: [Value]) -> Value {
    comparison(op, values[0], values[1])
  }

  /// Whether the first lies between the others, which are included.
  private mutating func within(_ values: [Value]) -> Value {
    let low = comparison(.greaterOrEqual, values[0], values[1])
    return emit(.and(low.register, comparison(.lessOrEqual, values[0], values[2]).register), .bool)
  }

  private mutating func choice(_ values: [Value], _ type: ColumnType) -> Value {
    let (a, b) = (held(values[1], by: type), held(values[2], by: type))
    return emit(.choose(CellKind(type), values[0].register, a.register, b.register), type)
  }

  private mutating func coalesced(_ values: [Value], _ type: ColumnType) -> Value {
    let kind = CellKind(type)
    // From the right: what a float does not hold is there all the same, and none of those after it stands for it.
    var result = held(values[values.count - 1], by: type)
    for value in values.dropLast().reversed() {
      let cell = held(value, by: type)
      if value.type == .int, type == .float {
        let isPresent = emit(.isPresent(value.register), .bool)
        result = emit(.choose(kind, isPresent.register, cell.register, result.register), type)
      } else {
        result = emit(.coalesce(kind, cell.register, result.register), type)
      }
    }
    return result
  }

  // MARK: Arithmetic

  /// `+` and `-` of numbers, texts and moments.
  private mutating func sum(_ function: Function, _ values: [Value], _ type: ColumnType) -> Value {
    let (first, second) = (values[0], values[1])
    let isSum = function == .add
    let op: Arithmetic = isSum ? .add : .subtract
    switch type {
    case .text: return emit(.joinText(first.register, second.register), .text)
    case .datetime:
      return first.type == .datetime ? moved(first, second, back: !isSum) : moved(second, first, back: false)
    case .date:
      return emit(.convert(.intToDate, emit(.int2(op, first.register, second.register), .int).register), .date)
    case .float where first.type.isTemporal:
      let (a, b) = (converted(first, to: .datetime), converted(second, to: .datetime))
      return emit(.momentDifference(a.register, b.register), .float)
    case .int, .float, .bool, .vector: return pair(op, values, type)
    }
  }

  private mutating func pair(_ op: Arithmetic, _ values: [Value], _ type: ColumnType) -> Value {
    let (a, b) = (converted(values[0], to: type), converted(values[1], to: type))
    return emit(type == .int ? .int2(op, a.register, b.register) : .float2(op, a.register, b.register), type)
  }

  private mutating func moved(_ moment: Value, _ seconds: Value, back: Bool) -> Value {
    var span = converted(seconds, to: .float)
    if back { span = emit(.float1(.negate, span.register), .float) }
    return emit(.addSeconds(moment.register, span.register), .datetime)
  }

  /// The least or the greatest of values.
  private mutating func least(_ greatest: Bool, _ values: [Value], _ type: ColumnType) -> Value {
    let op: Arithmetic = greatest ? .max : .min
    let values = values.map { held($0, by: type) }
    switch type {
    case .text: return folded(values) { greatest ? .maxText($0, $1) : .minText($0, $1) }
    case .float: return folded(values) { .float2(op, $0, $1) }
    // false < true, so that the least is `and`; missing wins either way only in arithmetic, so go by way of ints.
    case .bool:
      let ints = values.map { converted($0, to: .int) }
      return emit(.convert(.intToBool, folded(ints) { .int2(op, $0, $1) }.register), .bool)
    case .int, .date, .datetime, .vector: return folded(values) { .int2(op, $0, $1) }
    }
  }

  private mutating func clamped(_ values: [Value], _ type: ColumnType) -> Value {
    let all = values.map { held($0, by: type) }
    return least(false, [least(true, [all[0], all[1]], type), all[2]], type)
  }

  private mutating func rounded(_ values: [Value], _ type: ColumnType) -> Value {
    let a = values[0].register
    let digits = values.count > 1 ? values[1].register : constant(.int(0), .int).register
    return emit(type == .int ? .roundInt(a, digits: digits) : .roundFloat(a, digits: digits), type)
  }

  private mutating func mathematics(_ op: UnaryMathematics, _ values: [Value], _ type: ColumnType) -> Value {
    if type == .float { return emit(.float1(op, converted(values[0], to: .float).register), .float) }
    return emit(.int1(op, values[0].register), .int)
  }

  /// A float made whole; an int is whole.
  private mutating func whole(_ op: UnaryMathematics, _ values: [Value], _ type: ColumnType) -> Value {
    type == .float ? mathematics(op, values, type) : values[0]
  }

  // MARK: Texts

  private mutating func texts(
    _ values: [Value], _ type: ColumnType, _ instruction: (Register, Register) -> Instruction
  ) -> Value {
    emit(instruction(values[0].register, values[1].register), type)
  }

  private mutating func three(
    _ values: [Value], _ type: ColumnType, _ instruction: (Register, Register, Register) -> Instruction
  ) -> Value {
    emit(instruction(values[0].register, values[1].register, values[2].register), type)
  }

  private mutating func substring(_ values: [Value]) -> Value {
    values.count > 2
      ? three(values, .text) { .substring($0, $1, $2) } : texts(values, .text) { .cutText(.from, $0, $1) }
  }

  private mutating func padded(_ values: [Value], left: Bool) -> Value {
    let fill = values.count > 2 ? values[2].register : constant(.text(" "), .text).register
    return emit(.pad(left: left, values[0].register, values[1].register, fill), .text)
  }

  // MARK: Conversions

  private mutating func text(_ value: Value) -> Value {
    switch value.type {
    case .text, .vector: value
    case .bool: emit(.convert(.boolToText, value.register), .text)
    case .int: emit(.convert(.intToText, value.register), .text)
    case .float: emit(.convert(.floatToText, value.register), .text)
    case .date: emit(.convert(.dateToText, value.register), .text)
    case .datetime: emit(.convert(.datetimeToText, value.register), .text)
    }
  }

  private mutating func int(_ value: Value) -> Value {
    switch value.type {
    case .float: emit(.convert(.floatToInt, value.register), .int)
    case .bool: emit(.convert(.boolToInt, value.register), .int)
    case .text: emit(.convert(.textToInt, value.register), .int)
    case .int, .date, .datetime, .vector: value
    }
  }

  private mutating func float(_ value: Value) -> Value {
    switch value.type {
    case .int: emit(.convert(.intToFloat, value.register), .float)
    case .bool: emit(.convert(.boolToFloat, value.register), .float)
    case .text: emit(.convert(.textToFloat, value.register), .float)
    case .float, .date, .datetime, .vector: value
    }
  }

  private mutating func bool(_ value: Value) -> Value {
    switch value.type {
    case .int: emit(.convert(.intToBool, value.register), .bool)
    case .float: emit(.convert(.floatToBool, value.register), .bool)
    case .text: emit(.convert(.textToBool, value.register), .bool)
    case .bool, .date, .datetime, .vector: value
    }
  }

  // MARK: Dates

  private mutating func field(_ field: DateField, _ value: Value) -> Value {
    emit(.dateField(field, value.register, isMoment: value.type == .datetime), .int)
  }

  /// The time between two moments in a unit, or so many of it in seconds.
  private mutating func span(_ unit: DateUnit, _ values: [Value], _ type: ColumnType) -> Value {
    if values.count == 1 {
      let length = (unit.microseconds ?? 0) / Moment.second
      let factor = type == .int ? constant(.int(length), .int) : constant(.float(Double(length)), .float)
      return type == .int
        ? emit(.int2(.multiply, values[0].register, factor.register), .int)
        : emit(.float2(.multiply, values[0].register, factor.register), .float)
    }
    if type == .int { return emit(.int2(.subtract, values[1].register, values[0].register), .int) }
    let (from, to) = (converted(values[0], to: .datetime), converted(values[1], to: .datetime))
    return emit(.between(unit, from.register, to.register), .float)
  }
}
