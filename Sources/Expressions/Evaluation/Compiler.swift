import Notation
import Tables

/// Turns a bound expression into register code. Equal calls on equal registers are one step.
struct Compiler {
  struct Value {
    let register: Register
    let type: ColumnType
  }

  private(set) var program = Program()
  private var known: [Instruction: Register] = [:]
  private var knownConstants: [Cell: Register] = [:]
  private var columns: [String: Value] = [:]
  private let folds: Bool

  static func compile(_ expression: Expression, folds: Bool = true) throws(ExpressionError) -> Program {
    guard expression.isBounded else { throw .tooLarge }
    var compiler = Compiler(folds: folds)
    // Inputs first, in the order in which the caller gives columns.
    for name in expression.columns { compiler.columns[name] = nil }
    compiler.program.output = try compiler.value(expression).register
    compiler.program.inputs = expression.columns.compactMap { compiler.columns[$0]?.register }
    return compiler.program
  }

  private init(folds: Bool) { self.folds = folds }

  // MARK: Registers

  private mutating func register(_ kind: CellKind) -> Register {
    program.kinds.append(kind)
    return program.kinds.count - 1
  }

  mutating func emit(_ instruction: Instruction, _ type: ColumnType) -> Value {
    if let register = known[instruction] { return Value(register: register, type: type) }
    let out = register(CellKind(type))
    program.steps.append(Program.Step(instruction: instruction, out: out))
    known[instruction] = out
    return Value(register: out, type: type)
  }

  mutating func constant(_ cell: Cell, _ type: ColumnType) -> Value {
    // 0 and -0 are equal, yet not the same to atan2; all missing cells are equal, yet of several types.
    let isShared = cell != .missing && cell != .float(0)
    if isShared, let register = knownConstants[cell] { return Value(register: register, type: type) }
    let made = register(CellKind(type))
    program.constants.append(Program.Constant(register: made, cell: cell))
    if isShared { knownConstants[cell] = made }
    return Value(register: made, type: type)
  }

  mutating func addPattern(_ pattern: String) throws(ExpressionError) -> Int {
    program.patterns.append(try RegularExpression(pattern))
    return program.patterns.count - 1
  }

  mutating func addFormat(_ format: String, zone: String) throws(ExpressionError) -> Int {
    program.formats.append(try DateFormat(format, zone: zone))
    return program.formats.count - 1
  }

  mutating func addReader(_ convention: NumberConvention) -> Int {
    program.numberReaders.append(NumberReader(convention))
    return program.numberReaders.count - 1
  }

  mutating func addList(_ list: [Int64]) -> Int {
    program.intLists.append(list.sorted())
    return program.intLists.count - 1
  }

  mutating func addList(_ list: [Double]) -> Int {
    program.floatLists.append(list.sorted())
    return program.floatLists.count - 1
  }

  mutating func addList(_ list: [String]) -> Int {
    program.textLists.append(TextSet(list))
    return program.textLists.count - 1
  }

  // MARK: Expressions

  mutating func value(_ expression: Expression) throws(ExpressionError) -> Value {
    switch expression {
    case .column(let name, let type): return try column(name, type)
    case .literal(let cell):
      if case .float(let value) = cell, !value.isFinite { return constant(.missing, .float) }
      return constant(cell, expression.type)
    case .missing(let type): return constant(.missing, type)
    case .aggregate(let aggregate, _): throw .notFitted(aggregate)
    case .window(let function, _): throw .notOrdered(function)
    case .call(let function, let arguments):
      let types = arguments.map(\.type)
      guard let type = function.result(types) else { throw .wrongTypes(function, types) }
      if folds, let folded = expression.foldedCall() { return constant(folded, type) }
      return try call(function, arguments, type)
    }
  }

  private mutating func column(_ name: String, _ type: ColumnType) throws(ExpressionError) -> Value {
    guard type != .vector else { throw .conflictingColumn(name) }
    if let seen = columns[name] {
      guard seen.type == type else { throw .conflictingColumn(name) }
      return seen
    }
    let value = Value(register: register(CellKind(type)), type: type)
    columns[name] = value
    return value
  }

  /// The value as another type that holds it: an int or a bool as a float, a date as its midnight.
  mutating func converted(_ value: Value, to type: ColumnType) -> Value {
    switch (value.type, type) {
    case (.int, .float): emit(.convert(.intToFloat, value.register), type)
    case (.bool, .float): emit(.convert(.boolToFloat, value.register), type)
    case (.bool, .int): emit(.convert(.boolToInt, value.register), type)
    case (.date, .datetime): emit(.convert(.dateToDatetime, value.register), type)
    // any other pair needs no conversion
    default: value
    }
  }
}

extension Compiler {
  /// The value as another type that is to hold it as it is: what a float would round has no value.
  mutating func held(_ value: Value, by type: ColumnType) -> Value {
    guard value.type == .int, type == .float else { return converted(value, to: type) }
    return emit(.convert(.intHeldByFloat, value.register), type)
  }
}

extension Expression {
  /// Whether calls are nested no deeper and parts are no more than `CompiledExpression` takes; itself bounded by both. A few lines
  /// of functions that call each other twice make an expression of any size.
  public var isBounded: Bool {
    var parts = CompiledExpression.maximumParts
    return fits(CompiledExpression.maximumDepth, &parts)
  }

  private func fits(_ depth: Int, _ parts: inout Int) -> Bool {
    parts -= 1
    guard depth >= 0, parts >= 0 else { return false }
    switch self {
    case .column, .literal, .missing: return true
    case .call(_, let arguments), .aggregate(_, let arguments), .window(_, let arguments):
      for argument in arguments {
        guard argument.fits(depth - 1, &parts) else { return false }
      }
      return true
    }
  }

  /// The value of a call of literals alone; nil for one with columns, or one that has no value, which is counted row by row.
  func foldedCall() -> Cell? {
    guard case .call(_, let arguments) = self, columns.isEmpty, !isFitted, !arguments.isEmpty else { return nil }
    // try? is safe: what does not compile is not folded, and throws where it is compiled in its place.
    guard let program = try? Compiler.compile(self, folds: false) else { return nil }
    let registers = Registers(program, width: 1)
    registers.run(1)
    // Digits that are lost are counted row by row too.
    guard registers.counts.rounded == 0 else { return nil }
    let block = registers.output
    if block.isValid(0) { return block.cell(0, type) }
    return block.state[0] == CellBlock.missing ? .missing : nil
  }
}

extension CellBlock {
  /// A cell as a value of its own.
  package func cell(_ row: Int, _ type: ColumnType) -> Cell {
    guard isValid(row) else { return .missing }
    switch type {
    case .bool: return .bool(bools[row] != 0)
    case .int: return .int(ints[row])
    case .float, .vector: return .float(floats[row])
    case .text: return .text(texts[row].string)
    case .date: return .date(Int32(clamping: ints[row]))
    case .datetime: return .datetime(ints[row])
    }
  }
}
