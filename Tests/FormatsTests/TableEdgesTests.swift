import Kernels
import Tables
import Testing

@testable import Formats

/// What stands above, under and behind a table: titles, units, totals, delimiters at the ends of lines.
struct TableEdgesTests {
  @Test(arguments: [
    ("Report 2026\n\nid,score\nx,1\ny,2\n", 2), ("Report\nby X\nid,score\nx,1\ny,2\n", 2),
    ("Report,,\n2026,,\nid,name,score\n1,x,2\n3,y,4\n", 2), ("# a, b, c\nid,score\nx,1\ny,2\n", 1),
    ("\"two\nlines\"\nid,score\nx,1\ny,2\n", 2),
  ])
  func titlesAreFound(text: String, lines: Int) throws {
    let read = try rows(text)
    #expect(read.table.names.first == "id")
    #expect(read.table.rowCount == 2)
    #expect(read.notes.count == 1)
    #expect(read.notes[0].contains("`skip: \(lines)`"))
    let told = try rows(text) { $0.skip = lines }
    #expect(told.table == read.table)
    #expect(told.notes.isEmpty)
    #expect(try failure(text) { $0.skip = 0 } != nil || table(text) { $0.skip = 0 } != read.table)
  }

  @Test(arguments: [
    // Two tables, a short header, a ragged row, only words: nothing of these is certain.
    "a,b,c\n1,2,3\nx,y\n1,2\n3,4\n", "a,b\nx,y,z\nu,v,w\n", "a,b\n1,2\n3\nx,y\n5,6\n7,8\n", "a\n1,2\n3,4\n",
    "title\nx,y\nu,v\n",
  ])
  func whatIsNotCertainIsAnError(text: String) { #expect(failure(text) != nil) }

  @Test func theErrorTellsHowManyLinesToPassOver() throws {
    #expect(failure("title\n\na,b\nu,v\nw,x\n")?.remedy == .skip(2))
    #expect(failure("a,b\n1,2\n3\n4,5\n")?.remedy == nil)
  }

  @Test func linesMayBePassedOver() throws {
    #expect(try table("x,y,z\n\na,b\n1,2\n") { $0.skip = 2 }.names == ["a", "b"])
    #expect(failure("a,b\n1,2\n") { $0.skip = 5 } != nil)
    #expect(try table("a,b\n") { $0.skip = 1 }.names.isEmpty)
    let long = String(repeating: "remark\n", count: 20_000) + "a,b\n1,2\n3,x\n"
    #expect(try table(long) { $0.skip = 20_000 }.words("a") == ["1", "3"])
    let error = try #require(
      failure(long) {
        $0.skip = 20_000; $0.types = ["b": .int]
      })
    #expect(error.line == 20_003)
  }

  @Test func linesAboveMayHoldAnythingWhereTheyAreTold() throws {
    let text = "say \"x\n'open\na,b\n'p,q',1\n"
    let table = try table(text) {
      $0.skip = 2
      $0.quote = .mark(0x27)
    }
    #expect(table.words("a") == ["p,q"])
  }

