import Notation
import Tables

extension Compiler {
  /// A call whose arguments have types that the function takes: first those of which an argument has to be a literal.
  mutating func call(_ function: Function, _ arguments: [Expression], _ type: ColumnType) throws(ExpressionError)
    -> Value
  {
    switch function {
    case .in: return try membership(arguments)
    case .matches:
      let pattern = try addPattern(literalText(function, arguments, 1))
      return emit(.matches(try value(arguments[0]).register, pattern: pattern), .bool)
    case .regexReplace:
      let pattern = try addPattern(literalText(function, arguments, 1))
      let text = try value(arguments[0]).register
      return emit(.regexReplace(text, pattern: pattern, try value(arguments[2]).register), .text)
    case .regexExtract: return try extraction(arguments)
    case .number: return try number(arguments)
    case .amount: return try amount(arguments)
    case .date, .datetime: return try parsed(function, arguments, type)
    case .dateTrunc:
      let unit = try dateUnit(function, arguments, 0, of: type)
      return emit(.dateTrunc(unit, try value(arguments[1]).register, isMoment: type == .datetime), type)
    case .dateAdd:
      let unit = try dateUnit(function, arguments, 2, of: type)
      let date = try value(arguments[0]).register
      let sum = emit(.dateAdd(unit, date, try value(arguments[1]).register, isMoment: type == .datetime), type)
      return type == .date ? emit(.convert(.intToDate, sum.register), .date) : sum
    case .add, .subtract, .multiply, .divide, .floorDivide, .mod, .power, .pow, .atan2, .hypot, .min, .max, .clamp,
      .round, .negate, .abs, .sign, .floor, .ceil, .trunc, .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .sin,
      .cos, .tan, .asin, .acos, .atan, .sinh, .cosh, .tanh, .sigmoid, .equal, .notEqual, .less, .lessOrEqual,
      .greater, .greaterOrEqual, .between, .and, .or, .not, .isMissing, .isPresent, .ifElse, .coalesce, .lower,
      .upper, .title, .capitalize, .trim, .ltrim, .rtrim, .squish, .fold, .reverse, .length, .wordCount, .hash, .luhn,
      .contains, .startsWith, .endsWith, .indexOf, .left, .right, .repeat, .concat, .replace, .splitPart, .makeDate,
      .substring,
      .padLeft, .padRight, .text, .int, .float, .bool, .year, .month, .day, .weekday, .dayOfYear, .week,
      .quarter, .hour, .minute, .second, .years, .months, .days, .hours, .minutes, .seconds, .epoch:
      return try operation(function, try values(arguments), type)
    }
  }

  private mutating func values(_ arguments: [Expression]) throws(ExpressionError) -> [Value] {
    var values: [Value] = []
    for argument in arguments { values.append(try value(argument)) }
    return values
  }

  private func literalText(_ function: Function, _ arguments: [Expression], _ place: Int) throws(ExpressionError)
    -> String
  {
    guard case .literal(.text(let text)) = arguments[place] else { throw .notLiteral(function, argument: place) }
    return text
  }

  /// `number(text, decimal, group, accounting)`, all but the text literals.
  private mutating func number(_ arguments: [Expression]) throws(ExpressionError) -> Value {
    let marks = try (1..<3).map { place throws(ExpressionError) in
      arguments.count > place ? try literalText(.number, arguments, place) : place == 1 ? "." : ""
    }
    var accounting = false
    if arguments.count > 3 {
      guard case .literal(.bool(let isAccounting)) = arguments[3] else { throw .notLiteral(.number, argument: 3) }
      accounting = isAccounting
    }
    guard marks[0].count == 1, let decimal = marks[0].first, marks[1].count <= 1,
      let convention = NumberConvention(decimal: decimal, group: marks[1].first, accounting: accounting)
    else { throw .badConvention(decimal: marks[0], group: marks[1]) }
    return emit(.readNumber(try value(arguments[0]).register, reader: addReader(convention)), .float)
  }

  /// `amount(text, decimal)`, the mark a literal.
  private mutating func amount(_ arguments: [Expression]) throws(ExpressionError) -> Value {
    var mark: String?
    if arguments.count > 1 { mark = try literalText(.amount, arguments, 1) }
    guard let reader = AmountReader(decimal: mark) else { throw .badConvention(decimal: mark ?? "", group: "") }
    return emit(.readAmount(try value(arguments[0]).register, reader), .float)
  }

  private func dateUnit(_ function: Function, _ arguments: [Expression], _ place: Int, of type: ColumnType)
    throws(ExpressionError) -> DateUnit
  {
    let word = try literalText(function, arguments, place)
    guard let unit = DateUnit(word: word), type == .datetime || !unit.isOfTheDay else { throw .badUnit(word) }
    return unit
  }

