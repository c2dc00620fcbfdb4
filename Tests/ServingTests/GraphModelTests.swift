import Expressions
import Kernels
import Scoring
import Tables
import Testing

@testable import Serving

/// `spend` as a class, flagged where it is below zero; `email` goes in by its first letter only.
private func graph() throws -> Graph {
  var builder = GraphBuilder()
  let spend = builder.input("spend", .float)
  let email = builder.input("email", .text)
  builder.step = "shorten email"
  let first = builder.expression(.call(.left, [.column("email", .text), .literal(.int(1))]), ["email": email])
  let letter = try #require(first)
  builder.mark(letter, as: .mask(of: "email"))
  builder.step = "encode email = ordinal"
  let code = builder.lookup(letter, words: ["a", "b"])
  // Words alone make no mask.
  builder.step = "mask spend = 0"
  let below = builder.expression(.call(.less, [.column("spend", .float), .literal(.float(0))]), ["spend": spend])
  let negative = try #require(below)
  builder.step = "train logistic"
  let features = builder.concatenate([.column(spend), .column(code)])
  let scores = builder.linear(features, weights: [[1, 1]], intercepts: [0])
  let probabilities = builder.link(scores, .sigmoid)
  let classes: [Cell] = [.text("no"), .text("yes")]
  let prediction = builder.decide(probabilities, classes: classes, threshold: nil)
  return builder.graph(
    prediction: prediction, probabilities: probabilities, classes: classes,
    flags: [Graph.Flag(name: "outside filter spend >= 0", node: negative.node)])
}

private func model() throws -> GraphModel {
  try GraphModel(name: "m", version: "1", label: "y", graph: try graph())
}

@Suite struct GraphModelTests {
  @Test func rowsAreScoredAsTablesAre() throws {
    let model = try model()
    let rows: [[Cell]] = [[.float(2), .text("ann")], [.float(-3), .text("bob")], [.float(0.5), .text("zoe")]]
    let scored = model.score(rows)
    let table = Table([
      ("spend", .from(rows.map { $0[0] }, type: .float)), ("email", .from(rows.map { $0[1] }, type: .text)),
    ])
    let wide = try Scorer(graph: try graph()).score(table, Progress())
    #expect(scored.map(\.prediction) == (0..<3).map { wide.prediction[$0] })
    #expect(scored.flatMap(\.probabilities) == wide.probabilities?.denseValues)
    #expect(scored.map(\.notes) == [[], ["outside filter spend >= 0"], []])
    #expect(model.inputs == [Field("spend", .float), Field("email", .text)])
    #expect(model.predictionType == .text)
  }

  @Test func onlyWhatAMaskGivesIsRecorded() throws {
    let model = try model()
    #expect(model.masksInputs)
    #expect(model.recordable([.float(2), .text("ann@example.org")]) == [.float(2), .text("a")])
    #expect(model.recordable([.missing, .missing]) == [.missing, .missing])
  }

  @Test func manyThreadsScoreAlike() throws {
    let model = try model()
    let expected = model.score([[.float(1), .text("ann")]])
    parallelFor(500) { _ in #expect(model.score([[.float(1), .text("ann")]]) == expected) }
  }
}
