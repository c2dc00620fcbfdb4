import Expressions
import Tables

/// An expression without aggregates; its columns are the node's inputs, in the order of `Expression.columns`. Gives a column.
public struct ExpressionOperator: Sendable, Hashable {
  public let expression: Expression

  public init(_ expression: Expression) { self.expression = expression }
}

extension ExpressionOperator: GraphOperator {
  static let kind = OperatorKind.expression
  static let summary = "A row expression; its functions have rows of their own"

  func output(_ inputs: [PortType]) -> PortType? {
    var columns = TypedColumns()
    guard let type = expression.checkedType(&columns), inputs == columns.types.map(PortType.column) else { return nil }
    return .column(type)
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) throws(GraphError) -> (any OperatorKernel)? {
    do throws(ExpressionError) {
      return ExpressionKernel(wiring: wiring, compiled: try CompiledExpression(expression))
    } catch {
      throw GraphError(step: compiler.nodes[wiring.node].step, .expression(error))
    }
  }

  func write(to writer: inout some OperatorWriter) { writer.expression(expression) }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(try reader.expression())
  }
}

extension GraphBuilder {
  /// An expression over columns that `ports` names; nil when one of its columns is not in `ports`.
  public mutating func expression(_ expression: Expression, _ ports: [String: ColumnPort]) -> ColumnPort? {
    let wired = expression.columns.compactMap { ports[$0]?.node }
    guard wired.count == expression.columns.count else { return nil }
    let node = add(.expression(ExpressionOperator(expression)), wired, .column(expression.type))
    return ColumnPort(node: node, type: expression.type)
  }
}

private final class ExpressionKernel: OperatorKernel {
  let wiring: Wiring
  let compiled: CompiledExpression

  init(wiring: Wiring, compiled: CompiledExpression) {
    self.wiring = wiring
    self.compiled = compiled
  }

  func worker(width: Int, arena: TextArena) -> any OperatorWorker {
    ExpressionWorker(self, compiled.makeRegisters(width: width, arena: arena))
  }
}

private final class ExpressionWorker: OperatorWorker {
  let kernel: ExpressionKernel
  let memory: Registers

  init(_ kernel: ExpressionKernel, _ memory: Registers) {
    self.kernel = kernel
    self.memory = memory
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    let inputs = kernel.wiring.inputs
    let columns = registers.columns
    for (place, input) in inputs.enumerated() { memory.bind(input: place, to: columns[input]) }
    memory.counts = EvaluationCounts()
    memory.run(rows)
    registers.counts += memory.counts
    let result = memory.output
    columns[kernel.wiring.node] = result
    if result.isClean { return }
    for row in 0..<rows where result.state[row] & 2 != 0 {
      // What had failed before it came here was counted there.
      let isNew = inputs.allSatisfy { columns[$0].isClean || columns[$0].state[row] & 2 == 0 }
      if isNew { registers.counts.notANumber += 1 }
    }
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
    case .aggregate, .window: return nil
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
