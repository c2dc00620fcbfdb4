import Foundation
import Packaging
import Testing

/// Packages that an earlier build wrote, which are also the seeds of the fuzzer.
///
/// A change that makes these tests fail would make users' files unreadable: raise the format's version and keep reading this one.
/// With MLP_RECORD=1 in the environment the files are written anew, and the tests fail so that this is not overlooked.
@Suite struct StoredPackageTests {
  static let isRecording = ProcessInfo.processInfo.environment["MLP_RECORD"] == "1"

  static func path(_ name: String) -> URL {
    var folder = URL(filePath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder.appending(path: "Fuzz/Seeds/\(name).mlpkg")
  }

  @Test(arguments: [
    ("full", SamplePackage.full), ("bare", SamplePackage.bare), ("informed", SamplePackage.informed),
    ("masked", SamplePackage.masked),
  ])
  func aStoredPackageIsReadAndWrittenUnchanged(name: String, package: PackageFile) throws {
    let path = Self.path(name)
    if Self.isRecording {
      try Data(MlpkgWriter.bytes(package)).write(to: path)
      Issue.record("wrote \(path.path)")
    }
    let stored = [UInt8](try Data(contentsOf: path))
    #expect(try MlpkgReader.read(stored) == package)
    #expect(MlpkgWriter.bytes(package) == stored)
  }

  @Test func aPackageFromBeforeInputsWereKeptIsReadAndKeptAsItIs() throws {
    let stored = [UInt8](try Data(contentsOf: Self.path("full")))
    let model = try MlpkgReader.read(stored).model()
    #expect(model.inputs.steps == nil)
    #expect(model.inputs.fields == model.graph.inputs)
    #expect(PackageFile(model, madeBy: "", notes: [], failures: []).modelInputs == nil)
  }

  @Test func aStoredPackageScores() throws {
    let stored = [UInt8](try Data(contentsOf: Self.path("full")))
    let model = try MlpkgReader.read(stored).model()
    #expect(model.label?.classes == [.text("stays"), .text("leaves")])
    #expect(model.label?.positive == .text("leaves"))
    #expect(model.trainRows == 700)
    #expect(model.scorer.inputs.map(\.name) == ["age", "town é", "joined"])
  }
}
