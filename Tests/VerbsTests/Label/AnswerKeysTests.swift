import Tables
import Testing

@testable import Verbs

/// What is typed under a question.
@Suite struct AnswerKeysTests {
  private static let plain = AnswerKeys([.text("good"), .text("bad"), .text("ugly one")])

  @Test(arguments: [
    ("1", AnswerKeys.Answer.label(.text("good"))), (" 2 ", .label(.text("bad"))),
    ("ugly one", .label(.text("ugly one"))),
    ("g", .label(.text("good"))), ("BA", .label(.text("bad"))), ("u", .undo), ("undo", .undo), ("s", .skip),
    ("q", .quit), ("Quit", .quit), ("", .unclear), ("4", .unclear), ("0", .unclear), ("-1", .unclear), ("x", .unclear),
    ("99999999999999999999", .unclear),
  ])
  func anAnswerIsAClassOrAWord(line: String, answer: AnswerKeys.Answer) {
    #expect(Self.plain.answer(line) == answer)
  }

  @Test func aClassGoesBeforeAWord() {
    let keys = AnswerKeys([.text("s"), .text("t")])
    #expect(keys.answer("s") == .label(.text("s")))
    #expect(keys.answer("skip") == .skip)
  }

  @Test func numbersAreTypedAsTheyAre() {
    let keys = AnswerKeys([.int(2), .int(1), .int(10)])
    #expect(keys.answer("1") == .label(.int(1)))
    #expect(keys.answer("2") == .label(.int(2)))
    #expect(keys.answer("3") == .unclear)
    #expect(keys.words.hasPrefix("2   1   10   s skip"))
  }

  @Test func twoClassesThatBeginAlikeAreNotTakenForEachOther() {
    let keys = AnswerKeys([.text("late"), .text("later")])
    #expect(keys.answer("la") == .unclear)
    #expect(keys.answer("late") == .label(.text("late")))
    #expect(keys.answer("later") == .label(.text("later")))
  }
}
