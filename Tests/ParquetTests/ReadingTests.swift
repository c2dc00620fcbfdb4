import Kernels
import Tables
import Testing

@testable import Parquet

/// Files made by hand: every page version, level and type that writers of today do not make.
@Suite struct ReadingTests {
  private let present: [UInt8] = [8, 1]

  private func column(_ file: MadeFile) throws -> Column {
    let table = try rows(file.bytes).table
    #expect(try rows(file.bytes, layout: smallChunks).table == table)
    return try #require(table["x"])
  }

  @Test func pagesOfBothVersionsHoldTheSame() throws {
    // The second of four is missing: levels 1 0 1 1 packed.
    let (levels, values): ([UInt8], [UInt8]) = ([3, 0b1101], plain([5, -6, 7] as [Int64]))
    let expected = Column.int(Cells([5, nil, -6, 7], filler: 0))
    #expect(try column(.column(.int64, rows: 4, MadePage.data(values, rows: 4, levels: levels))) == expected)
    #expect(
      try column(.column(.int64, rows: 4, MadePage.dataV2(values, rows: 4, missing: 1, levels: levels))) == expected)
  }

  @Test func levelsOfTheOldestFilesAreRead() throws {
    let page = MadePage.data(plain([5, -6, 7] as [Int64]), rows: 4, levels: [0b1011_0000], levelEncoding: .bitPacked)
    #expect(try column(.column(.int64, rows: 4, page)) == .int(Cells([5, nil, -6, 7], filler: 0)))
  }

  @Test func aRequiredColumnHasNoLevels() throws {
    let page = MadePage.data(plain([5, 6] as [Int32]), rows: 2)
    #expect(try column(.column(.int32, rows: 2, repetition: .required, page)) == .int(Cells([5, 6])))
  }

  @Test func aDictionaryMayStandBeforePagesThatUseItAndOthers() throws {
    let words = MadePage.dictionary(plain(["a", "größe"]), count: 2)
    let coded = MadePage.data([1, 3, 0b0110_0110], rows: 8, .rleDictionary, levels: [16, 1])
    let spelled = MadePage.data(plain(["z", ""]), rows: 3, levels: [3, 0b101])
    let empty = MadePage.data([], rows: 2, .plainDictionary, levels: [4, 0])
    let pages = words + coded + spelled + empty + coded
    let made = MadeFile.column(.byteArray, rows: 21, converted: 0, pages)
    let eight = ["a", "größe", "größe", "a", "a", "größe", "größe", "a"]
    let expected = eight + ["z", nil, "", nil, nil] + eight
    #expect(try column(made) == .text(TextCells(expected)))
    // Codes where all are of the dictionary, and it has fewer words than half the rows.
    let all = MadeFile.column(.byteArray, rows: 16, converted: 0, words + coded + coded)
    guard case .text(let cells)? = try rows(all.bytes).table["x"], case .dictionary(_, let kept) = cells.storage else {
      Issue.record("no dictionary")
      return
    }
    #expect(kept == ["a", "größe"])
  }

  @Test func booleansAreBitsOrRuns() throws {
    let bits = MadePage.data([0b0000_0101], rows: 3, levels: [6, 1])
    let runs = MadePage.data([2, 0, 0, 0, 6, 1], rows: 3, .rle, levels: [6, 1])
    let expected = Column.bool(Cells([true, false, true, true, true, true]))
    #expect(try column(.column(.boolean, rows: 6, bits + runs)) == expected)
  }

  @Test func nestedColumnsAreMissingWhereverTheWayIsCut() throws {
    // Levels 0 1 2 3 in two bits: only the deepest is a value.
    let page = MadePage.data(plain([9] as [Int32]), rows: 4, levels: [3, 0b1110_0100, 0])
    let file = MadeFile(
      nodes: [
        .init(name: "root", children: 1), .init(name: "a", children: 1), .init(name: "b", children: 1),
        .init(name: "c", physical: .int32),
      ], groups: [(4, [.init(physical: .int32, values: 4, pages: page)])])
    #expect(try rows(file.bytes).table["a.b.c"] == .int(Cells([nil, nil, nil, 9], filler: 0)))
    let deep = MadePage.data(plain([9] as [Int32]), rows: 4, levels: [6, 3, 2, 4])
    var broken = file
    broken.groups = [(4, [.init(physical: .int32, values: 4, pages: deep)])]
    #expect(complaint(broken.bytes)?.contains("level") == true)
  }

  /// Moments that the file does not call those of UTC are told of only beside others that are.
  @Test(arguments: [[true, false, false], [true, true], [false, false]])
  func momentsWithoutAZoneBesideOthersAreTold(areUTC: [Bool]) throws {
    let page = MadePage.data(plain([0, 1] as [Int64]), rows: 2)
    func unit(_ isUTC: Bool) -> (inout CompactWriter) -> Void {
      { logical in
        logical.structure(8) { moment in
          moment.truth(1, isUTC)
          moment.structure(2) { $0.structure(2) }
        }
      }
    }
    let columns = areUTC.enumerated().map { place, isUTC in
      MadeFile.Node(name: "t\(place)", physical: .int64, repetition: .required, logical: unit(isUTC))
    }
    let chunks = areUTC.indices.map { MadeFile.Chunk(physical: .int64, values: 2, pages: page, name: "t\($0)") }
    let made = MadeFile(nodes: [.init(name: "root", children: columns.count)] + columns, groups: [(2, chunks)])
    let read = try rows(made.bytes)
    #expect(read.table.columns.allSatisfy { $0 == .datetime(Cells([0, 1])) })
    let isTold = areUTC.contains(true) && areUTC.contains(false)
    #expect(read.notes == (isTold ? ["taken as UTC, as the file names no zone: t1, t2"] : []))
  }

  @Test func momentsOfEveryUnitAreMicroseconds() throws {
    func int96(_ nanoseconds: Int64, _ day: Int32) -> [UInt8] { plain([nanoseconds]) + plain([day]) }
    let pages = MadePage.data(int96(0, 2_440_588) + int96(1500, 2_440_589) + int96(86_399_999_999_999, 0), rows: 3)
    let made = MadeFile.column(.int96, rows: 3, repetition: .required, pages)
    let expected = Column.datetime(Cells([0, 86_400_000_001, -2_440_588 * 86_400_000_000 + 86_399_999_999]))
    #expect(try column(made) == expected)
    #expect(try rows(made.bytes).notes == ["column 'x': moments are cut to microseconds"])
    let nanoseconds = MadePage.data(plain([-1, 0, 999, 1000] as [Int64]), rows: 4)
    let unit: (inout CompactWriter) -> Void = { logical in
      logical.structure(8) { moment in
        moment.truth(1, false)
        moment.structure(2) { $0.structure(3) }
      }
    }
    let counted = MadeFile.column(.int64, rows: 4, repetition: .required, logical: unit, nanoseconds)
    #expect(try column(counted) == .datetime(Cells([-1, 0, 0, 1])))
    let far = MadePage.data(plain([Int64.max] as [Int64]), rows: 1)
    #expect(
      complaint(MadeFile.column(.int64, rows: 1, repetition: .required, converted: 9, far).bytes)?.contains("1970")
        == true)
  }

  @Test func timesAndIdentifiersAreText() throws {
    let times = MadePage.data(plain([0, 36_000_500, 86_399_999] as [Int32]), rows: 3)
    #expect(
      try column(.column(.int32, rows: 3, repetition: .required, converted: 7, times))
        == .text(TextCells(["00:00:00", "10:00:00.5", "23:59:59.999"])))
    let bytes: [UInt8] = [0x12, 0x3E, 0x45, 0x67, 0xE8, 0x9B, 0x12, 0xD3, 0xA4, 0x56, 0x42, 0x66, 0x14, 0x17, 0x40, 0]
    let made = MadeFile.column(
      .fixedLengthByteArray, rows: 1, repetition: .required, length: 16, logical: { $0.structure(14) },
      MadePage.data(bytes, rows: 1))
    #expect(try column(made) == .text(TextCells(["123e4567-e89b-12d3-a456-426614174000"])))
  }

  @Test func decimalsOfAnyBytesAreNumbers() throws {
    func decimal(_ physical: PhysicalType, _ precision: Int, _ scale: Int, length: Int?, _ page: [UInt8], rows: Int)
      -> MadeFile
    {
      MadeFile(
        nodes: [
          .init(name: "root", children: 1),
          .init(
            name: "x", physical: physical, length: length, repetition: .required, converted: 5, scale: scale,
            precision: precision),
        ], groups: [(rows, [.init(physical: physical, values: rows, pages: MadePage.data(page, rows: rows))])])
    }
    let three: [UInt8] = [0, 4, 0xD2, 0xFF, 0xFF, 0xFF, 0x80, 0, 0]
    #expect(
      try column(decimal(.fixedLengthByteArray, 6, 2, length: 3, three, rows: 3))
        == .float(Cells([12.34, -0.01, -83886.08])))
    #expect(
      try column(decimal(.fixedLengthByteArray, 6, 0, length: 3, three, rows: 3)) == .int(Cells([1234, -1, -8388608])))
    let any: [UInt8] = [1, 0, 0, 0, 0x80, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0]
    #expect(try column(decimal(.byteArray, 9, 1, length: nil, any, rows: 3)) == .float(Cells([-12.8, 0, 25.6])))
    #expect(
      try column(decimal(.byteArray, 38, 1, length: nil, any, rows: 3)) == .text(TextCells(["-12.8", "0.0", "25.6"])))
    let large = [UInt8](repeating: 1, count: 9)
    #expect(
      complaint(decimal(.fixedLengthByteArray, 18, 0, length: 9, large, rows: 1).bytes)?.contains("64 bits") == true)
    #expect(
      complaint(decimal(.fixedLengthByteArray, 15, 1, length: 9, large, rows: 1).bytes)?.contains("15 digits") == true)
  }

  @Test func halvesAreFloatsAndWhatIsInfiniteIsMissing() throws {
    let bits: [UInt16] = [0, 0x8000, 0x3C00, 0xC500, 1, 0x7BFF, 0x7C00, 0xFC00, 0x7E00]
    let made = MadeFile.column(
      .fixedLengthByteArray, rows: 9, repetition: .required, length: 2, logical: { $0.structure(15) },
      MadePage.data(plain(bits), rows: 9))
    #expect(try column(made) == .float(Cells([0, -0.0, 1, -5, 0x1p-24, 65504, nil, nil, nil], filler: 0)))
    #expect(try rows(made.bytes).notes == ["column 'x': 3 numbers that are infinite or none are missing"])
  }

  @Test func wholeNumbersWithoutASignKeepEveryDigit() throws {
    let values: [UInt64] = [0, UInt64(Int64.max), .max]
    func made(_ bounds: ([UInt8], [UInt8])?) -> MadeFile {
      var file = MadeFile.column(
        .int64, rows: 3, repetition: .required, converted: 14, MadePage.data(plain(values), rows: 3))
      (file.groups[0].chunks[0].least, file.groups[0].chunks[0].greatest) = (bounds?.0, bounds?.1)
      return file
    }
    #expect(try column(made(nil)) == .text(TextCells(["0", "9223372036854775807", "18446744073709551615"])))
    let lie = made((plain([0] as [UInt64]), plain([9] as [UInt64])))
    #expect(complaint(lie.bytes)?.contains("64 bits do not hold") == true)
    let thirtyTwo = MadeFile.column(
      .int32, rows: 1, repetition: .required, converted: 13, MadePage.data(plain([UInt32.max]), rows: 1))
    #expect(try column(thirtyTwo) == .int(Cells([Int64(UInt32.max)])))
  }

  @Test func bytesAreReadOnlyWhereTheyAreSaidToBeText() throws {
    let page = MadePage.data(plain(["a", "b"]), rows: 2)
    let file = MadeFile(
      nodes: [
        .init(name: "root", children: 2), .init(name: "x", physical: .byteArray, repetition: .required),
        .init(name: "y", physical: .byteArray, repetition: .required, converted: 0),
      ],
      groups: [
        (2, [.init(physical: .byteArray, values: 2, pages: page), .init(physical: .byteArray, values: 2, pages: page)])
      ])
    let read = try rows(file.bytes)
    #expect(read.table.names == ["y"])
    #expect(read.notes == ["not read: x (bytes); `types: {x: text}` reads them as text"])
    #expect(try rows(file.bytes, texts: ["x"]).table.words("x") == ["a", "b"])
  }

  @Test(arguments: [0, 3, 1 << 40]) func rowsAreThoseOfTheRowGroups(stated: Int) throws {
    let page = MadePage.data(plain([5, 6] as [Int32]), rows: 2)
    var file = MadeFile.column(.int32, rows: 2, repetition: .required, page)
    file.rowCount = stated
    let read = try rows(file.bytes)
    #expect(read.table["x"] == .int(Cells([5, 6])))
    #expect(read.notes == ["it says that it has \(stated) rows; the 2 of its row groups are read"])
  }

  @Test func aColumnWithoutAValueIsMissingText() throws {
    let empty = MadePage.data([], rows: 3, levels: [6, 0])
    #expect(try column(.column(.int32, rows: 3, logical: { $0.structure(11) }, empty)) == .missing(.text, count: 3))
    let full = MadePage.data(plain([1] as [Int32]), rows: 1, levels: [2, 1])
    #expect(
      complaint(MadeFile.column(.int32, rows: 1, logical: { $0.structure(11) }, full).bytes)?.contains("has a value")
        == true)
  }

  @Test func namesAreDifferentFromEachOther() throws {
    let page = MadePage.data(plain([1] as [Int32]), rows: 1)
    let chunk = MadeFile.Chunk(physical: .int32, values: 1, pages: page)
    let node = MadeFile.Node(name: "x", physical: .int32, repetition: .required)
    let file = MadeFile(nodes: [.init(name: "root", children: 2), node, node], groups: [(1, [chunk, chunk])])
    #expect(try rows(file.bytes).table.names == ["x", "x_2"])
  }

  @Test func whatCannotBeReadIsPassedOverByName() throws {
    let chunk = MadeFile.Chunk(physical: .int32, values: 1, pages: MadePage.data(plain([1] as [Int32]), rows: 1))
    var (encrypted, elsewhere, brotli) = (chunk, chunk, chunk)
    encrypted.isEncrypted = true
    elsewhere.isElsewhere = true
    brotli.codec = .brotli
    let nodes = ["a", "b", "c", "d"].map { MadeFile.Node(name: $0, physical: .int32, repetition: .required) }
    let file = MadeFile(
      nodes: [.init(name: "root", children: 4)] + nodes, groups: [(1, [encrypted, chunk, elsewhere, brotli])])
    let read = try rows(file.bytes)
    #expect(read.table.names == ["b"])
    #expect(
      read.notes == ["not read: a (encrypted)", "not read: c (in another file)", "not read: d (compressed by brotli)"])
    let none = MadeFile(nodes: [.init(name: "root", children: 1), nodes[0]], groups: [(1, [encrypted])])
    #expect(complaint(none.bytes)?.contains("no column of it can be read: not read: a (encrypted)") == true)
  }

  @Test func columnsAndALimitReadLess() throws {
    let table = RoundTripTests.table(seed: 4, rows: 5000)
    let bytes = try file(table)
    let source = ParquetFile(path: "t.parquet", bytes: bytes)
    var (read, seen) = ([Table](), 0)
    let all = try source.scan(.init(), Progress()) { (chunk) throws(SourceError) in
      seen += chunk.rowCount
      return .more
    }
    #expect(seen == 5000)
    let some = try source.scan(.init(columns: ["int"], limit: 3000), Progress()) { (chunk) throws(SourceError) in
      read.append(chunk)
      return .more
    }
    #expect(some.schema == Schema([Field("int", .int)]) && read.reduce(0) { $0 + $1.rowCount } == 3000)
    #expect(some.byteCount < all.byteCount / 2 && all.byteCount < bytes.count)
    let none = try rows(bytes, ScanRequest(columns: [])).table
    #expect(none.names.isEmpty)
    #expect(try rows(bytes, layout: smallChunks, ScanRequest(limit: 20)).table == table.head(20))
    #expect(try source.outline()?.rowCount == 5000)
  }

  @Test func aReadingEndsWhereItIsEnoughAndWhereItIsCancelled() throws {
    let source = ParquetFile(
      path: "t.parquet", bytes: try file(RoundTripTests.table(seed: 4, rows: 500)), layout: smallChunks)
    var chunks = 0
    let report = try source.scan(.init(), Progress()) { (_) throws(SourceError) in
      chunks += 1
      return chunks == 5 ? .stop : .more
    }
    #expect(chunks == 5 && report.byteCount > 0)
    let progress = Progress()
    progress.cancel()
    #expect(throws: SourceError(source: "t.parquet", reason: .cancelled)) {
      try source.scan(.init(), progress) { (_) throws(SourceError) in .more }
    }
  }
}
