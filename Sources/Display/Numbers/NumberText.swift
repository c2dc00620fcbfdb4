import Glibc

/// Numbers as people read them, in the C locale.
public enum NumberText {
  /// The values of one column under one format, with a common number of decimals. Values that are not numbers are
  /// written `nan`, `inf`, `-inf`.
  public static func column(_ values: [Double], _ format: NumberFormat = .automatic) -> [String] {
    switch format {
    case .automatic: significant(4, values)
    case .significant(let digits): significant(min(max(digits, 1), 17), values)
    case .decimals(let decimals): values.map { fixed($0, decimals) }
    case .percent(let decimals): percentages(values, decimals)
    case .exact: values.map(shortest)
    }
  }

  /// Rising values under one format with as many significant digits, four at least, as tell neighbours apart.
  static func distinct(_ values: [Double]) -> [String] {
    for digits in 4..<17 {
      let texts = significant(digits, values)
      if zip(texts, texts.dropFirst()).allSatisfy({ $0 != $1 }) { return texts }
    }
    return significant(17, values)
  }

  /// One number by itself.
  public static func of(_ value: Double, _ format: NumberFormat = .automatic) -> String {
    column([value], format).first ?? ""
  }

  /// A figure of a result: whole numbers without decimals, others with four significant digits.
  public static func figure(_ value: Double) -> String {
    value.isFinite && value == value.rounded() && abs(value) < 1e15 ? fixed(value, 0) : of(value)
  }

  /// With exactly so many decimals (0 … 30), correctly rounded; never `-0`.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    let text = printed("%.*f", min(max(decimals, 0), 30), value)
    let isZero = text.utf8.allSatisfy { $0 == 0x2D || $0 == 0x30 || $0 == 0x2E }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }

  /// With more decimals than asked for where a share that is neither nothing nor all would look like it: 2003 of 2004 is 99.95%.
  private static func percentages(_ values: [Double], _ asked: Int) -> [String] {
    func isHidden(_ decimals: Int) -> Bool {
      values.contains { share in
        guard share.isFinite, share != 0, share != 1 else { return false }
        let text = fixed(share * 100, decimals)
        return text == fixed(0, decimals) || text == fixed(100, decimals)
      }
    }
    var decimals = asked
    // 15 digits are what a share of whole numbers can have.
    while decimals < 13, isHidden(decimals) { decimals += 1 }
    return values.map { $0.isFinite ? fixed($0 * 100, decimals) + "%" : special($0) }
  }

  /// The shortest text that reads back as the same number.
  static func shortest(_ value: Double) -> String { value.isFinite ? "\(value)" : special(value) }

  /// Six decimals at most: smaller values, or values of more than 15 digits, put the column into powers of ten.
  private static func significant(_ digits: Int, _ values: [Double]) -> [String] {
    let shapes = values.compactMap { $0.isFinite && $0 != 0 ? Shape($0, digits) : nil }
    let decimals = max(1, shapes.map(\.decimals).max() ?? 1)
    let smallest = shapes.map(\.exponent).min() ?? 0
    let largest = shapes.map(\.exponent).max() ?? 0
    if largest >= 15 || smallest < -6 {
      let places = max(1, shapes.map(\.places).max() ?? 1)
      return values.map { $0.isFinite ? printed("%.*e", places, $0) : special($0) }
    }
    return values.map { fixed($0, min(decimals, max(6, digits))) }
  }

  /// What a value needs to show `digits` significant digits without trailing zeros.
  private struct Shape {
    /// Power of ten of the first digit.
    let exponent: Int
    /// Digits after the first one.
    let places: Int

    var decimals: Int { max(0, places - exponent) }

    init(_ value: Double, _ digits: Int) {
      let text = NumberText.printed("%.*e", digits - 1, abs(value))
      let parts = text.split(separator: "e")
      exponent = parts.last.flatMap { Int($0) } ?? 0
      let mantissa = (parts.first ?? "").utf8.reversed().drop { $0 == UInt8(ascii: "0") }
      places = max(0, mantissa.count - 2)
    }
  }

  private static func special(_ value: Double) -> String { value.isNaN ? "nan" : value > 0 ? "inf" : "-inf" }

  fileprivate static func printed(_ format: String, _ digits: Int, _ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let count = withVaList([Int32(digits), value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(decoding: buffer.prefix(max(0, Int(count))).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

extension NumberText {
  /// A text in which fractions of more significant digits than so many are rounded to them: `learning_rate: 0.05412`. Whole numbers and
  /// names stay as they are.
  static func shortened(_ text: String, digits: Int) -> String {
    var result = ""
    var word = ""
    for character in text {
      if " ,:;()[]{}".contains(character) {
        result += rounded(word, digits) + String(character)
        word = ""
      } else {
        word.append(character)
      }
    }
    return result + rounded(word, digits)
  }

  private static func rounded(_ word: String, _ digits: Int) -> String {
    guard word.contains("."), word.first?.isNumber ?? false, let value = Double(word) else { return word }
    let written = word.prefix { $0 != "e" }.filter { $0 != "." }
    guard written.drop(while: { $0 == "0" }).count > digits else { return word }
    return column([value], .significant(digits)).first ?? word
  }
}
