import Foundation
import Kernels
import Tables
import Testing

@testable import Storage

@Suite struct ChunkFileTests {
  @Test(arguments: 0..<40) func whatWasWrittenIsReadBack(seed: Int) throws {
    var random = CounterRandom(seed: UInt64(seed), stream: 1)
    let chunks = (0..<random.next(below: 4) + 1).map { _ in randomTable(rows: random.next(below: 200), &random) }
    let writer = try ChunkFileWriter(temporaryIn: NSTemporaryDirectory())
    for chunk in chunks { try writer.append(chunk) }
    let file = writer.finish()
    #expect(file.chunkRows == chunks.map(\.rowCount))
    #expect(file.schema == chunks[0].schema)
    for (place, chunk) in chunks.enumerated() {
      #expect(try file.chunk(place) == chunk)
      let some = try file.chunk(place, columns: ["text", "coded"])
      #expect(some == chunk.select(["text", "coded"]))
    }
    for (place, name) in chunks[0].names.enumerated() {
      #expect(file.missing[place] == chunks.reduce(0) { $0 + ($1[name]?.missingCount ?? 0) })
    }
  }

  /// Whoever is killed while writing leaves nothing, where files may be without a name; what is given up leaves nothing anywhere.
  @Test func aFileHasNoNameUntilItIsWhole() throws {
    let folder = NSTemporaryDirectory() + "/chunks-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let names = { try FileManager.default.contentsOfDirectory(atPath: folder) }
    let probe = open(folder, 0o20_000_000 | O_DIRECTORY | O_WRONLY, 0o600)
    defer { close(probe) }
    var random = CounterRandom(seed: 8, stream: 5)
    let (first, second) = (randomTable(rows: 20, &random), randomTable(rows: 30, &random))
    for (round, table) in [first, second].enumerated() {
      let writer = try ChunkFileWriter(at: folder + "/rows")
      try writer.append(table)
      #expect(try names().count == round + (probe >= 0 ? 0 : 1))
      try writer.finish(label: "\(round)")
      #expect(try names() == ["rows"])
      #expect(try ChunkFile(at: folder + "/rows", label: "\(round)").chunk(0) == table)
    }
    do {
      let givenUp = try ChunkFileWriter(at: folder + "/other")
      try givenUp.append(first)
    }
    _ = try ChunkFileWriter(temporaryIn: folder)
    #expect(try names() == ["rows"])
    #expect(throws: ChunkFileError.self) { try ChunkFileWriter(at: folder + "/none/rows") }
  }

  @Test func damageAtAnyByteIsNoticed() throws {
    var random = CounterRandom(seed: 6, stream: 3)
    let table = randomTable(rows: 12, &random)
    let writer = try ChunkFileWriter(temporaryIn: NSTemporaryDirectory())
    try writer.append(table)
    let file = writer.finish()
    #expect(try file.chunk(0) == table)
    let size = file.blocks[0].reduce(0) { $0 + Int($1.length) }
    for place in 0..<size {
      var byte: UInt8 = 0
      #expect(pread(file.descriptor, &byte, 1, off_t(place)) == 1)
      var damaged = byte ^ UInt8(1 + random.next(below: 255))
      #expect(pwrite(file.descriptor, &damaged, 1, off_t(place)) == 1)
      #expect(throws: ChunkFileError.self, "byte \(place)") { try file.chunk(0) }
      #expect(pwrite(file.descriptor, &byte, 1, off_t(place)) == 1)
    }
    #expect(ftruncate(file.descriptor, off_t(size - 1)) == 0)
    #expect(throws: ChunkFileError.self) { try file.chunk(0) }
  }

  /// Blocks whose hash is right and whose bytes are not those of a column: from a foreign hand, not from a bad disk.
  @Test func aBlockOfAnyBytesIsAColumnOrAnError() {
    var random = CounterRandom(seed: 7, stream: 4)
    var refused = 0
    let columns = randomTable(rows: 9, &random).columns
    for round in 0..<20_000 {
      var bytes = BlockWriter.bytes(of: columns[round % columns.count])
      for _ in 0...random.next(below: 3) where !bytes.isEmpty {
        bytes[random.next(below: bytes.count)] = UInt8(random.next(below: 256))
      }
      if random.next(below: 4) == 0 { bytes.removeLast(random.next(below: bytes.count)) }
      bytes.withUnsafeBytes { buffer in
        var reader = BlockReader(buffer)
        do throws(BlockDamage) {
          let column = try reader.column()
          for row in 0..<min(column.count, 20) { _ = column[row] }
        } catch {
          refused += 1
        }
      }
    }
    #expect(refused > 2000)
  }

  private func randomTable(rows: Int, _ random: inout CounterRandom) -> Table {
    let hasMissing = random.next(below: 2) == 0
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in hasMissing && random.next(below: 5) == 0 ? nil : make(&random) }
    }
    let words = ["", "a", "é", "wörd", "zz\n"]
    let texts = cells { random in words[random.next(below: words.count)] + "\(random.next(below: 9))" }
    let codes = (0..<rows).map { _ in Int32(random.next(below: words.count)) }
    let numbers = (0..<rows * 2).map { _ in Double(random.next(below: 1000)) / 8 }
    return Table([
      ("flag", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
      ("id", .int(Cells(cells { Int64($0.next(below: 1 << 40)) - 77 }, filler: 0))),
      ("x", .float(Cells(cells { Double($0.next(below: 1 << 30)) * 1e-7 - 3 }, filler: 0))),
      ("text", .text(TextCells(texts))),
      ("coded", .text(TextCells(.dictionary(codes: codes, words: words)))),
      ("day", .date(Cells(cells { Int32($0.next(below: 30_000)) }, filler: 0))),
      ("at", .datetime(Cells(cells { Int64($0.next(below: 1 << 50)) }, filler: 0))),
      ("pair", .vector(VectorCells(names: ["a", "b"], values: numbers, count: rows))),
      ("one", .vector(VectorCells(names: words, codes: codes))),
    ])
  }
}
