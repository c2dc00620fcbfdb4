import Kernels
import Tables
import Testing

@testable import Parquet

/// Files that mean harm end in a table or an error that names the column, in bounded memory.
@Suite struct HostileTests {
  private func made(_ seed: UInt64) throws -> [UInt8] { try file(RoundTripTests.table(seed: seed, rows: 40)) }

  @Test func aFileThatIsCutAnywhereIsAnError() throws {
    let bytes = try made(1)
    for count in bytes.indices { #expect(complaint(Array(bytes[..<count])) != nil, "\(count) bytes") }
    #expect(complaint(Array(bytes.dropFirst()))?.contains("no Parquet file") == true)
    #expect(complaint(Array(bytes.dropLast()))?.contains("does not end as one") == true)
  }

  @Test(arguments: 0..<4 as Range<UInt64>) func changedBytesAreAnErrorOrATable(seed: UInt64) throws {
    let bytes = try made(seed)
    var random = CounterRandom(seed: seed)
    for place in bytes.indices {
      var changed = bytes
      changed[place] = seed == 0 ? 0xFF : seed == 1 ? 0 : UInt8(truncatingIfNeeded: random.next())
      do throws(SourceError) {
        let table = try rows(changed).table
        #expect(table.columns.allSatisfy { $0.count == table.rowCount })
      } catch {
        #expect(error.source == "t.parquet")
      }
    }
  }

  @Test func changedPagesAreToldByTheirChecksums() throws {
    let bytes = try file(Table([("price", .float(Cells((0..<100).map { Double($0) / 7 })))]))
    var changed = bytes
    changed[100] ^= 1
    #expect(complaint(changed)?.hasPrefix("'price' in row group 1: a page before byte") == true)
    let page = MadePage.data(plain([1] as [Int32]), rows: 1, checksum: 7)
    #expect(
      complaint(MadeFile.column(.int32, rows: 1, repetition: .required, page).bytes)?.contains("checksum") == true)
  }

