import Expressions
import Kernels
import Tables
import Testing

@testable import Packaging
@testable import Scoring

/// An operator's bytes with damage in them: reading them ends in an error or in an operator that is written as the same bytes, and one
/// that fits its node runs.
@Suite struct OperatorDamageTests {
  @Test(arguments: OperatorKind.allCases)
  func damagedBytesAreRefusedOrReadAndRun(kind: OperatorKind) throws {
    var read = 0
    for seed in 0..<OperatorSample.count {
      let graph = OperatorSample(kind, seed: seed, isJudged: false).graph
      let place = try #require(graph.nodes.lastIndex { $0.op.kind == kind })
      var writer = ByteWriter()
      writer.op(graph.nodes[place].op)
      for damaged in Self.damaged(writer.bytes, seed) where Self.survives(damaged, graph, place) { read += 1 }
    }
    // What is not refused has to be met as well, or nothing was run.
    #expect(read > 0)
  }

  @Test(arguments: OperatorKind.allCases)
  func everyOperatorIsReadAsItWasWritten(kind: OperatorKind) throws {
    for seed in 0..<OperatorSample.count {
      for node in OperatorSample(kind, seed: seed, isJudged: false).graph.nodes {
        var writer = ByteWriter()
        writer.op(node.op)
        let op = try #require(Self.op(writer.bytes))
        #expect(op.kind == node.op.kind)
        var again = ByteWriter()
        again.op(op)
        #expect(again.bytes == writer.bytes)
      }
    }
  }

  /// Each byte changed in several ways, each beginning, and random ends of one on random beginnings of another.
  private static func damaged(_ bytes: [UInt8], _ seed: UInt64) -> [[UInt8]] {
    var random = CounterRandom(seed: seed, stream: 31)
    // Of the many bytes of trees a part, another for each seed.
    let step = 1 + bytes.count / 400
    var all: [[UInt8]] = [bytes]
    for place in stride(from: Int(seed) % step, to: bytes.count, by: step) {
      for flip: UInt8 in [0x01, 0x02, 0x40, 0x80, 0xff] {
        var changed = bytes
        changed[place] ^= flip
        all.append(changed)
      }
      all.append(Array(bytes[..<place]))
      all.append(Array(bytes[..<place]) + Array(bytes[random.next(below: bytes.count)...]))
    }
    return all
  }

  private static func op(_ bytes: [UInt8]) -> Operator? {
    var reader = ByteReader(bytes, in: 0..<bytes.count)
    reader.maximumDepth = CompiledExpression.maximumDepth
    guard let op = try? reader.op(), reader.remaining == 0 else { return nil }
    return op
  }

  /// Whether the bytes are an operator that takes the place of a node; what is read is written again and run.
  private static func survives(_ bytes: [UInt8], _ graph: Graph, _ place: Int) -> Bool {
    guard let op = op(bytes) else { return false }
    var writer = ByteWriter()
    writer.op(op)
    #expect(writer.bytes == bytes)
    let old = graph.nodes[place]
    guard op.output(old.inputs.map { graph.nodes[$0].output }) == old.output else { return false }
    var nodes = graph.nodes
    nodes[place] = Graph.Node(op: op, inputs: old.inputs, step: old.step, output: old.output)
    guard
      let changed = Graph.validated(
        nodes: nodes, prediction: graph.prediction, probabilities: graph.probabilities, classes: graph.classes,
        flags: graph.flags)
    else { return false }
    guard let scorer = try? Scorer(graph: changed) else { return false }
    let single = RowScorer(scorer)
    for row in 0..<5 {
      let score = single.score(row: scorer.inputs.map { ExtremeRows.table[$0.name]?[row] ?? .missing })
      #expect(score.probabilities.count == graph.classes.count)
    }
    return true
  }
}
