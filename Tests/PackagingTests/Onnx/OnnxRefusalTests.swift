import Expressions
import Packaging
import Scoring
import Tables
import Testing

@Suite struct OnnxRefusalTests {
  static let refused = Function.allCases.filter { !OnnxTarget.support($0).isHeld }

  /// A graph of one step with the expression given.
  private func graph(_ expression: Expression) throws -> Graph {
    var builder = GraphBuilder()
    builder.step = "derive z = …"
    let ports = expression.inputFields.map { ($0.name, builder.input($0.name, $0.type)) }
    _ = builder.input("x", .float)
    let answer = builder.expression(expression, Dictionary(ports, uniquingKeysWith: { first, _ in first }))
    return builder.graph(prediction: try #require(answer), probabilities: nil, classes: [])
  }

  @Test(arguments: refused)
  func aFunctionThatOnnxLacksIsRefusedByNameAndStep(function: Function) throws {
    let graph = try graph(function.description.example)
    let refusal = #expect(throws: Unsupported.self) { try OnnxTarget.emit(graph) }
    #expect(refusal?.step == "derive z = …")
    guard case .format(let words)? = refusal?.reason else {
      Issue.record("not the format's refusal: \(String(describing: refusal))")
      return
    }
    #expect(words.contains(function.rawValue))
  }

  @Test(arguments: [
    Expression.call(.less, [.column("s", .text), .column("t", .text)]),
    .call(.max, [.column("s", .text), .column("t", .text)]),
    .call(.contains, [.column("s", .text), .column("t", .text)]),
    .call(.round, [.column("x", .float), .column("n", .int)]),
    .call(.text, [.column("x", .float)]),
    .call(.float, [.column("s", .text)]),
    .call(.date, [.column("s", .text)]),
    .call(.matches, [.column("s", .text), .literal(.text("(?=a)b"))]),
  ])
  func whatAFunctionTakesInPartIsRefusedBeyondIt(expression: Expression) throws {
    let graph = try graph(expression)
    #expect(throws: Unsupported.self) { try OnnxTarget.emit(graph) }
  }

  @Test func anInputNamedLikeTheAnswerIsRefused() throws {
    let graph = try graph(.column("prediction", .float))
    #expect(throws: Unsupported.self) { try OnnxTarget.emit(graph) }
  }

  @Test func branchesThatShareANodeAreRefused() throws {
    // Each node's children are both the next node: 2^40 paths.
    let chain = (0..<40).map { TreeEnsemble.Node(test: .atMost(0), feature: 0, left: $0 + 1, right: $0 + 1) }
    let ensemble = try #require(
      TreeEnsemble(
        features: 1, outputs: 1, nodes: chain + [.init(test: .leaf, feature: 0)], trees: [.init(root: 0, output: 0)],
        leafValues: [1], sets: [], base: [0]))
    var builder = GraphBuilder()
    let sums = builder.trees(builder.concatenate([.column(builder.input("x", .float))]), ensemble)
    let answer = builder.element(sums, 0)
    let graph = builder.graph(prediction: answer, probabilities: nil, classes: [])
    #expect(throws: Unsupported.self) { try OnnxTarget.emit(graph) }
  }
}
