import Tables

extension Function {
  /// The type of the result for arguments of these types; nil where the function does not take them.
  ///
  /// Ints and floats mix as floats, a date and a datetime compare as moments (a date is its midnight), and vectors are never taken.
  public func result(_ types: [ColumnType]) -> ColumnType? {
    guard arity.contains(types.count), !types.contains(.vector) else { return nil }
    let first = types[0]
    let areNumbers = types.allSatisfy(\.isNumeric)
    let areTemporal = types.allSatisfy(\.isTemporal)
    let areTexts = types.allSatisfy { $0 == .text }
    switch self {
    case .add, .subtract, .multiply, .divide, .floorDivide, .mod, .power, .negate: return arithmeticResult(types)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .between:
      return types.dropFirst().allSatisfy { Self.comparable(first, $0) } ? .bool : nil
    case .and, .or, .not: return types.allSatisfy { $0 == .bool } ? .bool : nil
    case .isMissing, .isPresent: return .bool
    case .ifElse: return first == .bool ? Self.common(Array(types.dropFirst())) : nil
    case .coalesce, .min, .max: return Self.common(types)
    case .clamp: return first == .bool || first == .text ? nil : Self.common(types)

    case .abs, .sign, .floor, .ceil, .trunc: return areNumbers ? first : nil
    case .round: return areNumbers && (types.count == 1 || types[1] == .int) ? first : nil
    case .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .pow, .sin, .cos, .tan, .asin, .acos, .atan, .atan2, .sinh,
      .cosh, .tanh, .sigmoid, .hypot:
      return areNumbers ? .float : nil

    case .lower, .upper, .title, .capitalize, .trim, .ltrim, .rtrim, .squish, .fold, .reverse, .replace, .regexReplace,
      .concat:
      return areTexts ? .text : nil
    case .length, .wordCount, .hash, .indexOf: return areTexts ? .int : nil
    case .luhn, .contains, .startsWith, .endsWith, .matches: return areTexts ? .bool : nil
    case .regexExtract: return Self.takes([.text, .text, .int], types) ? .text : nil
    case .splitPart: return types == [.text, .text, .int] ? .text : nil
    case .substring, .left, .right, .repeat: return Self.takes([.text, .int, .int], types) ? .text : nil
    case .padLeft, .padRight: return Self.takes([.text, .int, .text], types) ? .text : nil

    case .text: return .text
    case .number: return Self.takes([.text, .text, .text, .bool], types) ? .float : nil
    case .amount: return Self.takes([.text, .text], types) ? .float : nil
    case .int: return first.isTemporal ? nil : .int
    case .float: return first.isTemporal ? nil : .float
    case .bool: return first.isTemporal ? nil : .bool
    case .date: return areTexts || types.count == 1 && first.isTemporal ? .date : nil
    case .datetime: return areTexts || types.count == 1 && first != .bool ? .datetime : nil

    case .year, .month, .day, .weekday, .dayOfYear, .week, .quarter: return areTemporal ? .int : nil
    case .hour, .minute, .second: return first == .datetime ? .int : nil
    case .years, .months, .epoch: return areTemporal ? .float : nil
    case .days: return areTemporal ? (types == [.date, .date] ? .int : .float) : nil
    case .hours, .minutes, .seconds:
      if types.count == 1 { return areNumbers ? first : nil }
      return areTemporal ? .float : nil
    case .dateTrunc: return first == .text && types[1].isTemporal ? types[1] : nil
    case .dateAdd: return first.isTemporal && types[1] == .int && types[2] == .text ? first : nil
    case .makeDate: return types.allSatisfy { $0 == .int } ? .date : nil
    }
  }

  /// Whether the types are the first of those wanted; how few may stand there is for `arity` to say.
  private static func takes(_ wanted: [ColumnType], _ types: [ColumnType]) -> Bool {
    types.elementsEqual(wanted.prefix(types.count))
  }

  /// The types with each nil, which stands for a bare `missing`, replaced by one that the function takes there; nil when there is
  /// none. What is missing takes the type of its neighbours where it can.
  public func completed(_ types: [ColumnType?]) -> [ColumnType]? {
    let known = types.compactMap { $0 }
    if known.count == types.count { return result(known) == nil ? nil : known }
    for candidate in known.reversed() + [.float, .int, .text, .bool, .date, .datetime] {
      let filled = types.map { $0 ?? candidate }
      if result(filled) != nil { return filled }
    }
    return nil
  }

  /// Whether `==` and `<` apply to the two.
  public static func comparable(_ left: ColumnType, _ right: ColumnType) -> Bool {
    if left == right { return left != .vector }
    return left.isNumeric && right.isNumeric || left.isTemporal && right.isTemporal
  }

  /// The type that holds values of all of these; nil where there is none.
  public static func common(_ types: [ColumnType]) -> ColumnType? {
    guard let first = types.first, first != .vector else { return nil }
    if types.allSatisfy({ $0 == first }) { return first }
    if types.allSatisfy(\.isNumeric) { return .float }
    return types.allSatisfy(\.isTemporal) ? .datetime : nil
  }

  private func arithmeticResult(_ types: [ColumnType]) -> ColumnType? {
    if types.allSatisfy(\.isNumeric) {
      if self == .divide || self == .power { return .float }
      return types.contains(.float) ? .float : .int
    }
    switch (self, types[0], types.count > 1 ? types[1] : .vector) {
    case (.add, .text, .text): return .text
    case (.add, .date, .int), (.add, .int, .date), (.subtract, .date, .int): return .date
    case (.add, .datetime, .int), (.add, .datetime, .float), (.add, .int, .datetime), (.add, .float, .datetime),
      (.subtract, .datetime, .int), (.subtract, .datetime, .float):
      return .datetime
    case (.subtract, .date, .date): return .int
    case (.subtract, let left, let right) where left.isTemporal && right.isTemporal: return .float
    // any other pair of types has no sum or difference
    default: return nil
    }
  }
}

extension ColumnType {
  /// Whether it is a day or a moment.
  public var isTemporal: Bool { self == .date || self == .datetime }
}
