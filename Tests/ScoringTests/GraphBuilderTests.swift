import Expressions
import Testing

@testable import Scoring

@Suite struct GraphBuilderTests {
  @Test func equalLookupsOfOnePortAreOneNode() {
    var builder = GraphBuilder()
    let word = builder.input("word", .text)
    let first = builder.lookup(word, words: ["a", "b"])
    #expect(builder.lookup(word, words: ["a", "b"]) == first)
    #expect(builder.lookup(word, words: ["a", "b"], unseen: 7) != first)
    #expect(builder.lookup(word, words: ["ab"]) != builder.lookup(word, words: ["a", "", "b"]))
    #expect(builder.lookup(builder.input("other", .text), words: ["a", "b"]) != first)
  }

  @Test func lookupsOfWordsThatDifferInBytesStayApart() {
    var builder = GraphBuilder()
    let word = builder.input("word", .text)
    // Canonically equivalent, so equal as Swift strings.
    #expect(builder.lookup(word, words: ["\u{E9}"]) != builder.lookup(word, words: ["e\u{301}"]))
  }

  @Test func aGraphErrorNamesTheStepAndItsExpression() throws {
    var builder = GraphBuilder()
    builder.step = "derive y = x ~ r\"(\""
    let text = builder.input("x", .text)
    let pattern = Expression.call(.matches, [.column("x", .text), .literal(.text("("))])
    let port = try builder.wired(pattern, ["x": text])
    let graph = builder.graph(prediction: port, probabilities: nil, classes: [])
    let error = #expect(throws: GraphError.self) { try Scorer(graph: graph) }
    #expect(error?.step == builder.step)
    guard case .expression(.badPattern("(", _, _))? = error?.reason else {
      Issue.record("not the pattern: \(String(describing: error))")
      return
    }
  }
}
