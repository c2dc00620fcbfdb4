import Descriptions
import Formats
import Tables
import Testing

@testable import Arrow

/// Types that files of others hold and ours do not.
@Suite struct ColumnTypeTests {
  private func int(_ bits: Int32, _ isSigned: Bool = true) -> [FlatValue?] { [.int(bits), .bool(isSigned)] }

  @Test func wholeNumbersOfEveryWidth() throws {
    let table = try rows(
      MadeStream.of([
        MadeColumn("a", type: 2, int(8), [Int8.min, .max]), MadeColumn("b", type: 2, int(8, false), [UInt8.min, .max]),
        MadeColumn("c", type: 2, int(16), [Int16.min, .max]),
        MadeColumn("d", type: 2, int(16, false), [UInt16.min, .max]),
        MadeColumn("e", type: 2, int(32), [Int32.min, .max]),
        MadeColumn("f", type: 2, int(32, false), [UInt32.min, .max]),
        MadeColumn("g", type: 2, int(64), [Int64.min, .max]),
        MadeColumn("h", type: 2, int(64, false), [0, UInt64(Int64.max)]),
        MadeColumn("i", type: 2, int(128), rows: 2, buffers: [[], ArrowTests.bytes([7, 0, UInt64.max, .max])]),
      ])
    ).table
    #expect(table.types.allSatisfy { $0 == .int })
    #expect(
      table.columns.map { $0[0].description }.joined(separator: " ")
        == "-128 0 -32768 0 -2147483648 0 -9223372036854775808 0 7")
    #expect(
      table.columns.map { $0[1].description }.joined(separator: " ")
        == "127 255 32767 65535 2147483647 4294967295 9223372036854775807 9223372036854775807 -1")
  }

  /// What stands in the file where there is no cell does not show.
  @Test func missingCellsHoldTheFiller() throws {
    let table = try rows(
      MadeStream.of([
        MadeColumn("i", type: 2, int(64), [1, 99] as [Int64], valid: [true, false]),
        MadeColumn("f", type: 3, [.short(2)], [Double.nan.bitPattern, 0], valid: [false, true]),
      ])
    )
    #expect(table.table["i"] == .int(Cells([1, nil], filler: 0)))
    #expect(table.table["f"] == .float(Cells([nil, 0], filler: 0)) && table.notes == [])
  }

  @Test func numbersThatNoTableHoldsAreMissingAndCounted() throws {
    let wide = [Double.nan, .infinity, -.infinity, 1.5].map(\.bitPattern)
    let half: [UInt16] = [0x7E00, 0x7C00, 0xFC00, 0x3E00]
    let read = try rows(
      MadeStream.of([MadeColumn("f", type: 3, [.short(2)], wide), MadeColumn("h", type: 3, [.short(0)], half)]))
    for name in ["f", "h"] { #expect(read.table[name] == .float(Cells([nil, nil, nil, 1.5], filler: 0))) }
    #expect(
      read.notes
        == ["f", "h"].flatMap { name in
          [
            "column '\(name)': 2 infinite numbers are missing",
            "column '\(name)': 1 cell that is not a number is missing",
          ]
        })
  }

  @Test(
    arguments: [
      (0x0001, 0x1p-24), (0x03FF, 1023 * 0x1p-24), (0x0400, 0x1p-14), (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504),
      (0x8000, -0.0),
    ] as [(UInt16, Double)])
  func halfFloats(bits: UInt16, value: Double) { #expect(HalfFloat.double(bits).bitPattern == value.bitPattern) }

  @Test func momentsOfEveryUnit() throws {
    let read = try rows(
      MadeStream.of([
        MadeColumn("s", type: 10, [.short(0)], [-1, Int64.max]),
        MadeColumn("ms", type: 10, [.short(1), .text("Europe/Oslo")], [-1, 86_400_000] as [Int64]),
        MadeColumn("us", type: 10, [.short(2), .text("UTC")], [-1, 1] as [Int64]),
        MadeColumn("ns", type: 10, [.short(3)], [-1, 1000] as [Int64]),
        MadeColumn("d", type: 8, [.short(0)], [-1, 1] as [Int32]),
        MadeColumn("m", type: 8, [.short(1)], [-86_400_000, Int64.max]),
        MadeColumn("t", type: 9, [.short(0), .int(32)], [86_400, 86_401] as [Int32]),
        MadeColumn("u", type: 9, [.short(3), .int(64)], [3_600_000_000_001, 1_000_000] as [Int64]),
        MadeColumn("l", type: 18, [.short(1)], [5, -5] as [Int64]),
      ]))
    #expect(
      read.table.types == [.datetime, .datetime, .datetime, .datetime, .date, .date, .text, .text, .int])
    #expect(read.table.words("s") == ["1969-12-31T23:59:59Z", ""])
    #expect(read.table.words("ms") == ["1969-12-31T23:59:59.999000Z", "1970-01-02T00:00:00Z"])
    #expect(read.table["us"] == .datetime(Cells([-1, 1])) && read.table["ns"] == .datetime(Cells([-1, 1])))
    #expect(read.table.words("d") == ["1969-12-31", "1970-01-02"] && read.table.words("m") == ["1969-12-31", ""])
    #expect(read.table.words("t") == ["24:00:00", ""])
    #expect(read.table.words("u") == ["01:00:00.000000001", "00:00:00.001"])
    #expect(
      read.notes == [
        "column 'l': milliseconds, as whole numbers", "column 'ms': moments of the zone 'Europe/Oslo', told as UTC",
        "columns 's', 'ns': moments without a zone, taken as UTC", "column 's': 1 time is out of range and missing",
        "column 'ns': 1 time is cut to microseconds", "column 'm': 1 time is out of range and missing",
        "column 't': 1 time is out of range and missing",
      ])
  }

  // MARK: Numbers that may be too large

  private func unsigned(_ values: [UInt64]) -> [UInt8] {
    MadeStream.of([MadeColumn("u", type: 2, int(64, false), values)])
  }

  @Test func wholeNumbersBeyond64BitsAreText() throws {
    let large = try rows(unsigned([1, UInt64.max])).table
    #expect(large.types == [.text] && large.words("u") == ["1", "18446744073709551615"])
    #expect(try source(unsigned([1, UInt64.max])).declaredSchema()?.schema["u"] == .text)
  }

  /// As in a file of text, the first rows settle the type, and a stated one goes before.
  @Test func oneFurtherDownIsAnErrorThatNamesItsRow() throws {
    var values = [UInt64](repeating: 1, count: WideReading.sampleRows + 10)
    values[WideReading.sampleRows + 4] = .max
    let bytes = unsigned(values)
    #expect(
      failure(bytes)?.reason
        == .badCell(row: WideReading.sampleRows + 5, column: "u", text: "18446744073709551615", type: .int, others: 0))
    func stated(_ type: String) throws -> Cell? {
      try rows(bytes, ["types": .record([RawField("u", .word(type))])]).table["u"]?[WideReading.sampleRows + 4]
    }
    #expect(try stated("text") == .text("18446744073709551615"))
    #expect(try stated("float") == .float(0x1p64))
  }

  private func decimal(_ values: [[UInt64]], _ precision: Int32, _ scale: Int32) -> [UInt8] {
    let bits = Int32(values[0].count * 64)
    return MadeStream.of([
      MadeColumn(
        "d", type: 7, [.int(precision), .int(scale), .int(bits)], rows: values.count,
        buffers: [[], ArrowTests.bytes(values.flatMap { $0 })])
    ])
  }

  @Test func decimalsLoseNoDigit() throws {
    let small = decimal([[150, 0], [.max, .max]], 10, 2)
    #expect(try rows(small).table["d"] == .float(Cells([1.5, -0.01])))
    #expect(try rows(decimal([[150, 0], [.max, .max]], 38, 0)).table["d"] == .int(Cells([150, -1])))
    #expect(try rows(decimal([[150, 0], [.max, .max]], 38, -2)).table["d"] == .int(Cells([15000, -100])))
    // 2^64 over 100, and 10^15 + 1 over 10: sixteen digits.
    #expect(try rows(decimal([[0, 1], [5, 0]], 38, 2)).table.words("d") == ["184467440737095516.16", "0.05"])
    #expect(try rows(decimal([[1_000_000_000_000_001, 0]], 38, 1)).table.types == [.text])
    #expect(try rows(decimal([[1_000_000_000_000_010, 0]], 38, 2)).table["d"] == .float(Cells([10_000_000_000_000.1])))
    let wide = decimal([[0, 0, 0, 1], [.max, .max, .max, .max]], 76, 0)
    #expect(
      try rows(wide).table.words("d") == ["6277101735386680763835789423207666416102355444464034512896", "-1"])
    let smallest = decimal([[0, 0, 0, 1 << 63]], 76, 3)
    #expect(
      try rows(smallest).table.words("d")
        == ["-57896044618658097711785492504343953926634992332820282019728792003956564819.968"])
  }

  // MARK: Texts

  private func views(_ texts: [String]) -> MadeColumn {
    var (words, values): ([Int32], [UInt8]) = ([], [])
    for text in texts {
      let bytes = Array(text.utf8)
      words.append(Int32(bytes.count))
      if bytes.count <= 12 {
        let padded = bytes + [UInt8](repeating: 0, count: 12 - bytes.count)
        for start in [0, 4, 8] {
          words.append(Int32(truncatingIfNeeded: Array(padded[start..<start + 4]).littleEndianNumber))
        }
      } else {
        words += [Int32(truncatingIfNeeded: bytes.littleEndianNumber), 0, Int32(values.count)]
        values += bytes
      }
    }
    var column = MadeColumn("v", type: 24, rows: texts.count, buffers: [[], ArrowTests.bytes(words), values])
    column.variadicCounts = [1]
    return column
  }

  @Test func viewsAreTexts() throws {
    let texts = ["", "twelve bytes", "thirteen byte", "日本語", "a text that is longer than twelve bytes"]
    let table = try rows(MadeStream.of([views(texts), MadeColumn("i", type: 2, int(8), [1, 2, 3, 4, 5] as [Int8])]))
      .table
    #expect(table.words("v") == texts && table.words("i") == ["1", "2", "3", "4", "5"])
  }

  @Test func offsetsOf64Bits() throws {
    let column = MadeColumn(
      "t", type: 20, rows: 2, buffers: [[], ArrowTests.bytes([2, 3, 5] as [Int64]), Array("__abc".utf8)])
    #expect(try rows(MadeStream.of([column])).table.words("t") == ["a", "bc"])
  }

  /// Bytes where there is no cell need not be text.
  @Test func whatIsHiddenIsNotText() throws {
    let column = MadeColumn(
      "t", type: 5, rows: 3, missing: 1,
      buffers: [bits([true, false, true]), ArrowTests.bytes([0, 1, 3, 4] as [Int32]), [0x61, 0xFF, 0xFE, 0x62]])
    let table = try rows(MadeStream.of([column])).table
    #expect(table["t"] == .text(TextCells(["a", nil, "b"])))
  }

  // MARK: Structures, and what is not read

  @Test func fieldsOfAStructureAreColumns() throws {
    let child = MadeColumn.field("a", 2, int(8))
    var column = MadeColumn("s", type: 13, rows: 3, missing: 1, buffers: [bits([true, false, true])])
    column.field = MadeColumn.field("s", 13, [], children: [child, MadeColumn.field("b", 5, [])])
    column.nodes += [(3, 1), (3, 0)]
    column.buffers += [bits([true, true, false]), [1, 2, 3]] + MadeColumn.buffers(["x", "y", "z"])
    let table = try rows(MadeStream.of([column])).table
    #expect(table["s.a"] == .int(Cells([1, nil, nil], filler: 0)))
    #expect(table["s.b"] == .text(TextCells(["x", nil, "z"])))
  }

  @Test func whatNoTableHoldsIsNamedAndPassedOver() throws {
    var list = MadeColumn("tags", type: 12, rows: 2, buffers: [[], ArrowTests.bytes([0, 1, 2] as [Int32])])
    list.field = MadeColumn.field("tags", 12, [], children: [MadeColumn.field("item", 5, [])])
    list.nodes.append((2, 0))
    list.buffers += MadeColumn.buffers(["x", "y"])
    let blob = MadeColumn("blob", type: 4, rows: 2, buffers: MadeColumn.buffers(["p", "q"]))
    let read = try rows(MadeStream.of([list, blob, MadeColumn("i", type: 2, int(8), [1, 2] as [Int8])]))
    #expect(read.table.names == ["i"] && read.table.words("i") == ["1", "2"])
    #expect(read.notes == ["columns that are not read: 'tags' (a list), 'blob' (binary)"])
    #expect(badFormat(MadeStream.of([blob])).contains("'blob' (binary)"))
  }

  @Test func namesAreDistinct() throws {
    let columns = ["a", "a", "", "a_2"].map { MadeColumn($0, type: 2, int(8), [1] as [Int8]) }
    let read = try rows(MadeStream.of(columns))
    #expect(read.table.names == ["a", "a_3", "column_3", "a_2"])
    #expect(read.notes.count == 2)
  }

  @Test func aColumnOfNullsIsMissing() throws {
    let columns = [
      MadeColumn("n", type: 1, rows: 3, missing: 3, buffers: []),
      MadeColumn("i", type: 2, int(8), [1, 2, 3] as [Int8]),
    ]
    let table = try rows(MadeStream.of(columns)).table
    #expect(table["n"] == .missing(.text, count: 3) && table.words("i") == ["1", "2", "3"])
  }
}
