import Testing

@testable import Packaging

@Suite struct PackageDamageTests {
  let bytes = MlpkgWriter.bytes(SamplePackage.informed)

  @Test func everyChangedByteIsNoticed() {
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(throws: PackageError.self) { try MlpkgReader.read(damaged) }
    }
  }

  @Test func everyShorterFileIsRefused() {
    for length in 0..<bytes.count {
      #expect(throws: PackageError.self) { try MlpkgReader.read(Array(bytes[..<length])) }
    }
  }

  @Test func damageBehindAGoodChecksumEndsInAnErrorOrInTheSameBytes() {
    for place in PackageLayout.headerLength..<bytes.count - PackageLayout.digestLength {
      for flip: UInt8 in [0x01, 0x80, 0xff] {
        var damaged = bytes
        damaged[place] ^= flip
        damaged = MlpkgWriter.resealed(damaged)
        if let package = try? MlpkgReader.read(damaged) { #expect(MlpkgWriter.bytes(package) == damaged) }
      }
    }
  }

  @Test func cutsBehindAGoodChecksumAreRefused() {
    for length in PackageLayout.headerLength + PackageLayout.digestLength..<bytes.count {
      let cut = MlpkgWriter.resealed(Array(bytes[..<length]))
      if let package = try? MlpkgReader.read(cut) { #expect(MlpkgWriter.bytes(package) == cut) }
    }
  }

  @Test func aLaterFormatIsNamedBeforeItsChecksum() {
    var later = bytes
    later[8] = 9
    #expect(throws: PackageError(offset: 8, .unknownVersion(9))) { try MlpkgReader.read(later) }
  }

  @Test func otherFilesAreNotPackages() {
    #expect(throws: PackageError(offset: 0, .notAPackage)) { try MlpkgReader.read(Array("a,b\n1,2\n".utf8)) }
    #expect(throws: PackageError(offset: 0, .notAPackage)) { try MlpkgReader.read([]) }
  }

  @Test func aFileOverTheLimitIsRefusedUnread() {
    #expect(throws: PackageError(offset: 0, .tooLarge("the file"))) {
      try MlpkgReader.read(bytes, limits: PackageLimits(bytes: 100))
    }
  }

  @Test func deepExpressionsAreRefused() {
    var package = SamplePackage.bare
    package.graph = deepGraph(600)
    let deep = MlpkgWriter.bytes(package)
    let error = #expect(throws: PackageError.self) { try MlpkgReader.read(deep) }
    #expect(error?.reason == .tooDeep)
  }
}
