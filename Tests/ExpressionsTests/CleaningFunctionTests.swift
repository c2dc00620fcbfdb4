import Kernels
import Tables
import Testing

@testable import Expressions

@Suite struct CleaningFunctionTests {
  @Test(
    arguments: [
      ("  a  b ", "a b"), ("a\u{A0}\u{2003}b", "a b"), ("\u{FEFF}x\u{200B}y", "xy"), ("a\n\tb", "a b"), ("", ""),
      (" \u{200B} ", ""), ("é \u{3000} ü", "é ü"), ("plain", "plain"),
    ])
  func blanksAreSquished(text: String, expected: String) throws {
    #expect(try value(.call(.squish, [.text(text)])) == .text(expected))
  }

  @Test(
    arguments: [
      ["New  York", "new york", "NEW-YORK", "New York."], ["São Paulo", "SAO PAULO", "Sa\u{303}o-Paulo"],
      ["Straße", "STRASSE"], ["Łódź", "lodz"], ["Œuvre", "oeuvre"], ["мой", "мои\u{306}"], ["Ёлка", "елка"],
      ["Σίσυφος", "ΣΊΣΥΦΟΣ"], ["ＡＢＣ１", "abc1"], ["İstanbul", "istanbul"], ["Hawaiʻi", "hawai'i"],
      ["10–12", "10-12"], ["AT&T", "ATT"],
    ])
  func spellingsOfOneNameFoldAlike(spellings: [String]) throws {
    let folded = try Set(spellings.map { try value(.call(.fold, [.text($0)])) })
    #expect(folded.count == 1, "\(folded)")
  }

  @Test(
    arguments: [
      ["C++", "C", "C#"], ["1.5", "15", "1,5"], ["-5", "5"], ["10-12", "1012"], ["50%", "50", "$50"], ["мой", "мои"],
      ["की", "कु"], ["日本", "日木"], ["2024-01-31", "20240131"],
    ])
  func differentNamesFoldDifferently(names: [String]) throws {
    let folded = try Set(names.map { try value(.call(.fold, [.text($0)])) })
    #expect(folded.count == names.count, "\(folded)")
  }

  @Test func foldingIsDoneOnce() throws {
    var random = CounterRandom(seed: 3, stream: 0xF0)
    let letters = Array(" aZéßŁ\u{301}\u{306}й.-5%漢ﬁİΣς\u{200B}").map(String.init)
    for _ in 0..<2000 {
      let text = (0..<random.next(below: 10)).map { _ in letters[random.next(below: letters.count)] }.joined()
      let once = try value(.call(.fold, [.text(text)]))
      #expect(try value(.call(.fold, [.literal(once)])) == once, "\(text.debugDescription)")
      let clean = try value(.call(.squish, [.text(text)]))
      #expect(try value(.call(.squish, [.literal(clean)])) == clean)
      #expect(try value(.call(.fold, [.literal(clean)])) == once, "\(text.debugDescription)")
    }
  }

  @Test func amountsTakeTheirMarkAsALiteral() throws {
    #expect(try value(.call(.amount, [.text("1,234")])) == .missing)
    #expect(try value(.call(.amount, [.text("1,234"), .text(".")])) == .float(1234))
    #expect(throws: ExpressionError.badConvention(decimal: ";", group: "")) {
      try CompiledExpression(.call(.amount, [.column("x", .text), .text(";")]))
    }
    #expect(throws: ExpressionError.notLiteral(.amount, argument: 1)) {
      try CompiledExpression(.call(.amount, [.column("x", .text), .column("mark", .text)]))
    }
    let result = try over([.text("€ 5"), .text("none"), .missing], .text) { .call(.amount, [$0]) }
    #expect(result.0 == [.float(5), .missing, .missing] && result.notANumber == 1)
  }
}
