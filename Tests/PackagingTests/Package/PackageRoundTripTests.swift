import Expressions
import Packaging
import Plan
import Scoring
import Tables
import Testing

@Suite struct PackageRoundTripTests {
  @Test(arguments: [SamplePackage.full, SamplePackage.bare, SamplePackage.informed])
  func aPackageIsReadAsItWasWritten(package: PackageFile) throws {
    let bytes = MlpkgWriter.bytes(package)
    let read = try MlpkgReader.read(bytes)
    #expect(read == package)
    #expect(MlpkgWriter.bytes(read) == bytes)
  }

  @Test(arguments: [5, nil]) func theRowsAndFiguresOfABoardAreKept(folds: Int?) throws {
    var package = SamplePackage.informed
    package.boardFigures = BoardFigures(
      folds: folds, rows: 700, metrics: ["accuracy", "f1"], values: [[0.8, 0.5], [nil, nil]])
    let read = try MlpkgReader.read(MlpkgWriter.bytes(package))
    #expect(read == package)
    #expect(try read.model().boardFigures == package.boardFigures)
  }

  @Test(arguments: Function.allCases)
  func everyFunctionIsStoredByItsName(function: Function) throws {
    var builder = GraphBuilder()
    let example = builder.expression(function.description.example, [:])
    var package = SamplePackage.bare
    package.graph = builder.graph(prediction: try #require(example), probabilities: nil, classes: [])
    let bytes = MlpkgWriter.bytes(package)
    #expect(bytes.contains(function.rawValue))
    #expect(try MlpkgReader.read(bytes) == package)
  }

  @Test func doublesKeepTheirBits() throws {
    let values = [0.0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    var builder = GraphBuilder()
    let vector = builder.constant(builder.concatenate([.column(builder.input("x", .float))]), values)
    var package = SamplePackage.bare
    let answer = builder.element(vector, 1)
    package.graph = builder.graph(prediction: answer, probabilities: nil, classes: [])
    let bytes = MlpkgWriter.bytes(package)
    #expect(MlpkgWriter.bytes(try MlpkgReader.read(bytes)) == bytes)
  }
}

extension [UInt8] {
  func contains(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: wanted) }
  }
}
