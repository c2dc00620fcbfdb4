import Expressions
import Kernels
import Tables
import Testing

@testable import Scoring

/// All ways of running one graph give the same bits.
@Suite(.serialized) struct RouteTests {
  private static func bits(_ values: [Double]) -> [UInt64] { values.map(\.bitPattern) }

  private static func doubles(_ value: PortValue, _ rows: Int) -> [Double] {
    switch value {
    case .column(let column): (0..<rows).map { column[$0].number ?? .nan }
    case .vector(let values, _): values
    case .oneHot(let codes, let width): codes.flatMap { code in (0..<width).map { Int(code) == $0 ? 1 : 0 } }
    }
  }

  @Test(arguments: 0..<60)
  func tableRowAndPiecesAgree(seed: UInt64) throws {
    let rows = seed % 10 == 0 ? 20_000 : 150
    let sample = try RandomScoring(seed: seed, rows: rows)
    let scorer = try Scorer(graph: sample.graph)
    let scored = try scorer.score(sample.table, Progress())
    let scores = try #require(scored.probabilities?.denseValues)
    for threads in [1, 2, 3] {
      Threads.set(threads)
      let again = try scorer.score(sample.table, Progress())
      #expect(Self.bits(again.probabilities?.denseValues ?? []) == Self.bits(scores))
    }
    let outputs = sample.graph.classes.count
    let single = RowScorer(scorer)
    for row in 0..<min(rows, 150) {
      let cells = scorer.inputs.map { sample.table[$0.name]?[row] ?? .missing }
      let answer = single.score(row: cells)
      #expect(Self.bits(answer.probabilities) == Self.bits(Array(scores[row * outputs..<(row + 1) * outputs])))
      #expect(answer.prediction == scored.prediction[row])
    }
  }

  @Test(arguments: 0..<60)
  func aPartOfAGraphIsWhatTheWholeComputesThere(seed: UInt64) throws {
    let rows = 90
    let sample = try RandomScoring(seed: seed, rows: rows)
    let nodes = sample.graph.nodes
    let wanted = nodes.enumerated().compactMap { place, node -> Port? in
      switch node.output {
      case .vector(let width): .vector(VectorPort(node: place, width: width))
      case .column(.float): .column(ColumnPort(node: place, type: .float))
      case .column: nil
      }
    }
    let whole = try GraphRun.evaluate(nodes, wanted: wanted, on: sample.table, Progress()).outputs
    for (port, value) in zip(wanted, whole) {
      let alone = try GraphRun.evaluate(nodes, wanted: [port], on: sample.table, Progress()).outputs[0]
      #expect(Self.bits(Self.doubles(alone, rows)) == Self.bits(Self.doubles(value, rows)))
      if case .oneHot = nodes[port.node].op {
        guard case .oneHot = value else {
          Issue.record("a one-hot node came as doubles")
          continue
        }
      }
    }
    let scores = try Scorer(graph: sample.graph).score(sample.table, Progress()).probabilities?.denseValues
    let last = try #require(whole.dropLast().last)
    #expect(Self.bits(scores ?? []) == Self.bits(Self.doubles(last, rows)))
  }

  @Test(arguments: 0..<60)
  func theScoresAreThoseOfAPlainReading(seed: UInt64) throws {
    let rows = 200
    let sample = try RandomScoring(seed: seed, rows: rows)
    let port = Port.vector(sample.features)
    let run = try GraphRun.evaluate(sample.graph.nodes, wanted: [port], on: sample.table, Progress())
    let features = Self.doubles(run.outputs[0], rows)
    let scores = try #require(
      Scorer(graph: sample.graph).score(sample.table, Progress()).probabilities?.denseValues)
    let (width, outputs) = (sample.features.width, sample.graph.classes.count)
    for row in 0..<rows {
      let naive = sample.naive(Array(features[row * width..<(row + 1) * width]))
      let found = Array(scores[row * outputs..<(row + 1) * outputs])
      if case .trees = sample.model {
        #expect(Self.bits(found) == Self.bits(naive))
      } else {
        // Sums in another order.
        #expect(zip(found, naive).allSatisfy { abs($0 - $1) <= 1e-9 * max(1, abs($1)) || $0.isNaN && $1.isNaN })
      }
    }
  }

  @Test func thirtyThousandCategoriesTakeNoMatrix() throws {
    let rows = 200_000
    let words = (0..<30_000).map { "w\($0)" }
    var builder = GraphBuilder()
    let hot = builder.oneHot(builder.input("s", .text), words: words, missingPlace: true)
    let all = builder.concatenate([.column(builder.input("x", .float)), .vector(hot)])
    let filled = builder.fill(all, [Double](repeating: 0, count: all.width))
    let scale = (0..<all.width).map { 1 + Double($0 % 7) }
    let scaled = builder.affine(filled, scale: scale, offset: scale.map { -$0 / 3 })
    let scores = builder.linear(scaled, weights: [scale.map { 1 / $0 }], intercepts: [0.5])
    let (answer, chances) = (builder.element(scores, 0), builder.link(scores, .sigmoid))
    let graph = builder.graph(prediction: answer, probabilities: chances, classes: [.bool(false), .bool(true)])
    let table = Table([
      ("x", .float(Cells((0..<rows).map { Double($0 % 11) }))),
      ("s", .text(TextCells((0..<rows).map { "w\($0 % 30_001)" }))),
    ])
    let scorer = try Scorer(graph: graph)
    #expect(scorer.program.blockWidth == 1024)
    let clock = ContinuousClock()
    let start = clock.now
    let scored = try scorer.score(table, Progress())
    #expect(clock.now - start < .seconds(2))
    #expect(scored.prediction.count == rows)
    let wanted = [Port.vector(hot)]
    let run = try GraphRun.evaluate(graph.nodes, wanted: wanted, on: table, Progress())
    guard case .oneHot(let codes, 30_001) = run.outputs[0] else {
      Issue.record("one-hot came as doubles")
      return
    }
    #expect(codes[29_999] == 29_999 && codes[30_000] == -1)
  }
}
