import Expressions
import Scoring
import Tables

/// A column on its way through an ONNX graph.
///
/// Numbers, truths (1 and 0), days and moments (microseconds) are doubles of shape [N, 1] with not-a-number for missing, which most
/// arithmetic carries along by itself. Texts have none, so a truth tensor says which are missing.
enum OnnxValue {
  case number(String)
  case text(String, missing: String)
}

/// Lowers expressions into ONNX nodes for one step.
struct OnnxLowering {
  var builder: OnnxBuilder
  /// The words of the step at hand, for a refusal.
  var step: String {
    get { builder.step }
    set { builder.step = newValue }
  }

  func refusal(_ reason: String) -> Unsupported { Unsupported(step: step, .format(reason)) }

  mutating func lower(_ expression: Expression, _ columns: [String: OnnxValue]) throws(Unsupported) -> OnnxValue {
    switch expression {
    case .column(let name, _):
      guard let value = columns[name] else { throw refusal("the column '\(name)' is not wired") }
      return value
    case .missing(.text): return .text(builder.text(""), missing: builder.constant(.bools([true])))
    case .missing: return .number(builder.number(.nan))
    case .literal(let cell): return try literal(cell)
    case .aggregate: throw refusal("a statistic was left unfitted")
    case .window: throw refusal("the rows around are not there")
    case .call(let function, let arguments): return try call(function, arguments, columns)
    }
  }

  private mutating func literal(_ cell: Cell) throws(Unsupported) -> OnnxValue {
    switch cell {
    case .text(let text): return .text(builder.text(text), missing: builder.constant(.bools([false])))
    case .bool(let value): return .number(builder.number(value ? 1 : 0))
    case .int(let value), .datetime(let value): return .number(builder.number(Double(value)))
    case .float(let value): return .number(builder.number(value))
    case .date(let days): return .number(builder.number(Double(days)))
    case .missing, .vector: throw refusal("a literal has no type")
    }
  }

  private mutating func call(
    _ function: Function, _ arguments: [Expression], _ columns: [String: OnnxValue]
  ) throws(Unsupported) -> OnnxValue {
    if case .none(let reason) = OnnxTarget.support(function) { throw refusal("`\(function.rawValue)`: \(reason)") }
    guard let type = function.result(arguments.map(\.type)) else {
      throw refusal("`\(function.rawValue)` does not take these arguments")
    }
    var values: [OnnxValue] = []
    for argument in arguments { values.append(try lower(argument, columns)) }
    let call = OnnxCall(function: function, arguments: arguments, values: values, type: type)
    return try form(call)
  }
}

extension OnnxLowering {
  /// Where a value is missing, as a truth.
  mutating func missing(_ value: OnnxValue) -> String {
    switch value {
    case .number(let name): builder.isNaN(name)
    case .text(_, let missing): missing
    }
  }

  /// Where any of them is missing.
  mutating func anyMissing(_ values: [OnnxValue]) -> String {
    var result = missing(values[0])
    for value in values.dropFirst() { result = builder.either(result, missing(value)) }
    return result
  }

  /// Truths as a bool column that is missing where one of the values is.
  mutating func truth(_ truth: String, of values: [OnnxValue]) -> OnnxValue {
    let isMissing = anyMissing(values)
    return .number(builder.missing(where: isMissing, else: builder.double(truth)))
  }

  /// One row of values for each row of `x`.
  mutating func repeated(_ values: String, like x: String) -> String {
    let rows = builder.call("Shape", [x], [.int("start", 0), .int("end", 1)])
    let shape = builder.call("Concat", [rows, builder.constant(.ints([1]))], [.int("axis", 0)])
    return builder.call("Expand", [values, shape])
  }

  /// A day as the moment of its midnight, where moments are wanted.
  mutating func converted(_ name: String, _ type: ColumnType, to wanted: ColumnType) -> String {
    type == .date && wanted == .datetime ? builder.multiply(name, OnnxTime.day) : name
  }
}
