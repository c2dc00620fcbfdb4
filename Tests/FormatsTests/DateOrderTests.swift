import Descriptions
import Glibc
import Kernels
import Notation
import Tables
import Testing

@testable import Formats

/// Dates of numbers are dates only where their order is certain.
struct DateOrderTests {
  @Test func aDayBeyondTwelveSettlesTheOrder() throws {
    let read = try rows("k,when\na,03/04/2026\nb,25/12/2025\nc,\n")
    #expect(read.table.types == [.text, .date])
    #expect(read.table.words("when") == ["2026-04-03", "2025-12-25", ""])
    #expect(read.notes.count == 1 && read.notes[0].contains("day first, as '25/12/2025' shows; `dates: dmy`"))
    let american = try rows("k,when\na,03/04/2026\nb,12/25/2025 3:04 PM\n")
    #expect(american.table.types == [.text, .datetime])
    #expect(american.table.words("when") == ["2026-03-04T00:00:00Z", "2025-12-25T15:04:00Z"])
  }

  @Test func whatIsAmbiguousIsTextAndTold() throws {
    let read = try rows("k,when\na,03/04/2026\nb,05/06/2025\n")
    #expect(read.table.types == [.text, .text])
    #expect(read.notes.count == 1 && read.notes[0].contains("`dates: dmy` or `dates: mdy`"))
    #expect(try table("k,when\na,03/04/2026\n") { $0.dates = .dmy }.words("when") == ["2026-04-03"])
    #expect(try rows("k,when\na,03/04/2026\n") { $0.dates = .mdy }.notes.isEmpty)
    #expect(try rows("k,when\na,03/04/2026\n") { $0.types = ["when": .text] }.notes.isEmpty)
  }

  @Test func anotherColumnOfTheFileSettlesIt() throws {
    let read = try rows("a,b\n03/04/2026,25/12/2025\n05/06/2026,26/12/2025\n")
    #expect(read.table.types == [.date, .date])
    #expect(read.table.words("a") == ["2026-04-03", "2026-06-05"])
    #expect(read.notes.count == 2)
    // Two columns that contradict one another say nothing of a third.
    let torn = try rows("a,b,c\n25/12/2025,12/25/2025,03/04/2026\n")
    #expect(torn.table.types == [.date, .date, .text])
  }

  @Test func shortYearsAreReadOnlyWhenTold() throws {
    let read = try rows("k,when\na,25/12/23\n")
    #expect(read.table.types == [.text, .text])
    #expect(read.notes.count == 1 && read.notes[0].contains("two digits"))
    #expect(try table("k,when\na,25/12/23\n") { $0.dates = .dmy }.words("when") == ["2023-12-25"])
    #expect(try table("k,when\na,25/12/23\n") { $0.dates = .ymd }.words("when") == ["2025-12-23"])
  }

  @Test(arguments: [
    ["1.13.20"], ["31/12/2025", "soon"], ["31/12/2025", "32/12/2025"], ["31/12/2025", "12/31/2025"],
    ["31/12/2025", "5"], ["10.0.0.1"],
  ])
  func whatIsNoDateStaysText(cells: [String]) throws {
    let read = try rows("k,v\n" + cells.map { "a,\($0)\n" }.joined())
    #expect(read.table.types == [.text, .text])
  }

  @Test func isoDatesMayStandBesideThem() throws {
    #expect(try table("k,v\na,2026-01-31\nb,25/12/2025\n").words("v") == ["2026-01-31", "2025-12-25"])
    #expect(try table("k,v\na,2026.1.5\n").types == [.text, .date])
  }

  @Test func aLaterCellThatDoesNotFitIsARowError() throws {
    let text = "k,when\n" + String(repeating: "a,25/12/2025\n", count: 20_000) + "b,12/25/2025\n"
    let error = try #require(failure(text))
    #expect(error.line == 20_002)
    #expect(error.remedy == .dates(["mdy"]))
    #expect(try rows(text) { $0.onConflict = .reject }.table.rowCount == 20_000)
  }

  @Test func aStatedTypeNeedsACertainOrder() throws {
    #expect(try table("k,d\na,25/12/2025\n") { $0.types = ["d": .date] }.words("d") == ["2025-12-25"])
    let error = try #require(failure("k,d\na,03/04/2026\n") { $0.types = ["d": .date] })
    #expect(error.remedy == .dates(["dmy", "mdy"]))
    #expect(
      try table("k,d\na,03/04/2026\n") {
        $0.types = ["d": .date]; $0.dates = .dmy
      }.words("d") == ["2026-04-03"])
  }

  @Test func anOpenColumnIsReadInTheStatedOrder() throws {
    let text = "k,v\n" + String(repeating: "a,\n", count: 30_000) + "a,3/4/2026\n"
    let column = try #require(try table(text) { $0.dates = .dmy }["v"])
    #expect(column.type == .date)
    #expect(column[30_000].description == "2026-04-03")
    #expect(try table(text)["v"]?.type == .text)
  }

  @Test func filesOfAGlobAgreeOnTheOrder() throws {
    let folder = "/tmp/mlp-orders-\(getpid())"
    mkdir(folder, 0o700)
    defer {
      for name in ["a", "b", "c"] { unlink("\(folder)/\(name).csv") }
      rmdir(folder)
    }
    func read(_ texts: [String]) throws -> SourceRows {
      let paths = zip(["a", "b", "c"], texts).map { "\(folder)/\($0.0).csv" }
      for (path, text) in zip(paths, texts) { try DurableFile.write(Array("k,d\nx,\(text)\n".utf8), to: path) }
      let parts = paths.map { DelimitedSource(path: $0) as any TableSource }
      return try ConcatenatedSource(parts, paths: paths, union: false).read(ScanRequest(), Progress())
    }
    #expect(try read(["03/04/2026", "25/12/2025"]).table.words("d") == ["2026-04-03", "2025-12-25"])
    #expect(try read(["25/12/2025", "12/25/2025"]).table.types == [.text, .text])
    #expect(try read(["03/04/2026", "04/05/2026"]).table.types == [.text, .text])
    #expect(try read(["2026-04-03", "25/12/2025"]).table.types == [.text, .date])
  }

  @Test func aHeaderIsToldFromDates() throws {
    #expect(try table("25/12/2025\n26/12/2025\n").names == ["column_1"])
    #expect(try table("when\n26/12/2025\n").names == ["when"])
  }

  @Test(arguments: [
    (["1.234,5"], "`decimal: \",\", group: \".\"`"), (["1,234.5"], "`group: \",\"`"), (["1 234"], "`group: \" \"`"),
    (["1,5", "2"], "`decimal: \",\"`"), (["1,234"], "`group: \",\"` or `decimal: \",\"`"),
    (["1'234"], "`group: \"'\"`"),
  ])
  func marksInNumbersAreTold(cells: [String], option: String) throws {
    let read = try rows("k;v\n" + cells.map { "a;\($0)\n" }.joined())
    #expect(read.table.types == [.text, .text])
    #expect(read.notes.count == 1 && read.notes[0].contains(option + " would read it as numbers"))
  }

  @Test(arguments: [["1,2,3"], ["x,5"], ["1,5", "1.5"], ["007"], ["+47 123"], ["12,3,4"]])
  func whatNoConventionReadsIsNotTold(cells: [String]) throws {
    #expect(try rows("k;v\n" + cells.map { "a;\($0)\n" }.joined()).notes.isEmpty)
  }
}
