import Kernels
import Plan
import Testing

@testable import Packaging

/// What the beginning of a package tells, before the whole is read.
@Suite struct PackageManifestTests {
  private let bytes = MlpkgWriter.bytes(SamplePackage.informed)

  @Test func theManifestStandsAtTheBeginning() throws {
    let manifest = try MlpkgReader.manifest(Array(bytes.prefix(400)))
    #expect(manifest.name == "customers")
    #expect(manifest.labelName == "outcome")
    #expect(manifest.algorithm == "boost")
    #expect(manifest.inputs == SamplePackage.informed.modelInputs)
  }

  @Test func inputsThatDoNotStandThereAreNotKnown() throws {
    #expect(try MlpkgReader.manifest(Array(bytes.prefix(100))).inputs == nil)
    #expect(try MlpkgReader.manifest(MlpkgWriter.bytes(SamplePackage.full)).inputs == nil)
  }

  @Test func whatIsNoPackageIsRefused() {
    #expect(throws: PackageError(offset: 0, .notAPackage)) { try MlpkgReader.manifest(Array("a,b\n1,2\n".utf8)) }
    #expect(throws: PackageError.self) { try MlpkgReader.manifest(Array(bytes.prefix(30))) }
  }

  @Test func inputsThatAreNotTheGraphsAreRefused() {
    var package = SamplePackage.informed
    package.modelInputs = ModelInputs([], steps: [], missingWords: [""])
    let error = #expect(throws: PackageError.self) { try MlpkgReader.read(MlpkgWriter.bytes(package)) }
    #expect(error?.reason == .inconsistent("the list of inputs"))
  }

  @Test func aLoadedModelKeepsWhatItWasMeasuredBy() throws {
    var package = SamplePackage.informed
    package.metrics = [
      .init(name: "auc", part: "valid", values: [0.8]), .init(name: "auc", part: "test", values: [0.7]),
    ]
    let model = try package.model()
    #expect(model.figures.map(\.part) == ["valid", "test"])
    #expect(model.figures.map(\.value) == [0.8, 0.7])
    #expect(model.openings == package.testOpenings)
  }
}
