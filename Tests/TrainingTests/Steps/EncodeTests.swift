import Kernels
import Plan
import Scoring
import Tables
import Testing

@testable import Training

@Suite struct EncodeTests {
  /// A fitted encoding as a graph whose answer is the column's first number, with its flags.
  private static func graph(_ encode: Encode, on table: Table) throws -> Graph {
    var scope = LoweringScope(raw: table.schema)
    scope.builder.step = encode.words
    try encode.fit(on: table, Progress()).lower(into: &scope)
    let answer: ColumnPort
    switch try scope.port(encode.column) {
    case .column(let port): answer = port
    case .vector(let port): answer = scope.builder.element(port, 0)
    }
    return scope.builder.graph(prediction: answer, probabilities: nil, classes: [], flags: scope.flags)
  }

  private static func texts(_ words: [String?]) -> Column { .text(TextCells(words)) }

  @Test(arguments: [Encode.Method.ordinal, .onehot])
  func unseenIsFlaggedAndMissingIsNot(method: Encode.Method) throws {
    let fitted = Table([("word", Self.texts(["b", "a", nil]))])
    let scorer = try Scorer(graph: Self.graph(Encode("word", method), on: fitted))
    let scored = try scorer.score(Table([("word", Self.texts(["a", "b", "c", nil, ""]))]), Progress())
    #expect(scored.flags.map(\.name) == ["unseen word"])
    #expect((0..<5).map { scored.flags[0].rows[$0] } == [false, false, true, false, true])
  }

  @Test(arguments: [Encode.Method.ordinal, .onehot])
  func twoHundredThousandWordsCompile(method: Encode.Method) throws {
    let words = (0..<200_000).map { "word \($0)" }
    let fitted = Table([("word", Self.texts(words))])
    let scorer = try Scorer(graph: Self.graph(Encode("word", method), on: fitted))
    let scored = try scorer.score(Table([("word", Self.texts(["word 0", "word 199999", "x", nil]))]), Progress())
    #expect((0..<4).map { scored.flags[0].rows[$0] } == [false, false, true, false])
    let first: [Cell] =
      method == .onehot
      ? [.float(1), .float(0), .float(0), .float(0)] : [.float(0), .float(111_111), .missing, .missing]
    #expect((0..<4).map { scored.prediction[$0] } == first)
  }

  @Test func theFlagAndTheCodesShareOneLookup() throws {
    let fitted = Table([("word", Self.texts(["b", "a"]))])
    let graph = try Self.graph(Encode("word", .ordinal), on: fitted)
    #expect(graph.nodes.filter { $0.op.kind == .lookup }.count == 1)
  }
}
