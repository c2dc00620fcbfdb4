import Expressions
import Scoring
import Tables

extension OnnxLowering {
  mutating func conversion(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    guard call.arguments.count == 1, case .number(let name) = call.values[0] else {
      throw refusal("ONNX cannot read a text as another type")
    }
    return .number(converted(name, call))
  }

  private mutating func converted(_ name: String, _ call: OnnxCall) -> String {
    switch (call.function, call.types[0]) {
    case (.int, .float): settled(builder.truncated(name), .int)
    case (.bool, .int), (.bool, .float):
      builder.missing(where: builder.isNaN(name), else: builder.double(builder.not(builder.equal(name, 0))))
    case (.date, .datetime): builder.floorDivide(name, OnnxTime.day)
    case (.datetime, .date): settled(builder.multiply(name, OnnxTime.day), .datetime)
    case (.datetime, .int), (.datetime, .float): settled(microseconds(name), .datetime)
    // any other type is held as the wanted one is
    default: name
    }
  }

  mutating func text(_ value: OnnxValue, _ from: ColumnType) throws(Unsupported) -> OnnxValue {
    guard case .number(let name) = value else { return value }
    let missing = builder.isNaN(name)
    switch from {
    case .bool:
      let words = builder.choose(builder.equal(name, 1), builder.text("true"), builder.text("false"))
      return .text(words, missing: missing)
    case .int:
      let whole = builder.call("Cast", [builder.choose(missing, builder.number(0), name)], [.int("to", 7)])
      return .text(builder.call("Cast", [whole], [.int("to", 8)]), missing: missing)
    case .float, .date, .datetime, .text, .vector:
      throw refusal("ONNX runtimes write a \(from.rawValue) in their own ways")
    }
  }

  /// Seconds as whole microseconds.
  mutating func microseconds(_ seconds: String) -> String {
    builder.rounded(builder.multiply(seconds, OnnxTime.second))
  }
}
