import Kernels
import Tables
import Testing

@testable import Formats

/// RFC 4180 and what files do beside it.
struct DelimitedGrammarTests {
  @Test func quotedFieldsHoldDelimitersQuotesAndLineBreaks() throws {
    let table = try table("a,b\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n")
    #expect(table.words("a") == ["x, y", "two\nlines"])
    #expect(table.words("b") == ["say \"hi\"", ""])
    #expect(table["b"]?.isValid(1) == true)
  }

  @Test(arguments: [
    "a,b\n1,x\n2,y\n", "a,b\r\n1,x\r\n2,y\r\n", "a,b\r1,x\r2,y\r", "a,b\n1,x\n2,y", "a,b\n\n1,x\n\n\n2,y\n\n",
  ])
  func lineBreaksOfAnyKindAndBlankLinesGiveTheSameTable(text: String) throws {
    let table = try table(text)
    #expect(table.words("a") == ["1", "2"])
    #expect(table.words("b") == ["x", "y"])
  }

  @Test func aByteOrderMarkIsNoPartOfTheFirstName() throws {
    #expect(try table("\u{FEFF}a,b\n1,2\n").names == ["a", "b"])
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func theDelimiterIsFound(mark: String) throws {
    let table = try table("a,b,c\n1,x y,2\n3,z,4\n".replacing(",", with: mark))
    #expect(table.names == ["a", "b", "c"])
    #expect(table.types == [.int, .text, .int])
  }

  @Test func aTrailingDelimiterAtTheEndIsAnEmptyField() throws {
    let table = try table("a,b\n1,")
    #expect(table.words("a") == ["1"])
    #expect(table["b"]?.isValid(0) == false)
  }

  @Test func quotesInsideAnUnquotedFieldAreOrdinary() throws {
    #expect(try table("a\tb\n5\" pipe\t1\n6\" pipe\t2\n").words("a") == ["5\" pipe", "6\" pipe"])
  }

  @Test func blankLinesOfASingleColumnAreMissingCells() throws {
    let table = try table("a\nx\n\ny\n")
    #expect(table.words("a") == ["x", "", "y"])
    #expect(table["a"]?.missingCount == 1)
  }

  @Test func namesThatAreEmptyOrThereAlreadyGetNumbersAndNotes() throws {
    let rows = try rows("x,x,,x_2,x\n1,2,3,4,5\n")
    #expect(rows.table.names == ["x", "x_3", "column_3", "x_2", "x_4"])
    #expect(rows.notes.count == 3)
  }

  @Test func aFirstRowOfDataIsNoHeader() throws {
    let rows = try rows("1,a\n2,b\n")
    #expect(rows.table.names == ["column_1", "column_2"])
    #expect(rows.table.rowCount == 2)
    #expect(try table("1,a\n2,b\n") { $0.header = .present }.names == ["1", "a"])
    #expect(try table("a,b\nc,d\n") { $0.header = .absent }.rowCount == 2)
    #expect(try table("a,b\nc,d\n").names == ["a", "b"])
  }

  @Test func rowsAndColumnsCanBeLimited() throws {
    let text = "a,b,c\n1,x,2\n3,y,4\n5,z,6\n"
    let limited = try table(text) {
      $0.rows = 2
      $0.columns = ["c", "a"]
    }
    #expect(limited.names == ["c", "a"])
    #expect(limited.words("c") == ["2", "4"])
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv")
    #expect(try source.read(columns: ["b"], Progress()).table.names == ["b"])
  }

  @Test func anEmptyFileIsAnEmptyTable() throws {
    for text in ["", "\n", "\n\n\r\n"] {
      #expect(try table(text).names.isEmpty)
    }
    #expect(try table("a,b\n").rowCount == 0)
    #expect(try table("a,b").names == ["a", "b"])
  }
}
