import Tables
import Testing

@testable import Arrow

/// Columns whose values are in a dictionary.
@Suite struct DictionaryTests {
  private func coded(_ codes: [Int8], id: Int64 = 7, valid: [Bool]? = nil, type: UInt8 = 5) -> MadeColumn {
    MadeColumn(
      "k", type: type, type == 2 ? [.int(64), .bool(true)] : [], rows: codes.count, missing: valid?.count { !$0 } ?? 0,
      buffers: [valid.map(bits) ?? [], ArrowTests.bytes(codes)],
      dictionary: .table([.long(id), .table([.int(8), .bool(true)]), .bool(false)]))
  }

  private func words(_ texts: [String]) -> MadeColumn { MadeColumn("", texts: texts) }

  @Test func aDictionaryIsExtendedAndReplaced() throws {
    var stream = MadeStream()
    stream.schema([coded([]).field])
    stream.dictionary(7, words(["a", "b"]))
    stream.batch([coded([0, 1, 0], valid: [true, true, false])])
    stream.dictionary(7, words(["c"]), isDelta: true)
    stream.batch([coded([2, 0])])
    stream.dictionary(7, words(["z"]))
    stream.batch([coded([0])])
    let table = try rows(stream.bytes).table
    #expect(table["k"] == .text(TextCells(["a", "b", nil, "c", "a", "z"])))
  }

  @Test func fewTextsStayCodes() throws {
    var stream = MadeStream()
    stream.schema([coded([]).field])
    // Equal values, and one that nobody uses.
    stream.dictionary(7, words(["a", "b", "a", "unused"]))
    stream.batch([coded([0, 1, 2, 2, 1, 0, 0, 0])])
    let table = try rows(stream.bytes).table
    guard case .text(let cells)? = table["k"], case .dictionary(_, let texts) = cells.storage else {
      Issue.record("not codes")
      return
    }
    #expect(Set(texts).count == texts.count && table.words("k") == ["a", "b", "a", "a", "b", "a", "a", "a"])
  }

  @Test func valuesMayBeOfAnyTypeAndMissing() throws {
    var stream = MadeStream()
    stream.schema([coded([], type: 2).field])
    stream.dictionary(
      7, MadeColumn("", type: 2, [.int(64), .bool(true)], [5, 0, -6] as [Int64], valid: [true, false, true]))
    stream.batch([coded([2, 1, 0, 0], valid: [true, true, true, false], type: 2)])
    #expect(try rows(stream.bytes).table["k"] == .int(Cells([-6, nil, 5, nil], filler: 0)))
  }

  @Test func manyTextsBecomePlain() throws {
    let texts = (0..<70_000).map { "w\($0)" }
    let codes: [Int32] = [69_999, 0, 5]
    var column = coded([])
    column.field = MadeColumn.field("k", 5, [], .table([.long(7), nil, .bool(false)]))
    column.nodes = [(3, 0)]
    column.buffers = [[], ArrowTests.bytes(codes)]
    var stream = MadeStream()
    stream.schema([column.field])
    stream.dictionary(7, words(texts))
    stream.batch([column])
    #expect(try rows(stream.bytes).table.words("k") == ["w69999", "w0", "w5"])
  }

  @Test(arguments: [[2], [-1], [0, 127]] as [[Int8]]) func aPlaceThatIsNotThereIsAnError(codes: [Int8]) {
    var stream = MadeStream()
    stream.schema([coded([]).field])
    stream.dictionary(7, words(["a", "b"]))
    stream.batch([coded(codes)])
    #expect(badFormat(stream.bytes).contains("column 'k' has a place \(codes.last ?? 0) in a dictionary of 2"))
  }

  @Test func withoutADictionaryEveryCellIsMissing() throws {
    var stream = MadeStream()
    stream.schema([coded([]).field])
    stream.batch([coded([5, 6], valid: [false, false])])
    #expect(try rows(stream.bytes).table["k"] == .missing(.text, count: 2))
    stream.batch([coded([0])])
    #expect(badFormat(stream.bytes).contains("in a dictionary of 0"))
  }

  @Test func twoTypesOfOneDictionaryAreAnError() {
    var stream = MadeStream()
    stream.schema([coded([]).field, coded([], type: 2).field])
    #expect(badFormat(stream.bytes).contains("several types"))
  }
}
