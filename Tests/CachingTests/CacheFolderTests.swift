import Caching
import Foundation
import Kernels
import Testing

/// What a cache's folder keeps, gives up, and does where nothing can be written.
@Suite struct CacheFolderTests {
  private let place = NSTemporaryDirectory() + "mlp-cache-" + UUID().uuidString

  private func withFolder(bound: Int, _ body: (CacheFolder) throws -> Void) throws {
    defer { try? FileManager.default.removeItem(atPath: place) }
    try body(try CacheFolder(place, bound: bound))
  }

  private func key(_ number: Int) -> CacheKey {
    var parts = KeyParts("test")
    parts.add("number", "\(number)")
    return parts.key
  }

  private func bytesOnDisk() -> Int {
    let names = FileManager.default.enumerator(atPath: place)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.contains("/") }.reduce(0) { sum, name in
      var status = stat()
      return lstat(place + "/" + name, &status) == 0 ? sum + Int(status.st_blocks) * 512 : sum
    }
  }

  private let content = [UInt8](repeating: 7, count: 60_000)

  @Test func whatWasUsedLongestAgoLeavesFirst() throws {
    try withFolder(bound: 1_000_000) { folder in
      for number in 0..<40 {
        folder.write(.stage, key(number), content)
        // The system's clock ticks every few milliseconds.
        usleep(8000)
        #expect(folder.read(.stage, key(0)) == content, "after \(number)")
        #expect(bytesOnDisk() <= 1_000_000)
      }
      #expect(folder.read(.stage, key(39)) == content && folder.read(.stage, key(38)) == content)
      #expect((1...20).allSatisfy { folder.read(.stage, key($0)) == nil })
      #expect(folder.newProblems().isEmpty)
    }
  }

  @Test func anotherProcessCountsToo() throws {
    try withFolder(bound: 1_000_000) { folder in
      for number in 0..<10 { folder.write(.stage, key(number), content) }
      let other = try CacheFolder(place, bound: 300_000)
      other.write(.stage, key(100), content)
      #expect(bytesOnDisk() <= 300_000)
      #expect(other.read(.stage, key(100)) == content)
    }
  }

  @Test func otherFilesAreNeverRemoved() throws {
    try withFolder(bound: 300_000) { folder in
      let others = [
        "stages/letter.txt", "stages/" + String(repeating: "g", count: 64), "rows/" + key(1).name + ".keep",
      ]
      for other in others { try DurableFile.write(content, to: place + "/" + other) }
      mkdir(place + "/models/" + key(2).name, 0o700)
      for number in 0..<20 { folder.write(.stage, key(number), content) }
      for other in others { #expect(FileManager.default.fileExists(atPath: place + "/" + other), "\(other)") }
      #expect(FileManager.default.fileExists(atPath: place + "/models/" + key(2).name))
    }
  }

  @Test func whatTakesMoreThanHalfIsNotKept() throws {
    try withFolder(bound: 100_000) { folder in
      folder.write(.stage, key(1), [UInt8](repeating: 1, count: 30_000))
      folder.write(.stage, key(2), content)
      #expect(folder.read(.stage, key(2)) == nil && folder.read(.stage, key(1)) != nil)
      // It is told, once, and others are kept.
      #expect(!folder.makeRoom(60_000))
      let problems = folder.newProblems()
      guard problems.count == 1, case .tooLarge(let bytes, bound: 100_000)? = problems.first else {
        Issue.record("\(problems)")
        return
      }
      #expect(bytes > 50_000 && folder.makeRoom(10_000))
    }
  }

  @Test func aFolderThatCannotBeWrittenIsToldOnceAndReadOn() throws {
    try withFolder(bound: 1_000_000) { folder in
      folder.write(.stage, key(1), content)
      try FileManager.default.removeItem(atPath: place + "/models")
      try DurableFile.write([], to: place + "/models")
      for number in 2..<5 { folder.write(.model, key(number), content) }
      let problems = folder.newProblems()
      guard case .file(let path, let words)? = problems.first, problems.count == 1 else {
        Issue.record("\(problems)")
        return
      }
      #expect(path.hasPrefix(place + "/models/") && !words.isEmpty)
      // Nothing more is written, and what was is there.
      folder.write(.stage, key(6), content)
      #expect(folder.read(.stage, key(6)) == nil && folder.read(.stage, key(1)) == content)
      #expect(folder.newProblems().isEmpty)
    }
  }
}
