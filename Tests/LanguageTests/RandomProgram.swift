import Language

/// SplitMix64: the same numbers for the same seed on every machine.
struct SeededRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { bound > 0 ? Int(next() % UInt64(bound)) : 0 }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}

/// Makes syntax trees of every form that a parser can give.
struct RandomProgram {
  var random: SeededRandom

  init(seed: Int) { random = SeededRandom(UInt64(seed)) }

  private let names = [
    "a", "age", "größe", "x y", "`", "a`b``", "in", "null", "let", "as", "r", "_", "e1", "名前", "mlp",
  ]

  private mutating func list<T>(_ least: Int, _ most: Int, _ make: (inout Self) -> T) -> [T] {
    (0..<least + random.below(most - least + 1)).map { _ in make(&self) }
  }

  mutating func name() -> Name { Name(random.pick(names)) }

  mutating func literal() -> Literal {
    switch random.below(8) {
    case 0: .int(Int64(random.below(5)))
    case 1: .int(.max)
    case 2: .float(Double(random.below(1_000_000)) / 7 * random.pick([1e-300, 1, 1e300]))
    case 3: .text(random.pick(["", "a", "\"", "\\d", "\\\"", "\n\t\r", "é\u{301}", "\u{0}", "\u{2028}", "#"]))
    case 4: .bool(random.below(2) == 0)
    case 5: .missing
    case 6: .date(days: random.below(3_652_059) - 719_162)
    default: .datetime(microseconds: Int64(random.below(3_000_000)) * 86_399_999_999 % 60_000_000_000_000_000)
    }
  }

  mutating func expression(_ depth: Int) -> Expr {
    var made = Expr(kind(depth))
    made.isParenthesised = random.below(8) == 0
    return made
  }

  private mutating func kind(_ depth: Int) -> Expr.Kind {
    guard depth > 0 else { return random.below(2) == 0 ? .literal(literal()) : .name(name().text) }
    switch random.below(10) {
    case 0: return .list(list(0, 4) { $0.expression(depth - 1) })
    case 1: return .record(list(0, 3) { $0.pair(depth - 1) })
    case 2: return .unary(random.pick(UnaryOperator.allCases), expression(depth - 1))
    case 3, 4: return .binary(random.pick(BinaryOperator.allCases), expression(depth - 1), expression(depth - 1))
    case 5: return .range(expression(depth - 1), expression(depth - 1))
    case 6: return .call(call(depth))
    case 7: return .member(expression(depth - 1), name())
    case 8:
      return .conditional(
        condition: expression(depth - 1), then: expression(depth - 1), otherwise: expression(depth - 1))
    default: return .name(name().text)
    }
  }

  private mutating func entry(_ depth: Int) -> RecordEntry { RecordEntry(name(), expression(depth)) }

  /// An entry of a record, whose key may be a literal.
  private mutating func pair(_ depth: Int) -> RecordEntry {
    switch literal() {
    case .int(let value) where random.below(2) == 0: RecordEntry(.int(-value), expression(depth))
    case .int(let value): RecordEntry(.int(value), expression(depth))
    case .text(let text): RecordEntry(.text(text), expression(depth))
    case .date(let days): RecordEntry(.date(days: days), expression(depth))
    case .float, .datetime, .bool, .missing: entry(depth)
    }
  }

  private mutating func call(_ depth: Int) -> Call {
    Call(name(), list(0, 3) { $0.expression(depth - 1) }, options: list(0, 2) { $0.entry(depth - 1) })
  }

  private mutating func argument() -> Argument {
    switch random.below(5) {
    case 0: Argument(.option(name(), expression(2)))
    case 1: Argument(.assignment(Target(.name(name().text)), expression(2)))
    case 2: Argument(.assignment(Target(.selector(call(1))), expression(2)))
    case 3: Argument(.assignment(Target(.names(list(0, 3) { $0.name() })), expression(2)))
    default: Argument(.positional(expression(3)))
    }
  }

  private mutating func pipeline() -> Pipeline {
    var elements: [PipelineElement] = []
    switch random.below(4) {
    case 0: elements.append(.expression(expression(3)))
    case 1: elements.append(.stage(Stage(name(), isBare: true)))
    case 2: elements.append(.naming(Naming(name())))
    default: elements.append(.stage(Stage(name(), list(1, 4) { $0.argument() })))
    }
    elements += list(0, 3) { maker in
      maker.random.below(4) == 0
        ? .naming(Naming(maker.name())) : .stage(Stage(maker.name(), maker.list(0, 4) { $0.argument() }))
    }
    return Pipeline(leadingPipe: random.below(4) == 0, elements)
  }

  private mutating func letDeclaration() -> LetDeclaration {
    LetDeclaration(name(), parameters: random.below(2) == 0 ? nil : list(0, 3) { $0.name() }, expression(4))
  }

  private mutating func bodyStatement() -> Statement {
    Statement(random.below(3) == 0 ? .let(letDeclaration()) : .pipeline(pipeline()))
  }

  private mutating func parameter() -> DefineParameter {
    DefineParameter(name(), defaultValue: random.below(2) == 0 ? nil : expression(2))
  }

  private mutating func statement() -> Statement {
    switch random.below(8) {
    case 0: Statement(.param(ParamDeclaration(name(), expression(2))))
    case 1: Statement(.use(UseDeclaration(random.pick(["a.mlp", "\\", "\""]))))
    case 2:
      Statement(
        .define(
          DefineDeclaration(name(), parameters: list(0, 3) { $0.parameter() }, body: list(0, 3) { $0.bodyStatement() }))
      )
    default: bodyStatement()
    }
  }

  mutating func program() -> Program {
    Program(edition: random.below(3) == 0 ? Edition(1) : nil, statements: list(0, 6) { $0.statement() })
  }
}
