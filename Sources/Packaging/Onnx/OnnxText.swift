import Expressions
import Scoring
import Tables

extension OnnxLowering {
  /// Joins and tests of texts; nil for what belongs elsewhere.
  mutating func texts(_ call: OnnxCall) throws(Unsupported) -> OnnxValue? {
    switch call.function {
    case .add where call.type == .text, .concat: return joinedTexts(call.values)
    case .contains: return try test(call) { "(?s:.*)\($0)(?s:.*)" }
    case .startsWith: return try test(call) { "\($0)(?s:.*)" }
    case .endsWith: return try test(call) { "(?s:.*)\($0)" }
    case .matches: return try search(call)
    case .min, .max, .clamp:
      if call.type == .text { throw refusal("ONNX has no order of texts") }
      return nil
    default: return nil
    }
  }

  private mutating func joinedTexts(_ values: [OnnxValue]) -> OnnxValue? {
    guard case .text(var result, _) = values[0] else { return nil }
    for value in values.dropFirst() {
      guard case .text(let name, _) = value else { return nil }
      result = builder.call("StringConcat", [result, name])
    }
    return .text(result, missing: anyMissing(values))
  }

  private mutating func test(_ call: OnnxCall, _ pattern: (String) -> String) throws(Unsupported) -> OnnxValue {
    guard let part = call.literalText(1) else {
      throw refusal("the part that `\(call.function.rawValue)` looks for has to be a literal")
    }
    return fullMatch(call.values[0], pattern(RE2Pattern.quoted(part)))
  }

  private mutating func search(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    guard let pattern = call.literalText(1) else { throw refusal("the pattern of `~` has to be a literal") }
    do throws(RE2Pattern.Refusal) {
      return fullMatch(call.values[0], try RE2Pattern.search(pattern))
    } catch {
      throw refusal("the pattern \(pattern): \(error.reason)")
    }
  }

  private mutating func fullMatch(_ value: OnnxValue, _ pattern: String) -> OnnxValue {
    guard case .text(let name, _) = value else { return value }
    return truth(builder.call("RegexFullMatch", [name], [.text("pattern", pattern)]), of: [value])
  }
}
