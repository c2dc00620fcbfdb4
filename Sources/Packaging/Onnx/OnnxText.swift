import Expressions
import Scoring
import Tables

extension OnnxLowering {
  mutating func joinedTexts(_ values: [OnnxValue]) throws(Unsupported) -> OnnxValue {
    guard case .text(var result, _) = values[0] else { throw refusal("ONNX joins texts only") }
    for value in values.dropFirst() {
      guard case .text(let name, _) = value else { throw refusal("ONNX joins texts only") }
      result = builder.call("StringConcat", [result, name])
    }
    return .text(result, missing: anyMissing(values))
  }

  mutating func test(_ call: OnnxCall, _ pattern: (String) -> String) throws(Unsupported) -> OnnxValue {
    guard let part = call.literalText(1) else {
      throw refusal("the part that `\(call.function.rawValue)` looks for has to be a literal")
    }
    return fullMatch(call.values[0], pattern(RE2Pattern.quoted(part)))
  }

  mutating func search(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
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
