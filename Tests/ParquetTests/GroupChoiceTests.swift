import Descriptions
import Formats
import Kernels
import Synchronization
import Tables
import Testing

@testable import Parquet

/// Row groups are passed over by what their statistics say, where the format says that they are to be trusted.
@Suite struct GroupChoiceTests {
  /// Keeps what it was asked, and passes over the row groups with these places among those.
  private final class Screen: RowScreen {
    private let passed: Set<Int>
    private let seen = Mutex<[RowsOutline]>([])

    init(passing passed: Set<Int> = []) { self.passed = passed }

    var outlines: [RowsOutline] { seen.withLock { $0 } }

    func passesOver(_ rows: RowsOutline) -> Bool {
      seen.withLock { seen in
        seen.append(rows)
        return passed.contains(seen.count - 1)
      }
    }
  }

  /// A column of one row group of two rows, in whose order its bounds are unless it is said otherwise.
  private static func column(
    _ physical: PhysicalType, _ values: [UInt8], repetition: Repetition = .required, converted: Int? = nil,
    logical: ((inout CompactWriter) -> Void)? = nil, orders: [Int] = [1], _ set: (inout MadeFile.Chunk) -> Void
  ) -> MadeFile {
    let levels: [UInt8]? = repetition == .required ? nil : [4, 1]
    var made = MadeFile.column(
      physical, rows: 2, repetition: repetition, converted: converted, logical: logical,
      MadePage.data(values, rows: 2, levels: levels))
    set(&made.groups[0].chunks[0])
    made.orders = orders
    return made
  }

  /// What a screen is told of the column; nil where it is not asked.
  private static func bounds(_ file: MadeFile) throws -> CellBounds? {
    let screen = Screen()
    _ = try rows(file.bytes, ScanRequest(screen: screen))
    return screen.outlines.first?.bounds["x"]
  }

  private static func ints(
    _ orders: [Int] = [1], _ set: (inout MadeFile.Chunk) -> Void = { _ in }
  ) -> MadeFile {
    column(.int32, plain([-5, 7] as [Int32]), orders: orders) { chunk in
      (chunk.least, chunk.greatest) = (plain([-5] as [Int32]), plain([7] as [Int32]))
      set(&chunk)
    }
  }

  @Test func boundsCountInTheOrderOfTheColumnsType() throws {
    #expect(try Self.bounds(Self.ints()) == CellBounds(least: .int(-5), greatest: .int(7), missing: 0))
    for orders in [[], [2], [9]] { #expect(try Self.bounds(Self.ints(orders)) == CellBounds(missing: 0)) }
  }

  @Test func olderBoundsCountOnlyWhereTheyAreInTheOrderOfNumbersWithASign() throws {
    let known = CellBounds(least: .int(-5), greatest: .int(7), missing: 0)
    for orders in [[], [1]] { #expect(try Self.bounds(Self.ints(orders) { $0.areOld = true }) == known) }
    let unsigned = Self.column(.int32, plain([5, 7] as [UInt32]), converted: 13) { chunk in
      (chunk.least, chunk.greatest, chunk.areOld) = (plain([5] as [UInt32]), plain([7] as [UInt32]), true)
    }
    #expect(try Self.bounds(unsigned) == CellBounds(missing: 0))
    // In the order of signed bytes é comes before a.
    let texts = Self.column(.byteArray, plain(["a", "é"]), converted: 0) { chunk in
      (chunk.least, chunk.greatest, chunk.areOld, chunk.isExact) = (Array("é".utf8), Array("a".utf8), true, true)
    }
    #expect(try Self.bounds(texts) == CellBounds(missing: 0))
  }

  @Test func boundsOfTextsCountOnlyWhereTheyAreExact() throws {
    for isExact in [nil, false, true] {
      let texts = Self.column(.byteArray, plain(["abc", "abd"]), converted: 0) { chunk in
        (chunk.least, chunk.greatest, chunk.isExact) = (Array("abc".utf8), Array("abd".utf8), isExact)
      }
      let known = CellBounds(least: .text("abc"), greatest: .text("abd"), missing: 0)
      #expect(try Self.bounds(texts) == (isExact == true ? known : CellBounds(missing: 0)))
    }
    let noText = Self.column(.byteArray, plain(["abc", "abd"]), converted: 0) { chunk in
      (chunk.least, chunk.greatest, chunk.isExact) = ([0xC3], Array("abd".utf8), true)
    }
    #expect(try Self.bounds(noText) == CellBounds(greatest: .text("abd"), missing: 0))
  }

  @Test func numbersThatAreNoneSayNothing() throws {
    func floats(_ least: Double, _ greatest: Double, none: Int? = nil) throws -> CellBounds? {
      try Self.bounds(
        Self.column(.double, plain([1, 2] as [Double])) { chunk in
          (chunk.least, chunk.greatest, chunk.notANumber) = (plain([least]), plain([greatest]), none)
        })
    }
    #expect(try floats(.nan, 2) == CellBounds(greatest: .float(2), missing: 0, mayMissMore: true))
    #expect(try floats(1, 2) == CellBounds(least: .float(1), greatest: .float(2), missing: 0, mayMissMore: true))
    #expect(try floats(1, 2, none: 0) == CellBounds(least: .float(1), greatest: .float(2), missing: 0))
    #expect(try floats(1, 2, none: 1) == CellBounds(least: .float(1), greatest: .float(2), missing: 1))
    // An infinite cell is missing as well, and nobody counts those.
    for bounds in [try floats(1, .infinity, none: 0), try floats(1, 2, none: 3)] {
      #expect(bounds?.mayMissMore == true)
    }
  }

  @Test func boundsThatContradictThemselvesSayNothing() throws {
    let turned = Self.ints { ($0.least, $0.greatest) = ($0.greatest, $0.least) }
    #expect(try Self.bounds(turned) == CellBounds(missing: 0))
    let short = Self.ints { $0.least = [1] }
    #expect(try Self.bounds(short) == CellBounds(greatest: .int(7), missing: 0))
  }

  @Test func whatIsMissingHasToBeSaid() throws {
    func optional(_ missing: Int?) throws -> CellBounds? {
      try Self.bounds(Self.column(.int32, plain([-5, 7] as [Int32]), repetition: .optional) { $0.missing = missing })
    }
    for missing in [nil, 3, -1] {
      let bounds = try optional(missing)
      #expect(bounds == nil)
    }
    #expect(try optional(1) == CellBounds(missing: 1))
  }

  @Test func momentsAndDatesAreInTheUnitsOfCells() throws {
    func bounds(_ unit: TimeUnit, _ values: [Int64]) throws -> CellBounds? {
      let logical: (inout CompactWriter) -> Void = { logical in
        logical.structure(8) { moment in
          moment.truth(1, true)
          moment.structure(2) { $0.structure(unit.rawValue) }
        }
      }
      return try Self.bounds(
        Self.column(.int64, plain(values), logical: logical) { chunk in
          (chunk.least, chunk.greatest) = (plain([values[0]]), plain([values[1]]))
        })
    }
    #expect(
      try bounds(.nanoseconds, [-1, 1999]) == CellBounds(least: .datetime(-1), greatest: .datetime(1), missing: 0))
    #expect(
      try bounds(.milliseconds, [-2, 3]) == CellBounds(least: .datetime(-2000), greatest: .datetime(3000), missing: 0))
    let dates = Self.column(.int32, plain([-5, 7] as [Int32]), converted: 6) { chunk in
      (chunk.least, chunk.greatest) = (plain([-5] as [Int32]), plain([7] as [Int32]))
    }
    #expect(try Self.bounds(dates) == CellBounds(least: .date(-5), greatest: .date(7), missing: 0))
  }

