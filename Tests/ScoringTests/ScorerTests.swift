import Expressions
import Glibc
import Kernels
import Tables
import Testing

@testable import Scoring

extension GraphBuilder {
  mutating func wired(_ expression: Expression, _ ports: [String: ColumnPort]) throws -> ColumnPort {
    let port = self.expression(expression, ports)
    return try #require(port)
  }
}

/// A whole pipeline over raw columns: a derived column, one-hot words, filled places, trees and a link.
struct SamplePipeline {
  let graph: Graph
  let ensemble: TreeEnsemble
  let table: Table
  static let words = ["red", "grün", "blue"]

  init(rows: Int, seed: UInt64, outputs: Int = 1, missing: Bool = true, sets: Bool = true) throws {
    var random = CounterRandom(seed: seed)
    var builder = GraphBuilder()
    let x = builder.input("x", .float)
    let n = builder.input("n", .int)
    let word = builder.input("word", .text)
    let ratio = try builder.wired(.call(.divide, [.column("x", .float), .column("n", .int)]), ["x": x, "n": n])
    let code = builder.lookup(word, words: Self.words)
    let hot = builder.oneHot(word, words: Self.words, missingPlace: true)
    let vector = builder.concatenate([.column(x), .column(n), .column(ratio), .vector(hot), .column(code)])
    let filled = missing ? vector : builder.fill(vector, [Double](repeating: 0.25, count: 8))
    ensemble = try RandomTrees(features: 8, outputs: outputs, trees: 30, sets: sets, random: &random).ensemble()
    let scores = builder.trees(filled, ensemble)
    let probabilities = builder.link(scores, outputs == 1 ? .sigmoid : .softmax)
    let classes: [Cell] = (0..<max(2, outputs)).map { .text("class \($0)") }
    let answer = builder.decide(probabilities, classes: classes, threshold: outputs == 1 ? 0.4 : nil)
    let outside = try builder.wired(.call(.less, [.column("x", .float), .literal(.float(0))]), ["x": x])
    graph = builder.graph(
      prediction: answer, probabilities: probabilities, classes: classes,
      flags: [.init(name: "outside", node: outside.node)])
    table = Self.rows(rows, &random)
  }

  private static func rows(_ count: Int, _ random: inout CounterRandom) -> Table {
    var x: [Cell] = []
    var n: [Cell] = []
    var word: [Cell] = []
    for _ in 0..<count {
      x.append(random.next(below: 10) == 0 ? .missing : .float(random.nextNormal()))
      n.append(random.next(below: 10) == 0 ? .missing : .int(Int64(random.next(below: 7)) - 3))
      let pick = random.next(below: 5)
      word.append(pick == 4 ? .missing : .text(pick == 3 ? "unseen" : words[pick]))
    }
    return Table([("x", .from(x, type: .float)), ("n", .from(n, type: .int)), ("word", .from(word, type: .text))])
  }
}

@Suite(.serialized) struct ScorerTests {
  @Test(arguments: [(1, true, true), (1, false, false), (3, true, true), (1, true, false)])
  func wideAndRowScoresAreThoseOfAPlainReading(outputs: Int, missing: Bool, sets: Bool) throws {
    let sample = try SamplePipeline(rows: 3001, seed: 5, outputs: outputs, missing: missing, sets: sets)
    let scorer = try Scorer(graph: sample.graph)
    let scored = try scorer.score(sample.table, Progress())
    let probabilities = try #require(scored.probabilities)
    let single = RowScorer(scorer)
    var answer = RowScore()
    for row in 0..<sample.table.rowCount {
      let cells = sample.table.columns.map { $0[row] }
      single.score(row: cells, into: &answer)
      #expect(answer.probabilities == probabilities.row(row))
      #expect(answer.prediction == scored.prediction[row])
      #expect(answer.flags == [scored.flags[0].rows[row]])
      let naive = naiveScores(sample.ensemble, Self.features(cells, fill: missing ? .nan : 0.25))
      if outputs == 1 {
        #expect(answer.probabilities[1] == sigmoid(naive[0]))
      } else {
        let largest = naive.max() ?? 0
        let sum = naive.reduce(0) { $0 + exp($1 - largest) }
        #expect(answer.probabilities == naive.map { exp($0 - largest) / sum })
      }
    }
  }

