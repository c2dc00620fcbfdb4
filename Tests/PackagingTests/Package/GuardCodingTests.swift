import Expressions
import Packaging
import Plan
import Scoring
import Tables
import Testing

/// The guards of a graph in a package.
@Suite struct GuardCodingTests {
  /// A number that is answered as it is unless it is below 0; above 9 that is remarked.
  private static func package(_ guards: [Bool]) throws -> PackageFile {
    var builder = GraphBuilder()
    let x = builder.input("x", .float)
    func compared(_ function: Function, _ bound: Double) throws -> Int {
      let port = builder.expression(.call(function, [.column("x", .float), .literal(.float(bound))]), ["x": x])
      return try #require(port).node
    }
    let nodes = [try compared(.greater, 9), try compared(.less, 0)]
    let flags = nodes.indices.map { Graph.Flag(name: "flag \($0)", node: nodes[$0], isGuard: guards[$0]) }
    let graph = builder.graph(prediction: x, probabilities: nil, classes: [], flags: flags).pruned()
    return PackageFile(
      name: "m", graph: graph, labelName: "y", task: .regression, algorithm: "linear", madeBy: "mlp 1.0",
      modelInputs: ModelInputs(graph.inputs, steps: []))
  }

  @Test(arguments: [[false, false], [false, true], [true, false], [true, true]])
  func guardsAreGuardsAfterReading(guards: [Bool]) throws {
    let package = try Self.package(guards)
    let bytes = MlpkgWriter.bytes(package)
    let read = try MlpkgReader.read(bytes)
    #expect(read.graph.flags.map(\.isGuard) == guards && read.graph == package.graph)
    #expect(MlpkgWriter.bytes(read) == bytes)
    #expect(bytes.firstRange(of: Array("GARD".utf8)) != nil || !guards.contains(true))
  }

  @Test func aRefusedRowIsOneInTablesAndAlone() throws {
    let scorer = try Scorer(graph: try MlpkgReader.read(MlpkgWriter.bytes(try Self.package([false, true]))).graph)
    let cells: [Cell] = [.float(1), .float(-1), .float(10), .missing]
    let wide = try scorer.score(Table([("x", .from(cells, type: .float))]), .init())
    let refused = try #require(wide.refused)
    #expect((0..<4).map { refused[$0] } == [false, true, false, false])
    let alone = RowScorer(scorer)
    #expect(cells.map { alone.score(row: [$0]).isRefused } == [false, true, false, false])
    #expect(
      try Scorer(graph: try Self.package([false, false]).graph).score(
        Table([("x", .from(cells, type: .float))]), .init()
      ).refused == nil)
  }

  /// A guard that is no flag, or out of order, is damage; a place is written as twice its number.
  @Test(arguments: [[UInt8(1), 4], [2, 2, 0], [2, 0, 0], [0]])
  func guardsThatAreNoneAreRefused(list: [UInt8]) throws {
    let bytes = MlpkgWriter.bytes(try Self.package([true, true]))
    let place = try #require(bytes.firstRange(of: Array("GARD".utf8)))
    let section = place.upperBound..<place.upperBound + 8 + 3
    var length = [UInt8](repeating: 0, count: 8)
    length[0] = UInt8(list.count)
    let changed = Array(bytes[..<section.lowerBound] + length + list + bytes[section.upperBound...])
    let damaged = MlpkgWriter.resealed(changed)
    let error = #expect(throws: PackageError.self) { try MlpkgReader.read(damaged) }
    #expect(error?.reason == .inconsistent("a guard"))
  }
}
