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

  @Test func ofAGuardedColumnWithoutAMaskNothingIsRecorded() throws {
    var builder = GraphBuilder()
    let email = builder.input("email", .text)
    let age = builder.input("age", .float)
    let card = builder.input("card", .text)
    builder.mark(email, as: .classified(.confidential))
    builder.mark(card, as: .classified(.restricted))
    let length = Expression.call(.length, [.column("email", .text)])
    let counted = builder.expression(length, ["email": email])
    let made = try #require(counted)
    let first = builder.expression(.call(.left, [.column("card", .text), .literal(.int(1))]), ["card": card])
    let left = try #require(first)
    // A mask other than `redact` does not let a restricted cell be recorded.
    builder.mark(left, as: .mask(of: "card"))
    let vector = builder.concatenate([
      .column(made), .column(age), .column(builder.lookup(left, words: ["4"])),
    ])
    let answer = builder.element(builder.linear(vector, weights: [[1, 1, 1]], intercepts: [0]), 0)
    let graph = builder.graph(prediction: answer, probabilities: nil, classes: []).pruned()
    let model = try GraphModel(name: "m", version: "1", label: "y", graph: graph)
    #expect(model.masksInputs)
    #expect(model.recordable([.text("ann@x.no"), .float(3), .text("4111")]) == [.missing, .float(3), .missing])
    let body = Array(#"{"email":"ann@x.no","age":3,"card":"4111","note":"hers"}"#.utf8)
    let (_, record) = Responder(model).respond(Call(method: "POST", path: "/v1/predict", body: body))
    let kept = String(decoding: record.request ?? [], as: UTF8.self)
    #expect(kept.contains("3") && !kept.contains("ann") && !kept.contains("4111") && !kept.contains("hers"), "\(kept)")
    // A body that cannot be read may hold anything.
    let broken = Responder(model).respond(Call(method: "POST", path: "/v1/predict", body: body.dropLast() + []))
    #expect(broken.record.request == nil)
  }

  @Test func whatIsSentBesideTheInputsOfAGuardedTableIsNotRecorded() throws {
    var builder = GraphBuilder()
    let age = builder.input("age", .float)
    let answer = builder.element(
      builder.linear(builder.concatenate([.column(age)]), weights: [[1]], intercepts: [0]), 0)
    let graph = builder.graph(prediction: answer, probabilities: nil, classes: [])
    let body = Array(#"{"age":3,"email":"ann@x.no"}"#.utf8)
    for hidesOthers in [false, true] {
      let model = try GraphModel(name: "m", version: "1", label: "y", graph: graph, hidesOthers: hidesOthers)
      let (_, record) = Responder(model).respond(Call(method: "POST", path: "/v1/predict", body: body))
      #expect(String(decoding: record.request ?? [], as: UTF8.self).contains("ann@x.no") == !hidesOthers)
    }
  }

  @Test func manyThreadsScoreAlike() throws {
    let model = try model()
    let expected = model.score([[.float(1), .text("ann")]])
    parallelFor(500) { _ in #expect(model.score([[.float(1), .text("ann")]]) == expected) }
  }
}
