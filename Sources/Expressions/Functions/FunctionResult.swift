import Tables

extension Function {
  /// The type of the result for arguments of these types; nil where the function does not take them.
  ///
  /// Ints and floats mix as floats, a date and a datetime compare as moments (a date is its midnight), and vectors are never taken.
  public func result(_ types: [ColumnType]) -> ColumnType? {
    guard arity.contains(types.count), !types.contains(.vector) else { return nil }
    switch self {
    case .add, .subtract, .multiply, .divide, .floorDivide, .mod, .power, .negate: return arithmeticResult(types)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .in, .between:
      return types.dropFirst().allSatisfy { Self.comparable(types[0], $0) } ? .bool : nil
    case .and, .or, .not: return types.allSatisfy { $0 == .bool } ? .bool : nil
    case .isMissing, .isPresent: return .bool
    case .ifElse: return types[0] == .bool ? Self.common(Array(types.dropFirst())) : nil
    case .coalesce, .min, .max: return Self.common(types)
    case .clamp: return types[0] == .bool || types[0] == .text ? nil : Self.common(types)
    default: break
    }
    return mathematicsResult(types) ?? textResult(types) ?? conversionResult(types) ?? dateResult(types)
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
    default: return nil
    }
  }

  private func mathematicsResult(_ types: [ColumnType]) -> ColumnType? {
    guard types.allSatisfy(\.isNumeric) else { return nil }
    switch self {
    case .abs, .sign, .floor, .ceil, .trunc: return types[0]
    case .round: return types.count == 2 && types[1] != .int ? nil : types[0]
    case .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .pow, .sin, .cos, .tan, .asin, .acos, .atan, .atan2,
      .sinh, .cosh, .tanh, .sigmoid, .hypot:
      return .float
    default: return nil
    }
  }

  private func textResult(_ types: [ColumnType]) -> ColumnType? {
    guard types[0] == .text else { return nil }
    let rest = Array(types.dropFirst())
    let allText = rest.allSatisfy { $0 == .text }
    switch self {
    case .lower, .upper, .title, .capitalize, .trim, .ltrim, .rtrim, .reverse: return .text
    case .length, .wordCount, .hash: return .int
    case .luhn: return .bool
    case .contains, .startsWith, .endsWith, .matches: return allText ? .bool : nil
    case .indexOf: return allText ? .int : nil
    case .replace, .regexReplace, .concat: return allText ? .text : nil
    case .regexExtract: return rest[0] == .text && rest.dropFirst().allSatisfy { $0 == .int } ? .text : nil
    case .splitPart: return rest == [.text, .int] ? .text : nil
    case .substring, .left, .right, .repeat: return rest.allSatisfy { $0 == .int } ? .text : nil
    case .padLeft, .padRight: return rest == [.int] || rest == [.int, .text] ? .text : nil
    default: return nil
    }
  }

  private func conversionResult(_ types: [ColumnType]) -> ColumnType? {
    let isFormatted = types.count == 2 && types == [.text, .text]
    switch self {
    case .text: return .text
    case .number: return types[0] == .text ? .float : nil
    case .int: return types[0].isTemporal ? nil : .int
    case .float: return types[0].isTemporal ? nil : .float
    case .bool: return types[0].isTemporal ? nil : .bool
    case .date: return isFormatted || types.count == 1 && (types[0] == .text || types[0].isTemporal) ? .date : nil
    case .datetime: return isFormatted || types.count == 1 && types[0] != .bool ? .datetime : nil
    default: return nil
    }
  }

  private func dateResult(_ types: [ColumnType]) -> ColumnType? {
    let areTemporal = types.allSatisfy(\.isTemporal)
    switch self {
    case .year, .month, .day, .weekday, .dayOfYear, .week, .quarter: return areTemporal ? .int : nil
    case .hour, .minute, .second: return types[0] == .datetime ? .int : nil
    case .years, .months: return areTemporal ? .float : nil
    case .days: return areTemporal ? (types == [.date, .date] ? .int : .float) : nil
    case .hours, .minutes, .seconds:
      if types.count == 1 { return types[0].isNumeric ? types[0] : nil }
      return areTemporal ? .float : nil
    case .dateTrunc: return types[0] == .text && types[1].isTemporal ? types[1] : nil
    case .dateAdd: return types[0].isTemporal && types[1] == .int && types[2] == .text ? types[0] : nil
    case .makeDate: return types.allSatisfy { $0 == .int } ? .date : nil
    case .epoch: return areTemporal ? .float : nil
    default: return nil
    }
  }
}

extension ColumnType {
  /// Whether it is a day or a moment.
  public var isTemporal: Bool { self == .date || self == .datetime }
}