  @Test func encryptedFilesSaySo() throws {
    var bytes = try made(1)
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: Array("PARE".utf8))
    #expect(complaint(bytes)?.contains("encrypted") == true)
  }

  @Test func filesOfAnotherKindSaySo() {
    for text in ["", "PAR1", "a,b\n1,2\n", String(repeating: "x", count: 100)] {
      #expect(complaint(Array(text.utf8))?.contains("no Parquet file") == true)
    }
    let long = Array("PAR1".utf8) + [0xFF, 0xFF, 0xFF, 0x7F] + Array("PAR1".utf8)
    #expect(complaint(long)?.contains("more than the file") == true)
    let empty = Array("PAR1".utf8) + [0, 0, 0, 0] + Array("PAR1".utf8)
    #expect(complaint(empty)?.contains("footer") == true)
  }

  private let required = Repetition.required
  private let one = MadePage.data(plain([1] as [Int32]), rows: 1)

  /// What is wrong with a page of a column of whole numbers.
  private func wrong(_ page: [UInt8], rows: Int = 1, codec: Codec = .uncompressed) -> String? {
    complaint(MadeFile.column(.int32, rows: rows, repetition: required, codec: codec, page).bytes)
  }

  @Test func countsThatDoNotAgreeAreErrors() {
    #expect(wrong(one, rows: 2)?.contains("'x' in row group 1: ") == true)
    #expect(wrong(one + one, rows: 1) == nil)
    #expect(wrong(MadePage.data(plain([1, 2] as [Int32]), rows: 2))?.contains("more values") == true)
    #expect(wrong(MadePage.data(plain([1] as [Int32]), rows: 2), rows: 2)?.contains("fewer values") == true)
    #expect(wrong(MadePage.data(plain([1] as [Int32]), rows: -1))?.contains("header") == true)
    var file = MadeFile.column(.int32, rows: 1, repetition: required, one)
    file.groups[0].chunks[0].values = 5
    #expect(complaint(file.bytes)?.contains("5 values for 1 rows") == true)
    file = MadeFile.column(.int32, rows: -1, repetition: required, one)
    #expect(complaint(file.bytes)?.contains("-1 rows") == true)
    file = MadeFile.column(.int32, rows: 1, repetition: required, one)
    file.groups[0].chunks.append(file.groups[0].chunks[0])
    #expect(complaint(file.bytes)?.contains("2 columns, not 1") == true)
    file = MadeFile.column(.int32, rows: 1, repetition: required, one)
    file.groups[0].chunks[0].physical = .int64
    #expect(complaint(file.bytes)?.contains("another type") == true)
    file = MadeFile.column(.int32, rows: .max, repetition: required, one)
    file.groups.append(file.groups[0])
    file.rowCount = 2
    #expect(complaint(file.bytes)?.contains("row group") == true)
  }

  @Test func placesOutsideTheFileAreErrors() {
    for start in [0, -1, Int.min, Int.max, 1 << 40, 200] {
      var file = MadeFile.column(.int32, rows: 1, repetition: required, one)
      file.groups[0].chunks[0].start = start
      #expect(complaint(file.bytes) != nil, "\(start)")
    }
  }

  @Test func manyRowsOfNoBytesTakeNoMemory() throws {
    // Two thousand million missing cells: only the first are asked for.
    let page = MadePage.data([], rows: Int(Int32.max), levels: [0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 0])
    let file = MadeFile.column(.int32, rows: Int(Int32.max), page)
    #expect(try rows(file.bytes, ScanRequest(limit: 1000)).table == Table([("x", .missing(.int, count: 1000))]))
    let before = Memory.resident
    var seen = 0
    _ = try ParquetFile(path: "t", bytes: file.bytes).scan(.init(), Progress()) { (chunk) throws(SourceError) in
      seen += chunk.rowCount
      return seen > 1 << 22 ? .stop : .more
    }
    #expect(Memory.resident - before < 256 << 20)
  }

  @Test func sizesThatNoPageHasTakeNoMemory() {
    let before = Memory.resident
    let huge = Int(Int32.max)
    #expect(
      wrong(MadePage.data([1, 2, 3], rows: 1, expanded: huge), codec: .zstd)?.contains("more than zstd can do") == true)
    #expect(wrong(MadePage.data([1, 2, 3], rows: 1, expanded: huge))?.contains("says that it has") == true)
    #expect(wrong(MadePage.dictionary([1, 2, 3], count: huge) + one)?.contains("words") == true)
    #expect(
      wrong(MadePage.data([8, 1, 0xFF, 0xFF, 0xFF, 0xFF, 7, 2, 2, 0], rows: 1, .deltaBinaryPacked))?.contains(
        "differences for") == true)
    let text = MadePage.data([0xFF, 0xFF, 0xFF, 0xFF, 1], rows: 1)
    #expect(
      complaint(MadeFile.column(.byteArray, rows: 1, repetition: required, converted: 0, text).bytes)?.contains(
        "fewer values") == true)
    #expect(
      wrong(MadePage.dataV2([], rows: 1, levels: [1, 2, 3], isCompressed: true, expanded: 1), codec: .snappy)?.contains(
        "levels") == true)
    #expect(Memory.resident - before < 64 << 20)
  }

  @Test func pagesThatNeedWhatIsNotThereAreErrors() {
    #expect(wrong(MadePage.data([1, 2], rows: 1, .rleDictionary))?.contains("there is none") == true)
    let words = MadePage.dictionary(plain([5] as [Int32]), count: 1)
    #expect(wrong(words + MadePage.data([1, 2, 1], rows: 1, .rleDictionary))?.contains("has not") == true)
    #expect(wrong(words + words + one)?.contains("two dictionaries") == true)
    #expect(wrong(words + MadePage.data([33, 2, 1], rows: 1, .rleDictionary))?.contains("33 bits") == true)
    #expect(wrong(MadePage.data([1], rows: 1, .deltaByteArray))?.contains("encoding 7") == true)
    #expect(wrong(MadePage.data([1], rows: 1, .rle))?.contains("encoding 3") == true)
    let text = MadePage.data(plain(["a"]) + [1, 0, 0, 0, 0xFF], rows: 2)
    #expect(
      complaint(MadeFile.column(.byteArray, rows: 2, repetition: required, converted: 0, text).bytes)?.contains("UTF-8")
        == true)
    // A character that begins in one text and ends in the next.
    let split = MadePage.data([1, 0, 0, 0, 0xC3, 1, 0, 0, 0, 0xA9], rows: 2)
    #expect(
      complaint(MadeFile.column(.byteArray, rows: 2, repetition: required, converted: 0, split).bytes)?.contains(
        "UTF-8") == true)
  }

  @Test func namesAndSizesOfAnyLengthTakeBoundedTimeAndMemory() throws {
    let leaf = MadeFile.Node(name: "x", physical: .int32, repetition: required)
    let same = MadeFile(
      nodes: [.init(name: "root", children: 20_000)] + Array(repeating: leaf, count: 20_000), groups: [])
    #expect(try rows(same.bytes).table.rowCount == 0)
    #expect(try ParquetFile(path: "t", bytes: same.bytes).outline()?.schema.fields.last?.name == "x_20000")
    let long = MadeFile.Node(name: String(repeating: "y", count: 1 << 16), repetition: required, children: 2000)
    let deep = MadeFile(
      nodes: [.init(name: "root", children: 1), long] + Array(repeating: leaf, count: 2000), groups: [])
    #expect(complaint(deep.bytes)?.contains("names of more than") == true)
    var text = MadeFile.column(
      .byteArray, rows: 1, repetition: required, converted: 0, MadePage.data(plain(["a"]), rows: 1))
    text.groups[0].chunks[0].uncompressed = .max
    #expect(try rows(text.bytes).table.words("x") == ["a"])
  }

  @Test func theColumnAndTheRowGroupAreNamed() throws {
    let good = MadeFile.Chunk(physical: .int32, values: 1, pages: one)
    let bad = MadeFile.Chunk(physical: .int32, values: 1, pages: MadePage.data([1], rows: 1))
    let nodes = ["a", "b"].map { MadeFile.Node(name: $0, physical: .int32, repetition: required) }
    let file = MadeFile(
      nodes: [.init(name: "root", children: 2)] + nodes, groups: [(1, [good, good]), (1, [good, bad])])
    #expect(complaint(file.bytes) == "'b' in row group 2: a page holds fewer values than it says")
    #expect(try rows(file.bytes, ScanRequest(columns: ["a"])).table.words("a") == ["1", "1"])
  }
}
