import Glibc
import Kernels
import Tables
import Testing

@testable import Formats

/// Rows that do not fit name their line and column, or are kept aside.
struct RowErrorTests {
  @Test(arguments: [
    ("a,b\n1,2\n3\n4,5\n", 3, "has 1 field, not 2"), ("a,b\n1,2\n\n3,4,5\n6,7\n", 4, "has 3 fields, not 2"),
    ("a,b\n\"x\ny\",1\nz\nw,2\n", 4, "has 1 field, not 2"),
    ("a,b\nx,1\n\"y\"z,2\n", 3, "has text after a closing quote"),
    ("a,b\nx,1\ny,\"open\nz,2\n", 3, "has a quote that is never closed"),
    ("a,b\n\"p\nq\",\"open", 3, "has a quote that is never closed"),
  ])
  func aRowThatDoesNotHoldTogether(text: String, line: Int, problem: String) throws {
    let error = try #require(failure(text))
    #expect(error.line == line)
    guard case .badRow(_, _, let words, _) = error.reason else {
      Issue.record("\(error)")
      return
    }
    #expect(words == problem)
  }

  @Test func bytesThatAreNotTextNameTheColumn() throws {
    for bad in [[0xFF], [0xC3], [0x00], [0xED, 0xA0, 0x80], [0xC0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]] {
      let error = try #require(failure(Array("a,name\n1,x\n2,".utf8) + bad + Array("y\n".utf8)))
      #expect(error.line == 3)
      guard case .badRow(row: 2, column: "name", _, others: 0) = error.reason else {
        Issue.record("\(error)")
        return
      }
    }
    #expect(failure([0xFF, 0xFE, 0x00, 0x00])?.reason != nil)
    #expect(failure(Array("a,".utf8) + [0xFF, 0x0A])?.line == 1)
  }

  @Test func rejectedRowsAreLeftOutAndKept() throws {
    let path = "/tmp/mlp-rejects-\(getpid()).csv"
    defer { unlink(path) }
    let text = "k,v\n" + String(repeating: "a,1\n", count: 20_000) + "b,\"for\"\"ty\"\n\"c\",2\nd\ne,1.5,\nf,3\n"
    let result = try rows(text) { $0.rejects = path }
    #expect(result.table.rowCount == 20_002)
    #expect(result.table["v"]?.type == .int)
    #expect(result.notes == ["3 rows rejected, kept in \(path)"])
    let kept = try DelimitedSource(path: path).read(columns: nil, Progress()).table
    #expect(kept.names == ["file", "line", "column", "reason", "row"])
    #expect(kept.words("line") == ["20002", "20004", "20005"])
    #expect(kept.words("column") == ["v", "", ""])
    #expect(kept.words("reason") == ["'for\"ty' is not int", "has 1 field, not 2", "has 3 fields, not 2"])
    #expect(kept.words("row") == ["b,\"for\"\"ty\"", "d", "e,1.5,"])
  }

  @Test func aRejectedRowDoesNotDecideTheType() throws {
    let text = "k,v,d\n" + String(repeating: "a,1,2026-01-31\n", count: 20_000) + "b,1.5,never\nc,2,2026-02-01\n"
    let table = try rows(text) { $0.onConflict = .reject }.table
    #expect(table["v"]?.type == .int)
    #expect(table.rowCount == 20_001)
  }

  @Test func aRowLimitComesBeforeLaterErrors() throws {
    let text = "k,v\n" + String(repeating: "a,1\n", count: 20_000) + "b,x\n"
    #expect(try rows(text) { $0.rows = 20_000 }.table.rowCount == 20_000)
    #expect(failure(text) { $0.rows = 20_001 } != nil)
    #expect(try rows(text) { $0.rows = 0 }.table.rowCount == 0)
  }

  @Test func errorsFarDownHaveTheRightLineWhateverTheBlocks() throws {
    var text = "k,v\n"
    var line = 1
    let filler = String(repeating: "x", count: 60)
    for row in 0..<400_000 {
      let isLong = row % 3 == 0
      text += isLong ? "\"two\nlines \(filler)\",\(row)\n" : "one \(filler),\(row)\n"
      line += isLong ? 2 : 1
    }
    text += "bad,x\n"
    let error = try #require(failure(text))
    #expect(error.line == line + 1)
    #expect(error.reason == .badCell(row: 400_001, column: "v", text: "x", type: .int, others: 0))
  }

  @Test func strayQuotesDoNotMoveRows() throws {
    let lines = (0..<300_000).map { $0 % 1000 == 7 ? "5\" pipe \($0)\t\($0)" : "row \($0)\t\($0)" }
    let table = try table("k\tv\n" + lines.joined(separator: "\n") + "\n")
    #expect(table.rowCount == 300_000)
    guard case .int(let cells) = table["v"] else {
      Issue.record("not int")
      return
    }
    #expect(cells.values == (0..<300_000).map { Int64($0) })
  }
}
