import Expressions
import Kernels
import Tables
import Testing

@testable import Scoring

@Suite struct RecodeTests {
  private static func graph(_ words: [String], _ values: [String?]) -> Graph {
    var b = GraphBuilder()
    let answer = b.recode(b.input("key", .text), words: words, values: values, else: b.input("other", .text))
    return b.graph(prediction: answer, probabilities: nil, classes: [])
  }

  private static func answers(_ graph: Graph, _ keys: [String?], _ others: [String?]) throws -> [Cell] {
    let table = Table([("key", .text(TextCells(keys))), ("other", .text(TextCells(others)))])
    let scored = try Scorer(graph: graph).score(table, Progress())
    return (0..<table.rowCount).map { scored.prediction[$0] }
  }

  @Test func theTableComesBeforeTheOtherText() throws {
    let graph = Self.graph(["a", "é", "", "a"], ["x", nil, "empty", "never"])
    let answers = try Self.answers(
      graph, ["a", "é", "e\u{301}", "", nil, nil, "b"], ["o", "o", "o", "o", "o", nil, nil])
    #expect(
      answers == [.text("x"), .missing, .text("o"), .text("empty"), .text("o"), .missing, .missing])
  }

  @Test func anEmptyTableGivesTheOtherText() throws {
    #expect(try Self.answers(Self.graph([], []), ["a", nil], [nil, "b"]) == [.missing, .text("b")])
  }

  @Test func listsOfTwoLengthsFitNoNode() {
    let op = Operator.recode(RecodeOperator(words: ["a"], values: []))
    #expect(op.output([.column(.text), .column(.text)]) == nil)
    let sound = Operator.recode(RecodeOperator(words: ["a"], values: [nil]))
    #expect(sound.output([.column(.text), .column(.text)]) == .column(.text))
    #expect(sound.output([.column(.text)]) == nil && sound.output([.column(.text), .column(.float)]) == nil)
  }
}
