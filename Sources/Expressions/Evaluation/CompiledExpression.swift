import Kernels
import Tables

/// An expression compiled to register code: the one evaluator, run wide over columns and at width 1 over served rows, with the
/// same result to the bit.
public struct CompiledExpression: Sendable {
  /// Calls nested deeper than this are refused: what comes from a package must not exhaust the stack.
  public static let maximumDepth = 400
  /// Columns, literals and calls in all; more are refused.
  public static let maximumParts = 100_000

  public let expression: Expression
  public let type: ColumnType
  /// The columns that it reads, in the order in which cells and columns are to be given.
  public let inputs: [Field]
  let program: Program
  /// The parts that read one text column alone, to be run once a word where the column is a dictionary.
  let wordParts: WordParts?

  /// Throws what is wrong with the expression whatever the rows: types, patterns, units, aggregates that were not fitted.
  public init(_ expression: Expression) throws(ExpressionError) {
    try self.init(expression, folds: true)
  }

  /// Without folding of constants, for the test that folding changes nothing.
  init(_ expression: Expression, folds: Bool) throws(ExpressionError) {
    program = try Compiler.compile(expression, folds: folds)
    self.expression = expression
    type = expression.type
    inputs = expression.inputFields
    wordParts = folds ? try WordParts(expression) : nil
  }

  /// The value of every row.
  ///
  /// `columns` are those of `inputs`, in that order, each with `rowCount` cells; an int column serves for a float. A column that
  /// is not there, or of another type or length, counts as missing throughout.
  /// O(rows × steps), in parallel; the result does not depend on the number of threads.
  public func evaluate(_ columns: [Column], rowCount: Int, _ progress: Progress) throws(Cancelled) -> (
    column: Column, counts: EvaluationCounts
  ) {
    if let wordParts, let result = try wordParts.evaluate(columns, rowCount: rowCount, progress) { return result }
    let run = try WideRun.run(program, type, columns, inputs, rowCount, progress)
    return (run.column, run.allCounts)
  }

  /// Memory for evaluating single rows, to be kept and reused by one thread.
  public func makeScratch() -> RowScratch { RowScratch(registers: Registers(program, width: 1)) }

  /// The value for one row, whose cells are in the order of `inputs`. Allocates nothing where no text is made.
  public func evaluate(row: [Cell], _ scratch: RowScratch) -> Cell {
    let registers = scratch.registers
    registers.arena.reset()
    for (place, register) in program.inputs.enumerated() {
      registers.blocks[register].set(place < row.count ? row[place] : .missing, inputs[place].type, registers.arena)
    }
    registers.run(1)
    return registers.output.cell(0, type)
  }
}

/// Memory for evaluating single rows; for one thread at a time.
public final class RowScratch {
  let registers: Registers

  init(registers: Registers) { self.registers = registers }
}

extension CellBlock {
  /// Puts a cell in row 0 of a block for cells of `type`; one of another type is missing, an int serves for a float.
  package mutating func set(_ cell: Cell, _ type: ColumnType, _ arena: TextArena) {
    isClean = true
    switch (cell, type) {
    case (.bool(let value), .bool): bools[0] = value ? 1 : 0
    case (.int(let value), .int), (.datetime(let value), .datetime): ints[0] = value
    case (.date(let value), .date): ints[0] = Int64(value)
    case (.float(let value), .float) where value.isFinite: floats[0] = value
    case (.int(let value), .float): floats[0] = Double(value)
    case (.text(let value), .text): texts[0] = arena.copy(value)
    // any other cell is missing, or of another type
    default: clear(type)
    }
  }

  private mutating func clear(_ type: ColumnType) {
    switch CellKind(type) {
    case .bool: bools[0] = 0
    case .int: ints[0] = 0
    case .float: floats[0] = 0
    case .text: texts[0] = .empty
    }
    isClean = false
    state[0] = CellBlock.missing
  }
}

extension Expression {
  /// Names and types of the columns read, in order of first appearance.
  public var inputFields: [Field] {
    var fields: [Field] = []
    collectFields(into: &fields)
    return fields
  }

  private func collectFields(into fields: inout [Field]) {
    switch self {
    case .column(let name, let type):
      if !fields.contains(where: { $0.name == name }) { fields.append(Field(name, type)) }
    case .literal, .missing: break
    case .call(_, let arguments), .aggregate(_, let arguments), .window(_, let arguments):
      for argument in arguments { argument.collectFields(into: &fields) }
    }
  }

  /// Throws what is wrong with the expression whatever the rows, without keeping the code: for a checker. Aggregates and functions of
  /// the rows around may stand in it, and their own arguments are checked too.
  public func check() throws(ExpressionError) {
    _ = try Compiler.compile(try replacingAggregatesByPlaceholders())
  }

  private func replacingAggregatesByPlaceholders() throws(ExpressionError) -> Expression {
    guard isBounded else { throw .tooLarge }
    switch self {
    case .column, .literal, .missing: return self
    case .call(let function, let arguments):
      var replaced: [Expression] = []
      for argument in arguments { replaced.append(try argument.replacingAggregatesByPlaceholders()) }
      return .call(function, replaced)
    case .aggregate(let aggregate, let arguments):
      for argument in arguments { try argument.check() }
      guard aggregate.result(arguments.map(\.type)) != nil, aggregate.hasValidPart(arguments) else {
        throw .badAggregate(aggregate)
      }
      return .missing(type)
    case .window(let function, let arguments):
      for argument in arguments { try argument.check() }
      guard function.result(arguments.map(\.type)) != nil, function.counts(arguments) != nil else {
        throw .badWindow(function)
      }
      return .missing(type)
    }
  }
}

extension Aggregate {
  /// Whether `quantile` has a part from 0 to 1; true for the others.
  func hasValidPart(_ arguments: [Expression]) -> Bool {
    guard self == .quantile else { return true }
    guard arguments.count == 2, case .literal(let cell) = arguments[1], let part = cell.number else { return false }
    return (0...1).contains(part)
  }
}

extension CompiledExpression {
  /// The register file of one thread for up to `width` rows at a time, its texts in `arena`.
  package func makeRegisters(width: Int, arena: TextArena) -> Registers {
    Registers(program, width: width, arena: arena)
  }
}
