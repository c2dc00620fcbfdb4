import Notation

/// A place of the register file.
typealias Register = Int

enum Comparison: Sendable, Hashable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

enum Arithmetic: Sendable, Hashable {
  case add, subtract, multiply, divide, floorDivide, mod, power, min, max, atan2, hypot
}

enum UnaryMathematics: Sendable, Hashable {
  case negate, abs, sign, sqrt, exp, log, log2, log10, log1p, expm1, floor, ceil, trunc
  case sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, sigmoid
}

enum TextToText: Sendable, Hashable {
  case lower, upper, title, capitalize, trim, ltrim, rtrim, squish, fold, reverse
}

enum TextToInt: Sendable, Hashable {
  case length, wordCount, hash
}

enum TextTest: Sendable, Hashable {
  case contains, startsWith, endsWith
}

/// A text and a whole number to a text.
enum TextCut: Sendable, Hashable {
  case left, right, `repeat`
  /// From a place to the end.
  case from
}

enum Conversion: Sendable, Hashable {
  case intToFloat
  /// Has no value where the float would lose digits: for values that are passed on, not computed with.
  case intHeldByFloat
  case boolToInt, boolToFloat, floatToInt, intToBool, floatToBool
  case dateToDatetime, datetimeToDate, secondsToDatetime
  case boolToText, intToText, floatToText, dateToText, datetimeToText
  case textToInt, textToFloat, textToBool, textToDate, textToDatetime
  /// Days to an int that has to fit a date.
  case intToDate
}

enum DateField: Sendable, Hashable {
  case year, month, day, weekday, dayOfYear, week, quarter, hour, minute, second
}

/// A calendar unit, by its word in scripts.
enum DateUnit: String, Sendable, Hashable, CaseIterable {
  case year, quarter, month, week, day, hour, minute, second

  /// The unit of a word, in the singular or the plural.
  init?(word: String) {
    let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
    guard let unit = DateUnit(rawValue: singular) else { return nil }
    self = unit
  }

  var isOfTheDay: Bool { self == .hour || self == .minute || self == .second }

  /// Nil for the units whose length the calendar decides.
  var microseconds: Int64? {
    switch self {
    case .year, .quarter, .month: nil
    case .week: 7 * 86_400_000_000
    case .day: 86_400_000_000
    case .hour: 3_600_000_000
    case .minute: 60_000_000
    case .second: 1_000_000
    }
  }

  var months: Int64 { self == .year ? 12 : self == .quarter ? 3 : 1 }
}

/// One step of register code. Payloads are plain values, so that running one touches no reference count.
enum Instruction: Sendable, Hashable {
  case float1(UnaryMathematics, Register)
  case float2(Arithmetic, Register, Register)
  case int1(UnaryMathematics, Register)
  case int2(Arithmetic, Register, Register)
  case roundFloat(Register, digits: Register)
  case roundInt(Register, digits: Register)
  case compareInts(Comparison, Register, Register)
  case compareFloats(Comparison, Register, Register)
  case compareIntFloat(Comparison, Register, Register)
  case compareTexts(Comparison, Register, Register)
  case minText(Register, Register)
  case maxText(Register, Register)
  case and(Register, Register)
  case or(Register, Register)
  case not(Register)
  case isMissing(Register)
  case isPresent(Register)
  /// Kind, condition, value where true, value where false.
  case choose(CellKind, Register, Register, Register)
  case coalesce(CellKind, Register, Register)
  /// The list's place in the program.
  case intIn(Register, list: Int)
  case floatIn(Register, list: Int)
  case textIn(Register, list: Int)
  case convert(Conversion, Register)
  /// The place of the reader, which knows the convention, in the program.
  case readNumber(Register, reader: Int)
  case readAmount(Register, AmountReader)
  case textToText(TextToText, Register)
  case textToInt(TextToInt, Register)
  case luhn(Register)
  case testText(TextTest, Register, Register)
  case indexOf(Register, Register)
  case joinText(Register, Register)
  case replaceText(Register, Register, Register)
  case splitPart(Register, Register, Register)
  case cutText(TextCut, Register, Register)
  case substring(Register, Register, Register)
  case pad(left: Bool, Register, Register, Register)
  /// The pattern's place in the program.
  case matches(Register, pattern: Int)
  case regexReplace(Register, pattern: Int, Register)
  case regexExtract(Register, pattern: Int, group: Int)
  /// Days, or microseconds for a moment.
  case dateField(DateField, Register, isMoment: Bool)
  /// Moments.
  case between(DateUnit, Register, Register)
  case dateTrunc(DateUnit, Register, isMoment: Bool)
  case dateAdd(DateUnit, Register, Register, isMoment: Bool)
  case makeDate(Register, Register, Register)
  case epoch(Register)
  /// A moment and a number of seconds.
  case addSeconds(Register, Register)
  /// Moments to seconds.
  case momentDifference(Register, Register)
  case parseDate(Register, format: Int, isMoment: Bool)
}
