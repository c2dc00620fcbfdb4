import Tables
import Testing

@testable import Formats

/// Columns of cells that may each be of another kind.
@Suite struct LooseColumnTests {
  /// Puts cells into a column, a chunk after every `size` of them; the cells, and the rows that do not fit.
  private func read(_ cells: [Tables.Cell], as type: LooseType, chunks size: Int = 100) -> (
    words: [String], misfits: [String]
  ) {
    var column = LooseColumn("x", type)
    var builder = ColumnBuilder()
    var told: [String] = []
    var done = 0
    func finish() {
      let misfits = TypedMisfits()
      builder.append(column.finish(misfits))
      told += misfits.take().map { "\(done + $0.row): \($0.text)" }
    }
    for (row, cell) in cells.enumerated() {
      switch cell {
      case .missing: column.appendMissing()
      case .int(let value): column.append(value)
      case .float(let value): column.append(value)
      case .text(let text): Array(text.utf8).withUnsafeBufferPointer { column.append(text: $0) }
      case .bool(let value): column.append(value)
      case .date(let days): column.append(days: days)
      case .datetime(let value): column.append(microseconds: value)
      case .vector: break
      }
      if (row + 1) % size == 0 {
        finish()
        done = row + 1
      }
    }
    if done < cells.count { finish() }
    let whole = builder.finish()
    return ((0..<cells.count).map { whole?[$0].description ?? "" }, told)
  }

  private static let wide: Int64 = 1 << 60 + 1

  @Test func wholeNumbersAreFloatFromTheFirstFractionOn() {
    let read = read([.int(1), .missing, .float(0.5), .int(2)], as: .number)
    #expect(read.words == ["1.0", "", "0.5", "2.0"])
    #expect(read.misfits == [])
  }

  @Test func noWholeNumberLosesDigits() {
    let first = read([.int(Self.wide), .float(0.5), .int(3)], as: .number)
    #expect(first.words == ["\(Self.wide)", "", "3"])
    #expect(first.misfits == ["1: 0.5"])
    let last = read([.float(0.5), .int(Self.wide)], as: .number)
    #expect(last.words == ["0.5", ""])
    #expect(last.misfits == ["1: \(Self.wide)"])
    #expect(read([.int(Self.wide)], as: .of(.float)).misfits == ["0: \(Self.wide)"])
  }

  /// Where chunks end shows neither in the cells nor in what does not fit.
  @Test(arguments: [1, 2, 3, 5, 100])
  func chunksShowNowhere(_ size: Int) {
    let cells: [Tables.Cell] = [
      .int(3), .text("4"), .text("x"), .int(Self.wide), .float(0.5), .missing, .int(7), .float(2), .text("0.25"),
    ]
    for type in [LooseType.number, .of(.int), .of(.float), .of(.text), .of(.bool), .of(.date)] {
      let (chunked, whole) = (read(cells, as: type, chunks: size), read(cells, as: type))
      #expect(chunked.words == whole.words && chunked.misfits == whole.misfits, "\(type)")
    }
  }

  @Test func eachTypeTakesWhatIsOfIt() {
    #expect(read([.int(1), .int(0), .text("true"), .int(2)], as: .of(.bool)).misfits == ["3: 2"])
    #expect(read([.text("2026-01-31"), .text("soon"), .int(3)], as: .of(.date)).misfits == ["1: soon", "2: 3"])
    #expect(read([.text("2026-01-31 10:00:00")], as: .of(.datetime)).words == ["2026-01-31T10:00:00Z"])
    #expect(
      read([.float(3), .float(3.5), .float(0x1p60)], as: .of(.int)).misfits == ["1: 3.5", "2: 1.152921504606847e+18"])
    #expect(read([.int(1), .float(2), .text("a")], as: .of(.text)).words == ["1", "2.0", "a"])
  }

  @Test func whatIsInfiniteOrNoNumberIsMissingAndCounted() {
    var column = LooseColumn("x", .of(.float))
    for value in [1, Double.infinity, -Double.infinity, Double.nan] { column.append(value) }
    let misfits = TypedMisfits()
    #expect(column.finish(misfits).missingCount == 3)
    #expect(misfits.take() == [])
    #expect(column.note == "column 'x': 3 infinite numbers are missing")
  }

  /// Cells that somebody else reads as a type come as they would be written.
  @Test func whatIsReadOtherwiseKeepsItsKind() {
    #expect(read([.int(1), .int(2)], as: .any).words == ["1", "2"])
    #expect(read([.int(1), .float(2), .text("x"), .missing], as: .any).words == ["1", "2.0", "x", ""])
  }

  @Test func aTextThatIsNoneDoesNotFit() {
    var column = LooseColumn("x", .of(.text))
    for bytes in [[0x61, 0xFF], [0x61, 0x00, 0x62], [0xC3, 0xA9]] as [[UInt8]] {
      bytes.withUnsafeBufferPointer { column.append(text: $0) }
    }
    let misfits = TypedMisfits()
    let made = column.finish(misfits)
    #expect(misfits.take().map(\.row) == [0])
    #expect(made[1] == .text("a\0b") && made[2] == .text("é"))
  }
}