  private static func features(_ cells: [Cell], fill: Double) -> [Double] {
    let x = cells[0].number ?? .nan
    let n = cells[1].number ?? .nan
    let ratio = n == 0 ? .nan : x / n
    var hot = [Double](repeating: 0, count: 4)
    var code = Double.nan
    if case .text(let word) = cells[2] {
      code = -1
      if let place = SamplePipeline.words.firstIndex(of: word) {
        hot[place] = 1
        code = Double(place)
      }
    } else {
      hot[3] = 1
    }
    return ([x, n, ratio] + hot + [code]).map { $0.isNaN ? fill : $0 }
  }

  @Test func theNumberOfThreadsDoesNotShow() throws {
    let sample = try SamplePipeline(rows: 70_001, seed: 9)
    let scorer = try Scorer(graph: sample.graph)
    var results: [[UInt64]] = []
    for threads in [1, 2, 3] {
      Threads.set(threads)
      results.append(try scorer.score(sample.table, Progress()).probabilities?.denseValues?.map(\.bitPattern) ?? [])
    }
    #expect(results[0].count == 140_002)
    #expect(results[1] == results[0] && results[2] == results[0])
  }

  @Test func absentAndMistypedColumnsAreMissingAndTold() throws {
    let sample = try SamplePipeline(rows: 10, seed: 2)
    let table = Table([("x", .from([.text("1")], type: .text)), ("n", .from([.int(1)], type: .int))])
    let scored = try Scorer(graph: sample.graph).score(table, Progress())
    #expect(scored.absent == ["word"] && scored.mistyped == ["x"])
    let row = RowScorer(try Scorer(graph: sample.graph)).score(row: [.missing, .int(1), .missing])
    #expect(scored.probabilities?.denseValues == row.probabilities)
  }

  @Test func cancellingEndsScoring() throws {
    let sample = try SamplePipeline(rows: 100, seed: 2)
    let progress = Progress()
    progress.cancel()
    let scorer = try Scorer(graph: sample.graph)
    #expect(throws: Cancelled.self) { try scorer.score(sample.table, progress) }
  }

  @Test func extremeScoresKeepTheirProbabilities() throws {
    var builder = GraphBuilder()
    let x = builder.concatenate([.column(builder.input("x", .float))])
    let scores = builder.linear(x, weights: [[1], [0], [-1]], intercepts: [0, 0, 0])
    let probabilities = builder.link(scores, .softmax)
    let answer = builder.decide(probabilities, classes: [.int(0), .int(1), .int(2)], threshold: nil)
    let graph = builder.graph(
      prediction: answer, probabilities: probabilities, classes: [.int(0), .int(1), .int(2)])
    let scorer = RowScorer(try Scorer(graph: graph))
    #expect(scorer.score(row: [.float(1e300)]).probabilities == [1, 0, 0])
    #expect(scorer.score(row: [.float(-1e300)]).prediction == .int(2))
    #expect(scorer.score(row: [.missing]).prediction == .missing)
  }

  @Test func partOfAGraphGivesColumnsAndVectors() throws {
    var builder = GraphBuilder()
    let x = builder.input("x", .int)
    let inverse = try builder.wired(.call(.divide, [.literal(.int(1)), .column("x", .int)]), ["x": x])
    let twice = try builder.wired(.call(.add, [.column("i", .float), .column("i", .float)]), ["i": inverse])
    let vector = builder.concatenate([.column(twice), .column(x)])
    let table = Table([("x", .from([.int(2), .int(0), .missing], type: .int))])
    let run = try GraphRun.evaluate(builder.nodes, wanted: [.column(twice), .vector(vector)], on: table, Progress())
    #expect(run.counts.notANumber == 1)
    guard case .column(let column) = run.outputs[0], case .vector(let values, 2) = run.outputs[1] else {
      Issue.record("wrong kinds of outputs")
      return
    }
    #expect((0..<3).map { column[$0] } == [.float(1), .missing, .missing])
    #expect(values[0] == 1 && values[1] == 2 && values[2].isNaN && values[3] == 0 && values[5].isNaN)
  }

  @Test func treesThatShareNodesWithoutEndAreRefused() throws {
    // Each node's children are one and the same: laid out as trees they would be 2^40 nodes.
    var nodes = (0..<40).map {
      TreeEnsemble.Node(test: .atMost(0), feature: 0, left: $0 + 1, right: $0 + 1)
    }
    nodes.append(.init(test: .leaf, feature: 0))
    let ensemble = try #require(
      TreeEnsemble(
        features: 1, outputs: 1, nodes: nodes, trees: [.init(root: 0, output: 0)], leafValues: [1], sets: [], base: [0])
    )
    #expect(TreeScorer(ensemble, VectorLayout(width: 1)) == nil)
  }
}