  private mutating func extraction(_ arguments: [Expression]) throws(ExpressionError) -> Value {
    let pattern = try literalText(.regexExtract, arguments, 1)
    let place = try addPattern(pattern)
    var group = 0
    if arguments.count > 2 {
      guard case .literal(.int(let number)) = arguments[2] else { throw .notLiteral(.regexExtract, argument: 2) }
      group = Int(clamping: number)
    }
    guard (0...min(program.patterns[place].groups, 63)).contains(group) else { throw .noSuchGroup(pattern, group) }
    return emit(.regexExtract(try value(arguments[0]).register, pattern: place, group: group), .text)
  }

  private mutating func parsed(_ function: Function, _ arguments: [Expression], _ type: ColumnType)
    throws(ExpressionError) -> Value
  {
    let source = try value(arguments[0])
    if arguments.count > 1 {
      let zone = arguments.count > 2 ? try literalText(function, arguments, 2) : ""
      let format = try addFormat(literalText(function, arguments, 1), zone: zone)
      return emit(.parseDate(source.register, format: format, isMoment: type == .datetime), type)
    }
    switch (source.type, type) {
    case (.text, .date): return emit(.convert(.textToDate, source.register), type)
    case (.text, _): return emit(.convert(.textToDatetime, source.register), type)
    case (.datetime, .date): return emit(.convert(.datetimeToDate, source.register), type)
    case (.int, _), (.float, _):
      return emit(.convert(.secondsToDatetime, converted(source, to: .float).register), type)
    // any other type is the wanted one, or has a conversion of its own
    default: return converted(source, to: type)
    }
  }

  // MARK: Membership

  /// `x in [a, b]` is `x == a or x == b`, a literal missing among them being `x == missing`.
  private mutating func membership(_ arguments: [Expression]) throws(ExpressionError) -> Value {
    let subject = try value(arguments[0])
    let elements = arguments.dropFirst()
    var cells: [Cell] = []
    var result: Value?
    for element in elements {
      switch element {
      case .missing: result = either(result, emit(.isMissing(subject.register), .bool))
      case .literal(let cell): cells.append(cell)
      case .column, .call, .aggregate, .window: result = either(result, comparison(.equal, subject, try value(element)))
      }
    }
    if cells.isEmpty, let result { return result }
    return either(result, listMembership(subject, cells))
  }

  private mutating func either(_ left: Value?, _ right: Value) -> Value {
    guard let left else { return right }
    return emit(.or(left.register, right.register), .bool)
  }

  private mutating func listMembership(_ subject: Value, _ cells: [Cell]) -> Value {
    switch subject.type {
    case .text:
      let words = cells.compactMap { if case .text(let word) = $0 { word } else { nil } }
      return emit(.textIn(subject.register, list: addList(words)), .bool)
    case .float:
      // An int without a double of its own equals no float.
      let numbers = cells.compactMap { cell -> Double? in
        if case .int(let int) = cell { Double(exactly: int) } else { cell.number.flatMap { $0.isFinite ? $0 : nil } }
      }
      return emit(.floatIn(subject.register, list: addList(numbers)), .bool)
    case .date where cells.contains(where: { $0.type == .datetime }):
      return listMembership(converted(subject, to: .datetime), cells)
    case .bool, .int, .date, .datetime, .vector:
      let list = addList(cells.compactMap { Self.int($0, for: subject.type) })
      return emit(.intIn(converted(subject, to: .int).register, list: list), .bool)
    }
  }

  private static func int(_ cell: Cell, for type: ColumnType) -> Int64? {
    switch cell {
    case .int(let value), .datetime(let value): value
    case .bool(let value): value ? 1 : 0
    case .float(let value): Int64(exactly: value)
    case .date(let value): type == .datetime ? Moment.ofDay(Int64(value)) : Int64(value)
    case .missing, .text, .vector: nil
    }
  }

  // MARK: Comparisons

  mutating func comparison(_ op: Comparison, _ left: Value, _ right: Value) -> Value {
    switch (left.type, right.type) {
    case (.float, .float): return emit(.compareFloats(op, left.register, right.register), .bool)
    case (.int, .float): return emit(.compareIntFloat(op, left.register, right.register), .bool)
    case (.float, .int): return emit(.compareIntFloat(op.swapped, right.register, left.register), .bool)
    case (.text, _): return emit(.compareTexts(op, left.register, right.register), .bool)
    case (.date, .datetime), (.datetime, .date):
      let (a, b) = (converted(left, to: .datetime), converted(right, to: .datetime))
      return emit(.compareInts(op, a.register, b.register), .bool)
    case (.bool, _):
      let (a, b) = (converted(left, to: .int), converted(right, to: .int))
      return emit(.compareInts(op, a.register, b.register), .bool)
    // any other pair is of one type that is held as ints
    default: return emit(.compareInts(op, left.register, right.register), .bool)
    }
  }
}
