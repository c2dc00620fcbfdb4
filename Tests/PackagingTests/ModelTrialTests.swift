import Plan
import Scoring
import Tables
import Testing

@testable import Packaging

/// An export is kept only when what is read back from it is what was exported.
@Suite struct ModelTrialTests {
  /// ONNX by a writer that forgets a node.
  private enum ForgetfulOnnx: ModelWriting {
    static let description = OnnxFormat.description
    static let endings = OnnxFormat.endings

    static func bytes(_ package: PackageFile) throws(Unsupported) -> [UInt8] {
      let whole = try OnnxFormat.bytes(package)
      return (try? BrokenFile.dropping(node: 3, of: whole)) ?? whole
    }

    static func check(_ bytes: [UInt8], _ package: PackageFile, on rows: Table) throws(ExportFault) {
      try OnnxFormat.check(bytes, package, on: rows)
    }
  }

  /// A package by a writer that writes a weight wrong, under a checksum that fits.
  private enum CarelessPackage: ModelWriting {
    static let description = MlpkgFormat.description
    static let endings = MlpkgFormat.endings

    static func bytes(_ package: PackageFile) -> [UInt8] {
      let whole = MlpkgFormat.bytes(package)
      return (try? BrokenFile.replacing(2.5e-300, by: 8, in: whole)).map(MlpkgWriter.resealed) ?? whole
    }

    static func check(_ bytes: [UInt8], _ package: PackageFile, on rows: Table) throws(ExportFault) {
      try MlpkgFormat.check(bytes, package, on: rows)
    }
  }

  private static let sound: [any ModelWriting.Type] = [OnnxFormat.self, MlpkgFormat.self]
  private static let broken: [any ModelWriting.Type] = [ForgetfulOnnx.self, CarelessPackage.self]

  @Test(arguments: [0, 1]) func aSoundExportIsTheWritersBytes(place: Int) throws {
    for package in [SamplePackage.full, SamplePackage.informed] {
      let bytes = try ModelTrial.bytes(package, of: try package.model(), as: Self.sound[place])
      #expect(bytes == (try Self.sound[place].bytes(package)))
    }
  }

  @Test(arguments: [0, 1]) func aBrokenOneIsAnErrorThatTellsTheStep(place: Int) throws {
    let model = try SamplePackage.full.model()
    do throws(EngineError) {
      _ = try ModelTrial.bytes(SamplePackage.full, of: model, as: Self.broken[place])
      Issue.record("kept")
    } catch {
      #expect(error.code == .exportDiffers)
      guard case .file(.notAsExported(_, let fault)) = error.problem else {
        Issue.record("\(error)")
        return
      }
      #expect(!fault.step.isEmpty)
    }
  }

  @Test func aDamagedPackageIsFoundByItsChecksum() throws {
    var bytes = MlpkgFormat.bytes(SamplePackage.full)
    bytes[bytes.count / 2] ^= 1
    let rows = TrialRows(try SamplePackage.full.model()).table
    #expect(throws: ExportFault(.package(byte: bytes.count - 32, .badChecksum))) {
      try MlpkgFormat.check(bytes, SamplePackage.full, on: rows)
    }
  }

  // MARK: The sample

  @Test func theSampleHasEachInputMissingAndEachTextUnseen() throws {
    let model = try SamplePackage.full.model()
    let table = TrialRows(model).table
    #expect(table.rowCount == TrialRows.most)
    #expect(table.names == model.graph.inputs.map(\.name))
    let last = table.rowCount - 1
    for field in model.graph.inputs {
      let column = try #require(table[field.name])
      let others = table.columns.filter { $0 != column }
      #expect((0..<last).contains { row in !column.isValid(row) && others.allSatisfy { $0.isValid(row) } })
      #expect(!column.isValid(last - 1))
      if field.type == .text { #expect(column[last] == .text(TrialRows.unseen)) }
    }
    #expect(TrialRows(model).table == table)
  }

  @Test func theSampleOfAWideModelIsSmall() throws {
    var b = GraphBuilder()
    let columns = (0..<3000).map { Port.column(b.input("x\($0)", .float)) }
    let sums = b.linear(
      b.concatenate(columns), weights: [[Double](repeating: 1, count: 3000)], intercepts: [0])
    let answer = b.element(sums, 0)
    let package = PackageFile(
      name: "wide", graph: b.graph(prediction: answer, probabilities: nil, classes: []), labelName: "y",
      task: .regression, algorithm: "linear", madeBy: "mlp")
    let table = TrialRows(try package.model()).table
    #expect(table.rowCount * table.columns.count <= 1 << 20)
    #expect(table.columns.allSatisfy { $0.missingCount > 0 })
  }
}
