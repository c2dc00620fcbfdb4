import Foundation
import Kernels
import Testing

@Suite struct DurableFileTests {
  private static func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("durable-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test func whatWasWrittenIsReadAndNothingIsLeftBeside() throws {
    try Self.inFolder { folder in
      let path = folder + "/file"
      try DurableFile.write(Array("one".utf8), to: path)
      try DurableFile.write(Array("two".utf8), to: path)
      #expect(try DurableFile.read(path, limit: 10) == Array("two".utf8))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
    }
  }

  /// Whoever is killed while writing leaves nothing, where files may be without a name.
  @Test func aFileHasNoNameUntilItIsWhole() throws {
    try Self.inFolder { folder in
      let writer = try DurableFileWriter(path: folder + "/file")
      try writer.write([1, 2])
      let probe = open(folder, 0o20_000_000 | O_DIRECTORY | O_WRONLY, 0o600)
      defer { close(probe) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == (probe >= 0 ? 0 : 1))
      try writer.write([3])
      try writer.finish()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["file"])
      #expect(try DurableFile.read(folder + "/file", limit: 10) == [1, 2, 3])
      var status = stat()
      #expect(stat(folder + "/file", &status) == 0 && status.st_mode & 0o777 == 0o644)
    }
  }

  @Test func aPipeAFolderAndACircleOfLinksStayAsTheyAre() throws {
    try Self.inFolder { folder in
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      #expect(symlink("b", folder + "/a") == 0 && symlink("a", folder + "/b") == 0)
      let reasons: [(String, FileError.Reason)] = [
        ("/pipe", .isNoFile), ("", .isFolder), ("/a", .other(ELOOP)),
      ]
      for (name, reason) in reasons {
        #expect(throws: FileError(path: folder + name, reason: reason)) {
          try DurableFile.write([1], to: folder + name)
        }
      }
      #expect(throws: FileError(path: "/dev/null", reason: .isNoFile)) { try DurableFile.write([1], to: "/dev/null") }
      var status = stat()
      #expect(stat(folder + "/pipe", &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.sorted() == ["a", "b", "pipe"])
    }
  }

  @Test func aLinkStaysAndWhatItLeadsToIsReplaced() throws {
    try Self.inFolder { folder in
      try FileManager.default.createDirectory(atPath: folder + "/kept", withIntermediateDirectories: true)
      for (link, target) in [
        ("near", "kept/real"), ("far", folder + "/kept/real"), ("over", "near"), ("new", "kept/none"),
      ] {
        try FileManager.default.createSymbolicLink(atPath: folder + "/" + link, withDestinationPath: target)
      }
      for (place, link) in ["near", "far", "over", "new"].enumerated() {
        try DurableFile.write([UInt8(place)], to: folder + "/" + link)
        let target = folder + (link == "new" ? "/kept/none" : "/kept/real")
        #expect(try DurableFile.read(target, limit: 10) == [UInt8(place)])
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + link).isEmpty == false)
      }
    }
  }

  @Test(arguments: [0o600, 0o640, 0o664, 0o755] as [mode_t]) func aReplacedFileKeepsItsPermissions(_ mode: mode_t)
    throws
  {
    try Self.inFolder { folder in
      let path = folder + "/file"
      try DurableFile.write([1], to: path)
      #expect(chmod(path, mode) == 0)
      try DurableFile.write([2], to: path)
      var status = stat()
      #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == mode)
    }
  }

  @Test func aFailureNamesItsReasonAndKeepsTheOldFile() throws {
    try Self.inFolder { folder in
      let path = folder + "/file"
      try DurableFile.write([1, 2, 3], to: path)
      #expect(throws: FileError(path: path, reason: .tooLarge)) { try DurableFile.read(path, limit: 2) }
      #expect(try DurableFile.read(path, limit: 2, prefix: true) == [1, 2])
      let absent = folder + "/none/file"
      #expect(throws: FileError(path: absent, reason: .notFound)) { try DurableFile.write([4], to: absent) }
      #expect(throws: FileError(path: folder, reason: .isFolder)) { try DurableFile.read(folder, limit: 2) }
      #expect(try DurableFile.read(path, limit: 3) == [1, 2, 3])
    }
  }
}
