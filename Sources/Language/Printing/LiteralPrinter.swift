import Notation

/// Writes a literal as the lexer reads it.
enum LiteralPrinter {
  static func text(_ literal: Literal) -> String {
    switch literal {
    case .int(let value): String(value)
    // No literal is infinite or not a number; the engine's word for such a value is missing.
    case .float(let value): value.isFinite ? "\(value)" : "missing"
    case .text(let value): text(value)
    case .bool(let value): value ? "true" : "false"
    case .missing: "missing"
    case .date(let days): "@" + date(days)
    case .datetime(let microseconds): "@" + datetime(microseconds)
    }
  }

  /// Raw if that saves escapes, as in patterns.
  private static func text(_ value: String) -> String {
    let isRaw = value.unicodeScalars.contains("\\") && !value.unicodeScalars.contains { $0 == "\"" || isControl($0) }
    if isRaw { return "r\"\(value)\"" }
    var escaped = "\""
    for scalar in value.unicodeScalars { escaped += escape(scalar) }
    return escaped + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\t": "\\t"
    case "\r": "\\r"
    default: isControl(scalar) ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func date(_ days: Int) -> String { CivilDate(days: Int32(clamping: days)).description }

  /// A fraction has no more digits than it needs.
  private static func datetime(_ microseconds: Int64) -> String {
    var text = CivilDateTime(microseconds: microseconds).description.dropLast()
    if text.contains(".") { while text.last == "0" { text.removeLast() } }
    return text + "Z"
  }
}