  // MARK: Files

  private static let table = Table([
    ("a", .int(Cells((0..<100).map { Int64($0) }))), ("b", .text(TextCells((0..<100).map { "t\($0 / 10)" }))),
  ])

  private static func written(_ table: Table, groupRows: Int) throws -> [UInt8] {
    var encoder = ParquetEncoder(table, groupRows: groupRows)
    return try encoder.append(table, Progress()) + encoder.finish(Progress())
  }

  @Test func theOtherRowGroupsAreGivenAndTheRestIsTold() throws {
    let bytes = try Self.written(Self.table, groupRows: 30)
    let screen = Screen(passing: [0, 2])
    let read = try rows(bytes, ScanRequest(screen: screen))
    #expect(screen.outlines.map(\.rowCount) == [30, 30, 30, 10])
    #expect(screen.outlines[1].bounds["b"] == CellBounds(least: .text("t3"), greatest: .text("t5"), missing: 0))
    let left = Array(30..<60) + Array(90..<100)
    #expect(read.table == Self.table.take(RowList(ids: left.map(Int32.init))))
    #expect(read.notes.count == 1 && read.notes[0].hasPrefix("2 of 4 row groups passed over"))
    let source = TypedSource(ParquetFile(path: "t.parquet", bytes: bytes), ReadingRequest())
    let extent = try source.extent(ScanRequest(columns: ["a"], screen: Screen(passing: [0, 1, 2, 3])))
    #expect(extent?.passedRows == 100 && extent?.readBytes == 0 && extent?.passedBytes ?? 0 > 0)
    #expect(try rows(bytes, ScanRequest(screen: Screen(passing: [0, 1, 2, 3]))).table.rowCount == 0)
  }

  @Test func nobodyIsAskedWhereItMattersWhichRowsComeFirstOrWhatCellsBecome() throws {
    let bytes = try Self.written(Self.table, groupRows: 30)
    let file = ParquetFile(path: "t.parquet", bytes: bytes)
    let options: [Options] = [
      Options([ReadingOptions.rows.name: .int(50)]),
      Options([ReadingOptions.types.name: .record([RawField("a", .word("float"))])]),
      Options([ReadingOptions.onConflict.name: .word("reject")]),
    ]
    for options in options {
      let screen = Screen(passing: [0])
      let source = TypedSource(file, ReadingRequest(options))
      let read = try source.read(ScanRequest(screen: screen), Progress())
      #expect(screen.outlines.isEmpty && read.table.rowCount == (options[ReadingOptions.rows] ?? 100))
    }
    let screen = Screen(passing: [0])
    let first = try rows(bytes, ScanRequest(limit: 40, screen: screen))
    #expect(first.table.rowCount == 40 && screen.outlines.isEmpty)
  }

  @Test(arguments: PageCompression.allCases) func everyCompressionReadsBack(_ compression: PageCompression) throws {
    for seed in [0, 1] as [UInt64] {
      let table = RoundTripTests.table(seed: seed, rows: 1000)
      var encoder = ParquetEncoder(table, compression, groupRows: 333)
      let bytes = try encoder.append(table, Progress()) + encoder.finish(Progress())
      #expect(try rows(bytes).table == table)
      var parted = ParquetEncoder(table, compression, groupRows: 333)
      var again: [UInt8] = []
      for start in stride(from: 0, to: 1000, by: 77) {
        again += try parted.append(table.take(RowList(start..<min(1000, start + 77))), Progress())
      }
      #expect(again + (try parted.finish(Progress())) == bytes)
    }
  }
}
