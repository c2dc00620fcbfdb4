import Packaging
import Scoring
import Tables
import Testing

/// The roles of a graph's nodes in a package.
@Suite struct RoleCodingTests {
  static let bytes = MlpkgWriter.bytes(SamplePackage.masked)

  /// The package with the section of roles replaced, sealed again.
  static func replacing(_ old: [UInt8], by new: [UInt8]) throws -> [UInt8] {
    let place = try #require(bytes.firstRange(of: old))
    return MlpkgWriter.resealed(Array(bytes[..<place.lowerBound] + new + bytes[place.upperBound...]))
  }

  @Test func aMaskIsOneAfterReading() throws {
    let graph = try MlpkgReader.read(Self.bytes).graph
    #expect(graph.roles.map(\.role) == [.mask(of: "email")])
    #expect(graph == SamplePackage.masked.graph)
  }

  @Test func aRoleThatIsNotKnownIsRefused() throws {
    let changed = try Self.replacing(Array("mask".utf8), by: Array("mark".utf8))
    let error = #expect(throws: PackageError.self) { try MlpkgReader.read(changed) }
    #expect(error?.reason == .unknownName("mark"))
  }

  @Test func aMaskOfNoInputIsRefused() throws {
    let role = Array("mask".utf8) + [5]
    let changed = try Self.replacing(role + Array("email".utf8), by: role + Array("phone".utf8))
    let error = #expect(throws: PackageError.self) { try MlpkgReader.read(changed) }
    #expect(error?.reason == .inconsistent("the role of a node"))
  }
}
