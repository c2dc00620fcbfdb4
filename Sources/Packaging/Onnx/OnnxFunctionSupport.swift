import Expressions
import Scoring

extension OnnxTarget {
  public static func support(_ function: Function) -> Support {
    switch function {
    case .add, .subtract, .multiply, .floorDivide, .negate, .mod, .abs, .sign:
      .partial("ints are doubles, exact to 2^53")
    case .divide, .power, .pow, .equal, .notEqual, .and, .or, .not, .in, .isMissing, .isPresent, .ifElse, .coalesce,
      .sqrt, .exp, .log, .log2, .log10, .log1p, .expm1, .floor, .ceil, .trunc, .sin, .cos, .tan, .sinh, .cosh, .tanh,
      .sigmoid, .hypot, .concat, .date, .datetime, .year, .month, .day, .weekday, .dayOfYear, .week, .quarter, .hour,
      .minute, .second, .years, .months, .days, .hours, .minutes, .seconds, .makeDate, .epoch:
      conversionNote(function).map(Support.partial) ?? .full
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .between, .min, .max, .clamp: .partial("not of texts")
    case .matches: .partial("patterns that mean the same in RE2")
    case .contains, .startsWith, .endsWith: .partial("with a literal part")
    case .round: .partial("with literal digits")
    case .dateTrunc, .dateAdd: .partial("with a literal unit")
    case .text: .partial("of ints, bools and texts")
    case .int, .float, .bool: .partial("not of texts")
    case .asin, .acos, .atan, .atan2: .none("runtimes have no inverse of sine, cosine and tangent for doubles")
    case .lower, .upper, .title, .capitalize: .none("ONNX changes case by the locale of the machine that runs it")
    case .trim, .ltrim, .rtrim, .squish, .fold, .replace, .regexReplace, .regexExtract, .splitPart, .substring, .left,
      .right,
      .padLeft, .padRight, .repeat, .reverse:
      .none("ONNX cannot cut or change a text")
    case .length, .wordCount, .indexOf: .none("ONNX cannot count the characters of a text")
    case .hash, .luhn: .none("ONNX cannot compute with the characters of a text")
    case .number, .amount: .none("ONNX cannot read a number in a text")
    }
  }

  private static func conversionNote(_ function: Function) -> String? {
    function == .date || function == .datetime ? "not of texts" : nil
  }
}
