import Kernels
import Tables
import Testing

@testable import Formats

/// Quotes, escapes, comments and row ends of other dialects.
struct DialectTests {
  @Test func otherQuotes() throws {
    let table = try table("a;b\n'x; ''y''';1\n'two\nlines';2\n'say \"hi\"';3\n\"z;4\n") {
      $0.quote = .mark(UInt8(ascii: "'"))
    }
    #expect(table.words("a") == ["x; 'y'", "two\nlines", "say \"hi\"", "\"z"])
    #expect(table.words("b") == ["1", "2", "3", "4"])
  }

  @Test func noQuotes() throws {
    let table = try table("a,b\n\"x,1\n\"y\",2\nz\",3\n") { $0.quote = .none }
    #expect(table.words("a") == ["\"x", "\"y\"", "z\""])
    #expect(table.types == [.text, .int])
  }

  @Test func escapes() throws {
    let text = #"""
      a,b
      "say \"hi\"",1
      one\, two,2
      "a \\ b",3
      \N,4
      "both "" and \" ",5

      """#
    let table = try table(text) { $0.escape = "\\" }
    #expect(table.words("a") == ["say \"hi\"", "one, two", "a \\ b", "\\N", "both \" and \" "])
    let missing = try rows(text) {
      $0.escape = "\\"
      $0.missing = ["", "\\N"]
    }
    #expect(missing.table["a"]?.isValid(3) == false)
  }

  @Test func anEscapedLineBreakIsNoRowEnd() throws {
    let table = try table("a,b\none\\\ntwo,1\n") { $0.escape = "\\" }
    #expect(table.words("a") == ["one\ntwo"])
    let both = try rows("a,b\r\none\\\r\\\ntwo,1\r\n") { $0.escape = "\\" }
    #expect(both.table.words("a") == ["one\r\ntwo"])
    #expect(both.notes.isEmpty)
  }

  @Test func comments() throws {
    let text = "# made by hand\na,b\n#x,y\n1,\"two\n# lines\"\n#\n3,four # no comment\n# end"
    let table = try table(text) { $0.comment = "#" }
    #expect(table.words("a") == ["1", "3"])
    #expect(table.words("b") == ["two\n# lines", "four # no comment"])
  }

  @Test func aCommentMayBeginWithSeveralCharacters() throws {
    let table = try table("--one\na\n- 1\n-- two\n-3\n---\n") { $0.comment = "--" }
    #expect(table.words("a") == ["- 1", "-3"])
  }

  @Test func blankLinesBesideCommentsAreNoRowsOfASingleColumn() throws {
    let table = try table("a\nx\n# one\n\ny\n") { $0.comment = "#" }
    #expect(table.words("a") == ["x", "y"])
  }

  @Test func commentsKeepLineNumbers() throws {
    let error = try #require(
      failure("a,b\n#\n#\n1,2\n#\n3,x\n4,5,6\n") {
        $0.comment = "#"
        $0.types = ["b": .int]
      })
    #expect(error.line == 6)
  }

  @Test(arguments: ["a,b\n1,x\r2,y\n3,z\r\n", "a,b\r1,x\n2,y\r3,z", "a,b\r\r\n1,x\r\r\n2,y\r\r\n3,z\r\r\n"])
  func rowEndsOfSeveralKindsAreFound(text: String) throws {
    let rows = try rows(text)
    #expect(rows.table.words("a") == ["1", "2", "3"])
    #expect(rows.table.words("b") == ["x", "y", "z"])
    #expect(rows.notes == ["rows end in returns as well as line feeds; `line_end: lf` takes the returns as text"])
    #expect(try table(text) { $0.lineEnd = .any } == rows.table)
  }

  @Test func returnsInQuotesAreNoRowEnds() throws {
    let rows = try rows("a,b\n\"x\ry\",1\n\"\r\",2\n")
    #expect(rows.table.words("a") == ["x\ry", "\r"])
    #expect(rows.notes.isEmpty)
    let any = try table("a,b\r\"x\ry\r\nz\",1\n") { $0.lineEnd = .any }
    #expect(any.words("a") == ["x\ry\r\nz"])
  }

  @Test func aReturnInAFieldStaysWhereRowsHoldTogetherByLineFeeds() throws {
    let rows = try rows("a,b,c\n1,x\ry,2\n3,z,4\n")
    #expect(rows.table.words("b") == ["x\ry", "z"])
    #expect(rows.notes.isEmpty)
  }

  @Test func statedRowEnds() throws {
    #expect(try table("a,b\nc\r1,2\r") { $0.lineEnd = .cr }.names == ["a", "b\nc"])
    #expect(try table("a,b\n1,x\ry\n2,z\r\n") { $0.lineEnd = .lf }.words("b") == ["x\ry", "z"])
    #expect(try table("a\r1\r2") { $0.lineEnd = .cr }.words("a") == ["1", "2"])
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func theDelimiterIsFoundBesideOtherQuotes(mark: String) throws {
    let text = "# x,y;z|w\na\(mark)b\(mark)c\n'x,;|\t'\(mark)1\(mark)2\n'y'\(mark)3\(mark)4\n"
    let table = try table(text) {
      $0.quote = .mark(UInt8(ascii: "'"))
      $0.comment = "#"
    }
    #expect(table.names == ["a", "b", "c"])
    #expect(table.words("a") == ["x,;|\t", "y"])
  }

  @Test func aStatedFirstLineOfExcelIsTakenAtItsWord() throws {
    let rows = try rows("sep=;\na;b,c\n1;2,5\n")
    #expect(rows.table.names == ["a", "b,c"])
    #expect(rows.notes.count == 2)
    #expect(try table("sep=;\na;b\n1;2\n") { $0.skip = 0 }.names.first == "sep=")
  }

  @Test func marksThatCannotBeToldApartAreRefused() {
    let changes: [(inout DelimitedOptions) -> Void] = [
      {
        $0.delimiter = "'"
        $0.quote = .mark(0x27)
      },
      {
        $0.delimiter = "\\"
        $0.escape = "\\"
      }, { $0.comment = "\"x" }, { $0.comment = "a\nb" }, { $0.escape = "é" }, { $0.delimiter = "é" },
    ]
    for change in changes {
      guard case .badFormat = failure("a,b\n1,2\n", change)?.reason else {
        Issue.record("taken")
        continue
      }
    }
  }

  @Test func delimitersOfTwoCharactersAreRefused() {
    guard case .badFormat(let words) = failure("a||b||c\n1||2||3\n4||5||6\n")?.reason else {
      Issue.record("taken")
      return
    }
    #expect(words.contains("`||`"))
    #expect(failure("a||b||c\n1||2||3\n") { $0.delimiter = "|" } == nil)
    #expect(failure("a,,b\n1,,2\n") == nil)
  }

  @Test func aQuoteBehindABackslashTellsTheOption() throws {
    let error = try #require(failure("a,b\n\"say \\\"hi\\\"\",1\n"))
    #expect(error.remedy == .escape("\\"))
  }

  @Test func aFieldBeyondTheLimitIsRefused() {
    let text = Array("a,b\n1,".utf8) + [UInt8](repeating: 0x78, count: 2_000_000) + Array("\n".utf8)
    guard
      case .tooLarge = failure(
        text,
        {
          $0.recordLimit = 1 << 20; $0.quote = .none
        })?.reason
    else {
      Issue.record("a long field was taken")
      return
    }
  }
}
