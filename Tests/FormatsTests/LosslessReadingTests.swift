import Kernels
import Notation
import Tables
import Testing

@testable import Formats

/// Nothing is lost on the way in: words for missing, infinite numbers, digits.
struct LosslessReadingTests {
  @Test func aStatedConventionReadsNumbers() throws {
    let text = "k;x;n\na;1.234,5;1.234\nb;-0,25;-7\nc;;12\nd;1e3;\u{2212}3\n"
    let tail = String(repeating: "e;2.000,125;1.000\n", count: 20_000)
    for rows in [text, text + tail] {
      let table = try table(rows) { $0.convention = NumberConvention(decimal: ",", group: ".") }
      guard case .float(let numbers)? = table["x"], case .int(let wholes)? = table["n"] else {
        Issue.record("\(table.types)")
        return
      }
      #expect(Array(numbers.values.prefix(4)) == [1234.5, -0.25, 0, 1000] && numbers.missingCount == 1)
      #expect(Array(wholes.values.prefix(4)) == [1234, -7, 12, -3])
      #expect(rows == text || numbers.values.dropFirst(4).allSatisfy { $0 == 2000.125 })
    }
  }

  /// Below the sample a number in another convention is a row error, and in the sample it makes the column text.
  @Test func aNumberInAnotherConventionDoesNotFit() throws {
    let comma = { (options: inout DelimitedOptions) in options.convention = NumberConvention(decimal: ",", group: ".") }
    #expect(try table("k;x\na;1,5\nb;1.5\n", comma)["x"]?.type == .text)
    #expect(try table("k;x\na;1,5\nb;1.23,5\n", comma)["x"]?.type == .text)
    let error = failure("k;x\n" + String(repeating: "a;1,5\n", count: 20_000) + "b;1.5\n", comma)
    #expect(error?.reason == .badCell(row: 20_001, column: "x", text: "1.5", type: .float, others: 0))
  }

  @Test func theMarkBeforeAFractionIsNoDelimiter() throws {
    let comma = { (options: inout DelimitedOptions) in options.convention = NumberConvention(decimal: ",", group: nil) }
    #expect(try table("x\n1,5\n2,5\n", comma)["x"] == .float(Cells([1.5, 2.5], filler: 0)))
    let quoted = try table("a,b\n\"1,5\",x\n\"2,5\",y\n") {
      comma(&$0)
      $0.delimiter = ","
    }
    #expect(quoted["a"] == .float(Cells([1.5, 2.5], filler: 0)))
    #expect(failure("x\n1\n") { $0.convention = NumberConvention(decimal: ",", group: ",") } != nil)
  }

  /// Counted over the whole file, whichever way a cell is written and whether or not its row stands.
  @Test func timesWithoutAnOffsetBesideOthersAreTold() throws {
    let note = { (count: String) in "column 't': \(count) times have no offset and are taken as UTC" }
    let mixed = "k,t\na,2026-01-31T10:00:00\nb,2026-01-31T10:00:00+01:00\nc,2026-01-31T10:00:00Z\nd,\n"
    #expect(try rows(mixed).notes == [note("1 of 3")])
    let tail = String(repeating: "e,2026-01-31T10:00:00\nf,2026-01-31 10:00:00.5Z\ng,2026-01-31 10:00\n", count: 20_000)
    #expect(try rows(mixed + tail).notes == [note("40001 of 60003")])
    let refused = try rows(mixed + "x,2026-01-31T10:00:00Z,1\ny,no,\n") { $0.onConflict = .reject }
    #expect(refused.notes.contains(note("1 of 3")))
    for uniform in ["a,2026-01-31T10:00:00\nb,2026-01-31\n", "a,2026-01-31T10:00:00Z\nb,2026-01-31T10:00:00+01\n"] {
      #expect(try rows("k,t\n" + uniform).notes == [])
    }
  }