  @Test func unitsAreToldAndLeftOutWhenAsked() throws {
    let text = "name,length,mass\n,m,kg\nx,1.5,2\ny,2.5,3\nz,3.5,4\n"
    let read = try rows(text)
    #expect(read.table.types == [.text, .text, .text])
    #expect(read.notes.count == 1 && read.notes[0].contains("`units: true`") && read.notes[0].contains("'m', 'kg'"))
    let told = try rows(text) { $0.units = true }
    #expect(told.table.types == [.text, .float, .int])
    #expect(told.table.rowCount == 3)
    #expect(told.notes == ["units: length in m, mass in kg"])
    let error = try #require(
      failure("a\nm\n1\nx\n") {
        $0.units = true; $0.types = ["a": .int]
      })
    #expect(error.line == 4)
  }

  @Test(arguments: ["a,b\nx,1\ny,2\nz,3\n", "a,b\nNA,1\n2,3\n4,5\n", "a\nlow\nhigh\nlow\n", "a,b\nx,y\n1,2\n"])
  func aRowOfWordsIsNotAlwaysUnits(text: String) throws {
    #expect(try rows(text).notes.allSatisfy { !$0.contains("units") })
  }

  @Test func totalsAreToldAndLeftOutWhenAsked() throws {
    let fitting = "city,n\nx,1\ny,2\nTotal,3\n"
    #expect(try rows(fitting).notes == ["the last row begins as a total; `footer: 1` leaves it out"])
    #expect(try rows(fitting) { $0.footer = 1 }.table.words("city") == ["x", "y"])
    #expect(try rows(fitting) { $0.footer = 1 }.notes.isEmpty)
    #expect(try rows(fitting) { $0.rows = 2 }.notes.isEmpty)
    let misfit = "year,n\n" + String(repeating: "2026,1\n", count: 20_000) + "\"Grand total:\",20000\n"
    #expect(failure(misfit)?.remedy == .footer(1))
    #expect(try rows(misfit) { $0.footer = 1 }.table.rowCount == 20_000)
    #expect(failure("a,b\n1,2\n3,4\nSource: X\n(c) Y\n")?.remedy == .footer(2))
    #expect(failure("a,b\n1,2\nx\n3,4\n")?.remedy == nil)
    #expect(try rows("city,n\nTotal,3\nx,1\n").notes.isEmpty)
  }

  @Test(arguments: 0..<6)
  func lastLinesAreLeftOut(count: Int) throws {
    let text = "a,b\n1,x\n2,y\n3,z\n\n"
    for end in ["", "\n", "\r\n\r\n", "4,w"] {
      let whole = try table(text + end)
      let read = try table(text + end) { $0.footer = count }
      let kept = max(0, whole.rowCount - count)
      #expect(read.rowCount == kept)
      #expect(read.names == (count <= whole.rowCount ? ["a", "b"] : []))
    }
  }

  @Test func lastLinesOfLargeTexts() throws {
    let body = (0..<100_000).map { "\($0),x\($0 % 3)\n" }.joined()
    let expected = try table("a,b\n" + body)
    let text = Array(("a,b\n" + body + "Sum,1,2,3\nby,me\n").utf8)
    #expect(try rows(text) { $0.footer = 2 }.table == expected)
    #expect(
      try rows(GzipWriter.compress(text)) {
        $0.footer = 2; $0.blockSize = 3000
      }.table == expected)
  }

  @Test(arguments: ["a,b,\n1,2,\n3,4,\n", "a,b\n1,2,\n3,4,\n", "a,b,\n1,2\n3,4\n"])
  func delimitersAtTheEndsOfLinesMakeNoColumn(text: String) throws {
    let read = try rows(text)
    #expect(read.table.names == ["a", "b"])
    #expect(read.table.words("b") == ["2", "4"])
    #expect(read.notes.count == 1)
    let source = DelimitedSource(bytes: Array(text.utf8), name: "t.csv")
    #expect(try source.declaredSchema()?.schema.fields.map(\.name) == ["a", "b"])
  }

  @Test func whatStandsBehindTheLastDelimiterIsAnErrorUnlessAskedFor() throws {
    let text = "a,b,\n" + String(repeating: "1,2,\n", count: 20_000) + "3,4,x\n"
    let error = try #require(failure(text))
    #expect(error.line == 20_002)
    guard case .badRow(_, nil, "has 'x' behind the delimiter that ends each line", 0) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(try table(text) { $0.types = ["column_3": .text] }.names == ["a", "b", "column_3"])
    #expect(try rows(text) { $0.onConflict = .reject }.table.rowCount == 20_000)
    #expect(try table("a,b,\n1,2,3\n").names == ["a", "b", "column_3"])
    #expect(try table("1,2,\n3,4,\n").names == ["column_1", "column_2", "column_3"])
  }
}
