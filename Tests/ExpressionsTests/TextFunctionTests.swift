import Kernels
import Tables
import Testing

@testable import Expressions

@Suite struct TextFunctionTests {
  @Test func placesCountCharactersAndNotBytes() throws {
    let word = Expression.text("blåbær")
    #expect(try value(.call(.length, [word])) == .int(6))
    #expect(try value(.call(.substring, [word, .int(3), .int(2)])) == .text("åb"))
    #expect(try value(.call(.substring, [word, .int(-2)])) == .text("ær"))
    #expect(try value(.call(.substring, [word, .int(.min), .int(.max)])) == .text("blåbær"))
    #expect(try value(.call(.substring, [word, .int(.max), .int(.max)])) == .text(""))
    #expect(try value(.call(.right, [word, .int(3)])) == .text("bær"))
    #expect(try value(.call(.left, [word, .int(-1)])) == .text(""))
    #expect(try value(.call(.reverse, [word])) == .text("ræbålb"))
    #expect(try value(.call(.indexOf, [word, .text("bær")])) == .int(4))
    #expect(try value(.call(.padLeft, [word, .int(8), .text("ø")])) == .text("øøblåbær"))
    #expect(try value(.call(.splitPart, [.text("a//b//"), .text("//"), .int(-1)])) == .text(""))
    #expect(try value(.call(.splitPart, [.text("a//b"), .text("//"), .int(.min)])) == .text(""))
    #expect(try value(.call(.trim, [.text("\u{3000}\u{A0} x \u{2009}")])) == .text("x"))
  }

  @Test func textsThatWouldFillTheMemoryHaveNoValue() throws {
    #expect(try value(.call(.repeat, [.text("ab"), .int(.max)])) == .missing)
    #expect(try value(.call(.padLeft, [.text("a"), .int(.max)])) == .missing)
    var doubled = Expression.column("x", .text)
    for _ in 0..<4 { doubled = .call(.add, [doubled, doubled]) }
    let result = try over([.text(String(repeating: "w", count: 1 << 20))], .text) { _ in doubled }
    #expect(result.0 == [.missing] && result.notANumber == 1)
  }

  @Test func textIsOrderedByCodePoint() throws {
    #expect(try value(.call(.less, [.text("Z"), .text("a")])) == .bool(true))
    #expect(try value(.call(.less, [.text("\u{FF5E}"), .text("\u{1F600}")])) == .bool(true))
    #expect(try value(.call(.equal, [.text("é"), .text("e\u{301}")])) == .bool(false))
    #expect(try value(.call(.in, [.text("é"), .text("e\u{301}")])) == .bool(false))
  }

  @Test func aPatternThatBacktracksWithoutEndIsGivenUpAndCounted() throws {
    let hostile = String(repeating: "a", count: 40) + "!"
    let result = try over([.text(hostile), .text("aaa"), .missing], .text) {
      .call(.matches, [$0, .text("^(a|aa|a?)+$(?<=b)|^(a+)+$")])
    }
    #expect(result.0 == [.missing, .bool(true), .missing] && result.notANumber == 1)
  }

  @Test func aBadPatternTellsWhereAndWhy() throws {
    do throws(ExpressionError) {
      try Expression.call(.matches, [.column("x", .text), .text("a(b")]).check()
      Issue.record("the pattern was taken")
    } catch {
      guard case .badPattern("a(b", let offset, let message) = error else {
        Issue.record("another error: \(error)")
        return
      }
      #expect(offset == 3 && message.contains("parenthesis"))
    }
    #expect(throws: ExpressionError.notLiteral(.matches, argument: 1)) {
      try Expression.call(.matches, [.column("x", .text), .column("y", .text)]).check()
    }
    #expect(throws: ExpressionError.noSuchGroup("(a)", 2)) {
      try Expression.call(.regexExtract, [.column("x", .text), .text("(a)"), .int(2)]).check()
    }
  }

  @Test func emptyMatchesAreReplacedOnceEach() throws {
    let replace = { (text: String, pattern: String, to: String) in
      Expression.call(.regexReplace, [.text(text), .text(pattern), .text(to)])
    }
    #expect(try value(replace("åb", "x*", "-")) == .text("-å-b-"))
    #expect(try value(replace("a1b22", "[0-9]+", "<$0$$>")) == .text("a<1$>b<22$>"))
    #expect(try value(replace("ab", "(a)|(b)", "[$1$2$9]")) == .text("[a][b]"))
    // The pattern matched before had a third group; this one has none to leave in its place.
    let both = Expression.call(.concat, [replace("abc", "(.)(.)(.)", "$3"), replace("xyz", "(x)", "[$3]")])
    #expect(try value(both) == .text("c[]yz"))
  }

  @Test func aDictionaryGivesWhatPlainTextGives() throws {
    let words = ["NO", "SE", "12", "x"]
    var random = CounterRandom(seed: 4)
    let codes = (0..<500).map { _ in Int32(random.next(below: 5)) - 1 }
    let validity = Bitmap(codes.map { $0 >= 0 })
    let dictionary = Column.text(TextCells(.dictionary(codes: codes, words: words), validity: validity))
    let plain = Column.text(TextCells(codes.map { $0 < 0 ? nil : words[Int($0)] }))
    let x = Expression.column("x", .text)
    let lower = Expression.call(.lower, [x])
    for expression in [
      lower, .call(.int, [x]), .call(.coalesce, [lower, .text("none")]), .call(.equal, [x, .text("SE")]),
      .call(.and, [.call(.equal, [x, .text("12")]), .call(.greater, [.column("n", .int), .int(3)])]),
      .call(.coalesce, [.call(.int, [x]), .column("n", .int)]),
      .call(.add, [.call(.int, [x]), .column("n", .int)]),
    ] {
      let compiled = try CompiledExpression(expression)
      let n = Column.from((0..<500).map { .int(Int64($0 % 7)) }, type: .int)
      let inputs = { (text: Column) in compiled.inputs.map { $0.name == "x" ? text : n } }
      let fast = try compiled.evaluate(inputs(dictionary), rowCount: 500, Progress())
      let slow = try compiled.evaluate(inputs(plain), rowCount: 500, Progress())
      #expect(fast.column == slow.column && fast.counts == slow.counts, "\(expression.display)")
    }
  }
}
