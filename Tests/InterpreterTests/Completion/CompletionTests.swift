import Diagnostics
import Interpreter
import Plan
import Testing

struct CompletionTests {
  static let completer = Completer(
    fakeVocabulary, readScript: CheckerTests.readNothing,
    commands: [
      SessionCommand(":undo", "take back"), SessionCommand(":vars", "names"), SessionCommand(":help", "tells", .topic),
      SessionCommand(":save", "writes", .script(words: ["all"])),
    ],
    sample: ColumnSample([.table(Relation(rows: .whole(People.table), name: "people"))]),
    listFolder: { folder in
      switch folder {
      case ".": ["data/", "churn.csv", "flow.mlp", "notes.txt", ".hidden"]
      case "data/": ["a.csv", "b.csv", "old.mlp"]
      default: []
      }
    },
    suits: { name, use in
      switch use {
      case .read, .write, .rows: name.hasSuffix(".csv")
      case .script: name.hasSuffix(".mlp")
      case .any: true
      }
    }, endings: { kind in kind == .table ? ["csv", "html"] : ["html"] })

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
      ("load \"¦", ["churn.csv", "data/"]),
      ("load \"no¦", ["notes.txt"]),
      ("load ch¦", ["\"churn.csv"]),
      ("load people\nexport \"¦", ["people.csv", "people.html", "churn.csv", "data/"]),
      ("load people\nexport peo¦", ["\"people.csv\"", "\"people.html\""]),
      ("load people\nexport \"people.h¦", ["people.html"]),
      ("load people\nexport \"ch¦", ["churn.csv"]),
      ("load people\nexport \"m¦", ["m.csv", "m.html"]),
      ("load people\nexport \"data/x¦", ["x.csv", "x.html"]),
      ("use \"¦", ["data/", "flow.mlp"]),
      (":save ¦", ["all", "data/", "flow.mlp"]),
      (":save all f¦", ["flow.mlp"]),
      (":help imp¦", ["impute"]),
      ("load people\nfilter name == \"¦", ["\"Ada\"", "\"Bo\""]),
      ("load people\nfilter name == \"a¦", ["\"Ada\""]),
      ("load people\nfilter name == \"a¦\"", ["\"Ada"]),
      ("load people\nfilter name != ada¦", ["\"Ada\""]),
      ("load people\nfilter name in [\"Ada\", \"¦", ["\"Bo\""]),
      ("load people\nfilter age > 3 and member == fal¦", ["false"]),
      ("load people\nfilter joined == @¦", []),
      ("load people\nfilter lower(name) == \"¦", []),
      ("load people\nderive x = if name == \"b¦", ["\"Bo\""]),
      ("load people\nfilter `ag¦", ["`age`"]),
      ("load people\nfilter `ag¦`", ["`age"]),
      ("load people\nsplit\ntrain boost\nsplit stratify: m¦", ["member"]),
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

  @Test("columns, then options, stand before functions")
  func ordersArguments() {
    let kinds = Self.complete("load people\nfilter ¦").items.map(\.kind)
    let first = kinds.firstIndex(of: .function) ?? 0
    #expect(first > 0 && kinds[..<first].contains(.column) && !kinds[first...].contains { $0 != .function })
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
