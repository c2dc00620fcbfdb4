import Expressions
import Glibc
import Plan
import Scoring
import Tables
import Testing

@testable import Packaging

/// What is read back from an ONNX file answers as the graph does, for every operator and function and for rows that formats get wrong;
/// and a file that does not is told from one that does, with the step.
@Suite struct OnnxCheckTests {
  @Test(arguments: OnnxParityTests.heldFunctions) func theReaderAgreesOnAFunction(function: Function) throws {
    for item in FunctionCases.cases(function) { expectAgreement(item) }
  }

  @Test(arguments: OnnxParityTests.heldOperators) func theReaderAgreesOnAnOperator(kind: OperatorKind) throws {
    for item in OperatorCases.cases(kind) { expectAgreement(item) }
  }

  @Test func theReaderAgreesOnRandomGraphs() {
    for item in RandomGraphs.cases { expectAgreement(item) }
  }

  /// A quotient of logarithms misses some powers by a rounding, which `floor` would make 1 of.
  @Test(arguments: [(Function.log2, 2.0, -1000...1000), (.log10, 10, -300...300)])
  func logarithmsOfPowersAreWhole(function: Function, base: Double, powers: ClosedRange<Int>) {
    let values = powers.map { Glibc.pow(base, Double($0)) }
    let table = Table([("x", .float(Cells(values)))], rowCount: values.count)
    var builder = GraphBuilder()
    let port = builder.input("x", .float)
    let floor = Expression.call(.floor, [.call(function, [.column("x", .float)])])
    let result = builder.expression(floor, ["x": port])
    let graph = builder.graph(prediction: result ?? port, probabilities: nil, classes: [])
    expectAgreement(OnnxCase(name: function.rawValue, graph: graph, table: table))
  }