  @Test(arguments: [
    ("1\n-99\n3", "-99", ColumnType.int), ("1.5\n-99\n3", "-99", .float), ("1.5\n-9.25\n3", "-9.25", .float),
    ("2026-01-31\n1900-01-01\n2026-02-01", "1900-01-01", .date),
    ("2026-01-31T10:00:00Z\n1900-01-01\n2026-02-01", "1900-01-01", .datetime), ("true\nfalse\ntrue", "false", .bool),
    ("x\nNA\nz", "NA", .text), ("1\n 9 \n3", "9", .int),
  ])
  func aWordForMissingIsMissingInAColumnOfAnyType(cells: String, word: String, type: ColumnType) throws {
    for rows in [cells, cells + "\n" + String(repeating: cells + "\n", count: 2000)] {
      let column = try #require(
        try table("k;a\n" + rows.split(separator: "\n").map { "r;\($0)\n" }.joined()) {
          $0.missing = ["", word]
          $0.delimiter = ";"
        }["a"])
      #expect(column.type == type)
      #expect(column.missingCount == column.count / 3)
      #expect(!column.isValid(1) && column.isValid(0) && column.isValid(2))
    }
  }

  @Test func aQuotedWordIsAValue() throws {
    let change = { (options: inout DelimitedOptions) in options.missing = ["", "NA", "-99"] }
    #expect(try table("k,a\nx,\"NA\"\ny,NA\n", change).words("a") == ["NA", ""])
    #expect(try table("k,a\nx,1\ny,\"-99\"\nz,-99\n", change)["a"] == .int(Cells([1, -99, nil], filler: 0)))
    for (filler, type) in [("1", ColumnType.int), ("1.5", .float), ("2026-01-31", .date), ("true", .bool)] {
      // In the sample it makes the column text, below it is a row error.
      #expect(try table("k,a\nx,\(filler)\ny,\"NA\"\n", change)["a"]?.type == .text)
      let error = failure("k,a\n" + String(repeating: "x,\(filler)\n", count: 20_000) + "y,\"NA\"\n", change)
      #expect(error?.reason == .badCell(row: 20_001, column: "a", text: "NA", type: type, others: 0))
      #expect(error?.line == 20_002)
    }
  }

  @Test func aTextThatIsAWordForMissingIsReadBackAsText() throws {
    let words = ["NA", "null", "-", "?", ".", "N/A", "x", "nan", "None", ""]
    let table = Table([
      ("plain", .text(TextCells(words))),
      ("coded", .text(TextCells(.dictionary(codes: (0..<Int32(words.count)).map { $0 }, words: words)))),
    ])
    let text = DelimitedWriter.bytes(table)
    #expect(String(decoding: text, as: UTF8.self).contains("\"NA\",\"NA\""))
    let back = try rows(text) { $0.missing = [""] + MissingWords.common.sorted() }.table
    #expect(back == table)
  }

  @Test(arguments: [
    ("1.5\ninf\n2", 1), ("1.5\n7.5e400\n-Infinity", 2), ("7e400\n1.5", 1), ("1\ninf", 1), ("-1e999\n0.5\nINF", 2),
  ])
  func infiniteNumbersAreMissingAndCounted(cells: String, count: Int) throws {
    for tail in ["", String(repeating: "1.5\n", count: 20_000) + "inf\n"] {
      let read = try rows("k,x\n" + (cells + "\n" + tail).split(separator: "\n").map { "r,\($0)\n" }.joined())
      let column = try #require(read.table["x"])
      guard case .float(let numbers) = column else {
        Issue.record("\(column.type)")
        return
      }
      let areFinite = numbers.values.allSatisfy { $0.isFinite }
      #expect(areFinite)
      let wanted = count + (tail.isEmpty ? 0 : 1)
      #expect(column.missingCount == wanted)
      let words = wanted == 1 ? "1 infinite number is" : "\(wanted) infinite numbers are"
      #expect(read.notes == ["column 'x': \(words) missing"])
    }
  }

  @Test func infiniteNumbersOfStatedTypesHaveTheSameAnswer() throws {
    let read = try rows("x\n1\ninf\n") { $0.types = ["x": .float] }
    #expect(read.table["x"] == .float(Cells([1, nil], filler: 0)))
    #expect(read.notes.count == 1)
    #expect(failure("x\n1\ninf\n") { $0.types = ["x": .int] }?.line == 3)
    let late = "k,x\n" + String(repeating: "a,\n", count: 30_000) + "a,inf\na,0.5\n"
    #expect(try rows(late).notes == ["column 'x': 1 infinite number is missing"])
    #expect(RetypedColumn(.text(TextCells(["inf", "1"])), as: .float).misfits.count == 1)
  }

  @Test func codesOfDigitsAndAnEAreText() throws {
    let read = try rows("id,v\n12e45,1\n34e90,2\n")
    #expect(read.table["id"]?.type == .text)
    #expect(read.table.words("id") == ["12e45", "34e90"])
    #expect(read.notes.contains { $0.contains("'id'") && $0.contains("12e45") })
    #expect(try table("id,v\n12e45,1\n34590,2\n")["id"]?.type == .text)
    #expect(try table("id,v\n12e4,1\n0.5,2\n")["id"]?.type == .float)
    #expect(try table("id,v\n1e-5,1\n2e-05,2\n")["id"]?.type == .float)
    #expect(try table("id,v\n12e4,1\n") { $0.types = ["id": .float] }.words("id") == ["120000.0"])
    let late = "id\n" + String(repeating: "12345\n", count: 20_000) + "12e45\n"
    #expect(failure(late)?.reason == .badCell(row: 20_001, column: "id", text: "12e45", type: .int, others: 0))
  }

  @Test func wholeNumbersThatAFloatDoesNotHoldStayWhole() throws {
    let ids = ["9007199254740993", "9007199254740992"]
    let mixed = try rows("id\n\(ids[0])\n\(ids[1])\n0.5\n")
    #expect(mixed.table.words("id") == ids + ["0.5"])
    #expect(mixed.table["id"]?.type == .text)
    #expect(mixed.notes.count == 1 && mixed.notes[0].contains(ids[0]))
    #expect(try table("id\n\(ids[1])\n0.5\n")["id"] == .float(Cells([9007199254740992, 0.5])))
    #expect(try table("id\n12345678901234567000\n0.5\n")["id"]?.type == .float)
    #expect(try table("id\n\(ids[0])\n0.5\n") { $0.types = ["id": .float] }["id"]?.type == .float)
  }

  private static let filler = String(repeating: "a,1\n", count: 20_000)

  @Test(arguments: [
    // The fraction comes after a whole number that would lose digits, and the other way round.
    ("a,9007199254740993\na,0.5\n", 20_002, "0.5", ColumnType.int),
    ("a,0.5\na,9007199254740993\n", 20_002, "9007199254740993", .float),
    ("a,9007199254740993\n\(LosslessReadingTests.filler)a,0.5\n", 40_002, "0.5", .int),
    ("a,0.5\n\(LosslessReadingTests.filler)a,-9007199254740993\n", 40_002, "-9007199254740993", .float),
  ])
  func furtherDownTheOneThatComesLaterIsARowError(rest: String, row: Int, cell: String, type: ColumnType) throws {
    let text = "k,v\n" + Self.filler + rest
    for blockSize in [nil, 700, 5000, 200_000] as [Int?] {
      let error = try #require(failure(text) { $0.blockSize = blockSize })
      #expect(error.reason == .badCell(row: row, column: "v", text: cell, type: type, others: 0))
      #expect(error.line == row + 1)
      let kept = try table(text) {
        $0.blockSize = blockSize
        $0.onConflict = .reject
      }
      #expect(kept.rowCount == row - 1)
      #expect(kept["v"]?.type == type)
    }
  }

  @Test func aWholeNumberInAColumnOfFractionsLosesNoDigits() throws {
    let text = "k,v\n" + String(repeating: "a,0.5\n", count: 20_000)
    #expect(try table(text + "a,9007199254740992\n").words("v").last == "9007199254740992.0")
    let error = try #require(failure(text + "a,9007199254740993\n"))
    #expect(error.reason == .badCell(row: 20_001, column: "v", text: "9007199254740993", type: .float, others: 0))
  }
}
