import Expressions
import Scoring
import Tables
import Testing

@Suite struct GraphRoleTests {
  /// A flag reads `email` as it comes; the answer is made of `x` alone, so that nothing needs the mask but its role.
  static func graph(flagging: Bool) throws -> Graph {
    var builder = GraphBuilder()
    let x = builder.input("x", .float)
    let email = builder.input("email", .text)
    let flag = try builder.wired(.call(.isMissing, [.column("email", .text)]), ["email": email])
    let first = try builder.wired(
      .call(.left, [.column("email", .text), .literal(.int(1))]), ["email": email])
    builder.mark(first, as: .mask(of: "email"))
    return builder.graph(
      prediction: x, probabilities: nil, classes: [],
      flags: flagging ? [Graph.Flag(name: "no email", node: flag.node)] : [])
  }

  @Test func theMaskOfAnInputThatIsAskedForStays() throws {
    let pruned = try Self.graph(flagging: true).pruned()
    #expect(pruned.inputs.map(\.name) == ["x", "email"])
    #expect(pruned.roles.map(\.role) == [.mask(of: "email")])
  }

  @Test func theMaskOfAnInputThatIsNotGoesWithIt() throws {
    let pruned = try Self.graph(flagging: false).pruned()
    #expect(pruned.inputs.map(\.name) == ["x"] && pruned.roles.isEmpty)
  }

  @Test func aMaskNeedsAColumnAndAnInputOfItsName() throws {
    let graph = try Self.graph(flagging: true)
    let mask = try #require(graph.roles.first?.node)
    #expect(graph.marking([(mask, .mask(of: "email"))]) == graph)
    #expect(graph.marking([]).map { $0.roles.isEmpty } == true)
    #expect(graph.marking([(mask, .mask(of: "phone"))]) == nil)
    #expect(graph.marking([(graph.nodes.count, .mask(of: "email"))]) == nil)
    let input = try #require(graph.nodes.firstIndex { $0.op == .input(InputOperator(name: "email", type: .text)) })
    #expect(graph.marking([(input, .mask(of: "email"))]) == nil)
  }

  @Test func featuresNeedAVectorPutTogetherOfAsManyInputs() {
    var builder = GraphBuilder()
    let columns = [Port.column(builder.input("a", .float)), .column(builder.input("b", .float))]
    let vector = builder.concatenate(columns)
    builder.mark(vector, as: .features(["a", "b"]))
    let answer = builder.element(vector, 0)
    let graph = builder.graph(prediction: answer, probabilities: nil, classes: [])
    #expect(graph.roles.map(\.role) == [.features(["a", "b"])] && graph.pruned().roles.count == 1)
    #expect(graph.marking([(vector.node, .features(["a", "b"]))]) == graph)
    #expect(graph.marking([(vector.node, .features(["a"]))]) == nil)
    #expect(graph.marking([(0, .features(["a"]))]) == nil)
  }
}
