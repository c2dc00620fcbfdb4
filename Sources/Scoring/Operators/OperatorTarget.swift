import Expressions

/// What a format makes of each operator. It answers twice for each: whether it can hold the operator at all, for the support matrix,
/// and how one node is written in it. An operator that a format does not answer for is one that does not build.
public protocol OperatorTarget {
  /// What a node's output is called in the format.
  associatedtype Output

  static func support(_ type: InputOperator.Type) -> Support
  mutating func lower(_ op: InputOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: ExpressionOperator.Type) -> Support
  mutating func lower(_ op: ExpressionOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: LookupOperator.Type) -> Support
  mutating func lower(_ op: LookupOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: RecodeOperator.Type) -> Support
  mutating func lower(_ op: RecodeOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: MaskOperator.Type) -> Support
  mutating func lower(_ op: MaskOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: OneHotOperator.Type) -> Support
  mutating func lower(_ op: OneHotOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: ConcatenateOperator.Type) -> Support
  mutating func lower(_ op: ConcatenateOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: FillOperator.Type) -> Support
  mutating func lower(_ op: FillOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: NeighboursOperator.Type) -> Support
  mutating func lower(_ op: NeighboursOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: ChainOperator.Type) -> Support
  mutating func lower(_ op: ChainOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: AffineOperator.Type) -> Support
  mutating func lower(_ op: AffineOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: LinearOperator.Type) -> Support
  mutating func lower(_ op: LinearOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: TreesOperator.Type) -> Support
  mutating func lower(_ op: TreesOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: ConstantOperator.Type) -> Support
  mutating func lower(_ op: ConstantOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: LinkOperator.Type) -> Support
  mutating func lower(_ op: LinkOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: DecideOperator.Type) -> Support
  mutating func lower(_ op: DecideOperator, _ node: Graph.Node) throws(Unsupported) -> Output

  static func support(_ type: ElementOperator.Type) -> Support
  mutating func lower(_ op: ElementOperator, _ node: Graph.Node) throws(Unsupported) -> Output
}

extension OperatorTarget {
  public static func support(_ kind: OperatorKind) -> Support {
    switch kind {
    case .input: support(InputOperator.self)
    case .expression: support(ExpressionOperator.self)
    case .lookup: support(LookupOperator.self)
    case .recode: support(RecodeOperator.self)
    case .mask: support(MaskOperator.self)
    case .oneHot: support(OneHotOperator.self)
    case .concatenate: support(ConcatenateOperator.self)
    case .fill: support(FillOperator.self)
    case .neighbours: support(NeighboursOperator.self)
    case .chain: support(ChainOperator.self)
    case .affine: support(AffineOperator.self)
    case .linear: support(LinearOperator.self)
    case .trees: support(TreesOperator.self)
    case .constant: support(ConstantOperator.self)
    case .link: support(LinkOperator.self)
    case .decide: support(DecideOperator.self)
    case .element: support(ElementOperator.self)
    }
  }

  public mutating func lower(_ node: Graph.Node) throws(Unsupported) -> Output {
    switch node.op {
    case .input(let op): try lower(op, node)
    case .expression(let op): try lower(op, node)
    case .lookup(let op): try lower(op, node)
    case .recode(let op): try lower(op, node)
    case .mask(let op): try lower(op, node)
    case .oneHot(let op): try lower(op, node)
    case .concatenate(let op): try lower(op, node)
    case .fill(let op): try lower(op, node)
    case .neighbours(let op): try lower(op, node)
    case .chain(let op): try lower(op, node)
    case .affine(let op): try lower(op, node)
    case .linear(let op): try lower(op, node)
    case .trees(let op): try lower(op, node)
    case .constant(let op): try lower(op, node)
    case .link(let op): try lower(op, node)
    case .decide(let op): try lower(op, node)
    case .element(let op): try lower(op, node)
    }
  }
}
