import Diagnostics
import Interpreter
import Testing

struct CompletionTests {
  static let completer = Completer(
    fakeVocabulary, readScript: CheckerTests.readNothing, commands: [(":undo", "take back"), (":vars", "names")],
    listFolder: { $0 == "." ? ["data/", "churn.csv", ".hidden"] : $0 == "data/" ? ["a.csv", "b.csv"] : [] })

  /// The completions at the bar in the text.
  static func complete(_ marked: String) -> CompletionList {
    let parts = marked.split(separator: "¦", omittingEmptySubsequences: false)
    let before = String(parts.first ?? "")
    let text = before + (parts.count > 1 ? String(parts[1]) : "")
    return completer.complete(text, at: before.utf8.count, in: Environment())
  }

  static func texts(_ marked: String) -> [String] { complete(marked).items.map(\.text) }

  @Test(
    "completions are what may stand at the cursor",
    arguments: [
      ("lo¦", ["load"]),
      ("load people |> imp¦", ["impute"]),
      ("load people\nfilter ag¦", ["age"]),
      ("load people\nfilter age > 3 and in¦", ["income", "index_of(", "int("]),
      ("load people\nimpute age = m¦", ["mean", "median", "mode"]),
      ("load people\nimpute age = median, f¦", ["flag:"]),
      ("load people\nimpute age = median, flag: ¦", ["true", "false"]),
      ("load people\nimpute num¦", ["numeric()"]),
      ("load people\ndrop na¦", ["name"]),
      ("load people\nderive total = age + inc¦", ["income"]),
      ("load people\nderive total = age\nfilter tot¦", ["total"]),
      ("load people\ndrop name |> filter na¦", []),
      ("load people\nsplit\ntrain bo¦", ["boost"]),
      ("load people\nsplit\ntrain [boost, lo¦", ["logistic"]),
      ("load people\nsplit\ntrain boost, de¦", ["depth:"]),
      ("load people\nsplit\ntrain boost(lea¦", ["learning_rate:"]),
      ("load people\nsplit stra¦", ["stratify:"]),
      ("load people\nsplit stratify: mem¦", ["member"]),
      ("load people, del¦", ["delimiter:"]),
      ("load \"chu¦", ["churn.csv"]),
      ("load \"data/¦", ["a.csv", "b.csv"]),
      ("load people\nprofile\nas report\nreport.r¦", ["rows"]),
      ("load people\nas everyone\neve¦", ["everyone"]),
      ("let cut = 3\nload people\nfilter age > cu¦", ["cut"]),
      ("load people\nfilter age ¦", []),
      (":u¦", [":undo"]),
      ("?imp¦", ["impute"]),
      ("load people\nfilter (age > 3 and mem¦ber", ["member"]),
      ("define d {\n  fil¦", ["filter"]),
    ])
  func completes(_ marked: String, _ expected: [String]) {
    #expect(Self.texts(marked) == expected)
  }

  @Test("the range replaced is the word begun, in bytes")
  func replacesWord() {
    #expect(Self.complete("load people\nfilter ag¦").range == SourceRange(19, 21))
    #expect(Self.complete("load people # größe\nfilter ag¦").range == SourceRange(29, 31))
    #expect(Self.complete("load \"data/a¦").range == SourceRange(11, 12))
  }

  @Test("verbs that fit the last value come first, each with its summary")
  func ordersVerbs() {
    let items = Self.complete("load people\nsplit\n¦").items
    let names = items.map(\.text)
    #expect((names.firstIndex(of: "train") ?? .max) < (names.firstIndex(of: "drop") ?? 0))
    #expect(items.first { $0.text == "train" }?.summary == "Fit an algorithm")
  }

  @Test(
    "no text, however broken, stops it",
    arguments: [
      "(", "((((", "load \"", "|>", "|> |>", "= = =", "}{", ". .", "let", "define {", "\u{0}", "filter `a", "ä¦ö",
    ])
  func survives(_ text: String) {
    for cursor in 0...text.utf8.count {
      let list = Self.completer.complete(text, at: cursor, in: Environment())
      #expect(list.range.end <= max(cursor, list.range.start))
    }
  }
}