  private func expectAgreement(_ item: OnnxCase) {
    #expect(throws: Never.self, "\(item.name)") {
      try OnnxCheck.check(OnnxTarget.emit(item.graph), item.graph, on: item.table)
    }
  }

  // MARK: Broken files

  /// One column, a tree, a town: `f` is split at 0.625, and Oslo weighs 2.5.
  private static let graph: Graph = {
    var b = GraphBuilder()
    b.step = "encode s = onehot"
    let towns = b.oneHot(b.input("s", .text), words: ["Oslo", "a"], missingPlace: true)
    b.step = "impute f = median"
    let filled = b.fill(b.concatenate([.column(b.input("f", .float)), .vector(towns)]), [0.25, 0, 0, 0])
    b.step = "scale f = standard"
    let scaled = b.affine(filled, scale: [0.75, 1, 1, 1], offset: [0.375, 0, 0, 0])
    b.step = "train tree"
    let votes = TreeEnsemble(
      features: 4, outputs: 1,
      nodes: [
        .init(test: .atMost(0.625), feature: 0, left: 1, right: 2), .init(test: .leaf, feature: 0),
        .init(test: .leaf, feature: 1),
      ], trees: [.init(root: 0, output: 0)], leafValues: [-1.25, 1.5], sets: [], base: [0]
    ).map { b.trees(scaled, $0) }
    let linear = b.linear(scaled, weights: [[0.5, 2.5, -1, 0]], intercepts: [0.125])
    let sums = b.linear(
      b.concatenate([.vector(votes ?? linear), .vector(linear)]), weights: [[1, 1]], intercepts: [0])
    let chances = b.link(sums, .sigmoid)
    let classes: [Cell] = [.text("stays"), .text("leaves")]
    let answer = b.decide(chances, classes: classes, threshold: nil)
    return b.graph(prediction: answer, probabilities: chances, classes: classes)
  }()

  private static func fault(_ bytes: [UInt8], on rows: Table = JudgedRows.table) -> ExportFault? {
    do throws(ExportFault) {
      try OnnxCheck.check(bytes, graph, on: rows)
      return nil
    } catch {
      return error
    }
  }

  @Test func aFileAsItIsWrittenIsKept() throws {
    #expect(Self.fault(try OnnxTarget.emit(Self.graph)) == nil)
  }

  @Test(arguments: [
    (0.625, 0.125, "train tree"), (2.5, 2.25, "train tree"), (0.75, 0.5, "scale f = standard"),
    (0.375, -0.375, "scale f = standard"), (-1.25, 1.25, "train tree"),
  ])
  func anotherNumberIsFoundWithItsStep(old: Double, new: Double, step: String) throws {
    let fault = Self.fault(try BrokenFile.replacing(old, by: new, in: try OnnxTarget.emit(Self.graph)))
    #expect(fault?.step == step)
    guard case .answer(_, _, _, let difference)? = fault?.reason else {
      Issue.record("no answer differs: \(String(describing: fault))")
      return
    }
    #expect(difference > OnnxCheck.tolerance)
  }

  @Test func anotherWordIsFoundWithItsStep() throws {
    let bytes = try BrokenFile.replacing("Oslo", by: "0slo", in: try OnnxTarget.emit(Self.graph))
    #expect(Self.fault(bytes)?.step == "encode s = onehot")
  }

  @Test func aNumberThatDiffersByRoundingAloneIsNone() throws {
    let bytes = try BrokenFile.replacing(2.5, by: 2.5.nextUp, in: try OnnxTarget.emit(Self.graph))
    #expect(Self.fault(bytes) == nil)
  }

  @Test func eachNodeIsMissedWhereItIsNotThere() throws {
    let bytes = try OnnxTarget.emit(Self.graph)
    let count = try OnnxDocument(bytes).nodes.count
    #expect(count > 10)
    for place in 0..<count {
      let fault = try #require(Self.fault(try BrokenFile.dropping(node: place, of: bytes)))
      guard case .unreadable(let words) = fault.reason else {
        Issue.record("\(fault)")
        continue
      }
      #expect(!words.isEmpty)
    }
  }

  @Test func classesInAnotherOrderAreFound() throws {
    let bytes = try BrokenFile.replacing(
      #"["stays","leaves"]"#, by: #"["leaves","stays"]"#, in: try OnnxTarget.emit(Self.graph))
    #expect(Self.fault(bytes) != nil)
  }

  @Test func aFileThatEndsEarlyIsAnError() throws {
    let bytes = try OnnxTarget.emit(Self.graph)
    for count in stride(from: 0, to: bytes.count, by: 7) { #expect(Self.fault(Array(bytes[..<count])) != nil) }
  }

  /// Whatever stands in a byte, the reader ends: in an error, or where the byte is no part of the answer in none.
  @Test func noByteBringsTheReaderDown() throws {
    let bytes = try OnnxTarget.emit(Self.graph)
    let rows = JudgedRows.table.head(8)
    var (found, tried) = (0, 0)
    for place in stride(from: 0, to: bytes.count, by: 2) {
      for bit in [UInt8(0x01), 0x80] {
        var broken = bytes
        broken[place] ^= bit
        tried += 1
        if Self.fault(broken, on: rows) != nil { found += 1 }
      }
    }
    #expect(found > tried / 2 && found < tried)
  }

  // MARK: What the file tells

  @Test func namesTellTheStepAndAreNeverTheSame() throws {
    let document = try OnnxDocument(try OnnxTarget.emit(Self.graph))
    let made = document.nodes.flatMap(\.outputs)
    #expect(
      Set(made + document.constants.keys + document.inputs.map(\.name)).count
        == made.count + document.constants.count + document.inputs.count)
    #expect(made.contains("impute_f_median/Where"))
    #expect(document.nodes.contains { $0.operation == "TreeEnsemble" && $0.name == "train_tree/TreeEnsemble" })
    #expect(!(made + document.constants.keys).contains { $0.hasPrefix("_") })
    #expect(document.nodes.allSatisfy { $0.name == $0.outputs.first && !$0.step.isEmpty })
  }

  @Test func theVersionIsTheBeginningOfTheHash() throws {
    let bytes = try OnnxTarget.emit(Self.graph)
    let hash = try #require(try OnnxDocument(bytes).properties["graph_sha256"])
    #expect(hash.count == 64)
    var reader = ProtobufReader(bytes, bytes.indices)
    var version: Int64?
    while let (field, content) = try reader.next() { if field == 5 { version = try content.number() } }
    #expect(version == Int64(hash.prefix(12), radix: 16))
    let other = try OnnxDocument(try OnnxTarget.emit(try #require(RandomTrees.graphs.first)))
    #expect(other.properties["graph_sha256"] != hash)
  }
}
