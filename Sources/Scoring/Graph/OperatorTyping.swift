import Expressions
import Tables

extension Operator {
  /// What the operator gives for inputs of these types; nil where it does not take them or where its own numbers disagree (a
  /// scale for each place, a class for each probability).
  public func output(_ inputs: [PortType]) -> PortType? {
    switch self {
    case .input(let name, let type): inputs.isEmpty && type != .vector && !name.isEmpty ? .column(type) : nil
    case .expression(let expression): Self.output(expression, inputs)
    case .lookup: inputs == [.column(.text)] ? .column(.float) : nil
    case .oneHot(let words, let missingPlace):
      inputs == [.column(.text)] ? .vector(words.count + (missingPlace ? 1 : 0)) : nil
    case .concatenate: Self.concatenatedWidth(inputs).map(PortType.vector)
    case .fill(let values): inputs == [.vector(values.count)] ? .vector(values.count) : nil
    case .affine(let scale, let offset):
      scale.count == offset.count && inputs == [.vector(scale.count)] ? .vector(scale.count) : nil
    case .linear(let weights, let intercepts): Self.output(weights, intercepts, inputs)
    case .trees(let ensemble): inputs == [.vector(ensemble.features)] ? .vector(ensemble.outputs) : nil
    case .constant(let values): Self.width(inputs) == nil ? nil : .vector(values.count)
    case .link(.sigmoid): inputs == [.vector(1)] ? .vector(2) : nil
    case .link(.identity), .link(.softmax), .link(.exponential): Self.width(inputs).map(PortType.vector)
    case .decide(let classes, let threshold): Self.output(classes, threshold, inputs)
    case .element(let place): (Self.width(inputs).map { 0..<$0 } ?? 0..<0).contains(place) ? .column(.float) : nil
    }
  }

  private static func width(_ inputs: [PortType]) -> Int? {
    guard inputs.count == 1, case .vector(let width) = inputs[0] else { return nil }
    return width
  }

  private static func concatenatedWidth(_ inputs: [PortType]) -> Int? {
    var sum = 0
    for input in inputs {
      switch input {
      case .column(.text), .column(.vector): return nil
      case .column: sum += 1
      case .vector(let width): sum += width
      }
      // A graph from outside could double its width node by node until the sum overflows.
      if sum > Graph.maximumWidth { return nil }
    }
    return inputs.isEmpty ? nil : sum
  }

  private static func output(_ expression: Expression, _ inputs: [PortType]) -> PortType? {
    var columns = TypedColumns()
    guard let type = expression.checkedType(&columns), inputs == columns.types.map(PortType.column) else { return nil }
    return .column(type)
  }

  private static func output(_ weights: [[Double]], _ intercepts: [Double], _ inputs: [PortType]) -> PortType? {
    guard let width = width(inputs), !weights.isEmpty, weights.count == intercepts.count,
      weights.allSatisfy({ $0.count == width })
    else { return nil }
    return .vector(weights.count)
  }

  private static func output(_ classes: [Cell], _ threshold: Double?, _ inputs: [PortType]) -> PortType? {
    guard let type = classes.first?.type, type != .vector, classes.allSatisfy({ $0.type == type }),
      inputs == [.vector(classes.count)], threshold == nil || classes.count == 2
    else { return nil }
    return .column(type)
  }
}

/// The columns of an expression, each once, in the order of `Expression.columns`.
private struct TypedColumns {
  var types: [ColumnType] = []
  var places: [String: Int] = [:]
}

extension Expression {
  /// The type, when every call takes its arguments, no statistic is inside and a column has one type throughout; nil when not.
  /// O(size), where asking each part for its `type` would look at a part once for each level above it.
  fileprivate func checkedType(_ columns: inout TypedColumns) -> ColumnType? {
    switch self {
    case .column(let name, let type):
      if let place = columns.places[name] { return columns.types[place] == type ? type : nil }
      columns.places[name] = columns.types.count
      columns.types.append(type)
      return type == .vector ? nil : type
    case .literal(let cell): return cell.type == .vector ? nil : cell.type
    case .missing(let type): return type == .vector ? nil : type
    case .aggregate: return nil
    case .call(let function, let arguments):
      var types: [ColumnType] = []
      for argument in arguments {
        guard let type = argument.checkedType(&columns) else { return nil }
        types.append(type)
      }
      return function.result(types)
    }
  }
}
