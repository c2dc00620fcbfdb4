/// The primitive operators that every fitted step and model lowers to: the catalogue, in which each has a line per list. Closed,
/// and without a default anywhere, so that an operator is only built when the program, packages and every format answer for it.
///
/// Two kinds of values flow: *columns* (typed cells, missing or not) and *vectors* (a fixed number of doubles a row, not-a-number
/// standing for missing).
public enum Operator: Sendable, Hashable {
  case input(InputOperator)
  case expression(ExpressionOperator)
  case lookup(LookupOperator)
  case recode(RecodeOperator)
  case mask(MaskOperator)
  case oneHot(OneHotOperator)
  case concatenate(ConcatenateOperator)
  case fill(FillOperator)
  case neighbours(NeighboursOperator)
  case chain(ChainOperator)
  case affine(AffineOperator)
  case linear(LinearOperator)
  case trees(TreesOperator)
  case constant(ConstantOperator)
  case link(LinkOperator)
  case decide(DecideOperator)
  case element(ElementOperator)
}

/// The operators by name, without their numbers: the rows of the support matrix, and the names that packages store.
public enum OperatorKind: String, Sendable, Hashable, CaseIterable {
  case input, expression, lookup, recode, mask
  case oneHot = "one_hot"
  case concatenate, fill, neighbours, chain, affine, linear, trees, constant, link, decide, element

  /// One line without a full stop, for the reference.
  public var summary: String { type.summary }

  private var type: any GraphOperator.Type {
    switch self {
    case .input: InputOperator.self
    case .expression: ExpressionOperator.self
    case .lookup: LookupOperator.self
    case .recode: RecodeOperator.self
    case .mask: MaskOperator.self
    case .oneHot: OneHotOperator.self
    case .concatenate: ConcatenateOperator.self
    case .fill: FillOperator.self
    case .neighbours: NeighboursOperator.self
    case .chain: ChainOperator.self
    case .affine: AffineOperator.self
    case .linear: LinearOperator.self
    case .trees: TreesOperator.self
    case .constant: ConstantOperator.self
    case .link: LinkOperator.self
    case .decide: DecideOperator.self
    case .element: ElementOperator.self
    }
  }
}

extension Operator {
  /// The operator in its own file.
  var own: any GraphOperator {
    switch self {
    case .input(let op): op
    case .expression(let op): op
    case .lookup(let op): op
    case .recode(let op): op
    case .mask(let op): op
    case .oneHot(let op): op
    case .concatenate(let op): op
    case .fill(let op): op
    case .neighbours(let op): op
    case .chain(let op): op
    case .affine(let op): op
    case .linear(let op): op
    case .trees(let op): op
    case .constant(let op): op
    case .link(let op): op
    case .decide(let op): op
    case .element(let op): op
    }
  }

  public var kind: OperatorKind { type(of: own).kind }

  /// What it gives for inputs of these types; nil where it does not take them or where its own numbers disagree.
  public func output(_ inputs: [PortType]) -> PortType? { own.output(inputs) }

  /// Writes the parameters; the kind is written by whoever stores the operator.
  public func write(to writer: inout some OperatorWriter) { own.write(to: &writer) }

  /// Reads what `write` wrote of an operator of this kind. Whether it fits its inputs is for `output` to say.
  public init<Reader: OperatorReader>(_ kind: OperatorKind, from reader: inout Reader) throws(Reader.Failure) {
    switch kind {
    case .input: self = .input(try InputOperator(from: &reader))
    case .expression: self = .expression(try ExpressionOperator(from: &reader))
    case .lookup: self = .lookup(try LookupOperator(from: &reader))
    case .recode: self = .recode(try RecodeOperator(from: &reader))
    case .mask: self = .mask(try MaskOperator(from: &reader))
    case .oneHot: self = .oneHot(try OneHotOperator(from: &reader))
    case .concatenate: self = .concatenate(try ConcatenateOperator(from: &reader))
    case .fill: self = .fill(try FillOperator(from: &reader))
    case .neighbours: self = .neighbours(try NeighboursOperator(from: &reader))
    case .chain: self = .chain(try ChainOperator(from: &reader))
    case .affine: self = .affine(try AffineOperator(from: &reader))
    case .linear: self = .linear(try LinearOperator(from: &reader))
    case .trees: self = .trees(try TreesOperator(from: &reader))
    case .constant: self = .constant(try ConstantOperator(from: &reader))
    case .link: self = .link(try LinkOperator(from: &reader))
    case .decide: self = .decide(try DecideOperator(from: &reader))
    case .element: self = .element(try ElementOperator(from: &reader))
    }
  }
}
