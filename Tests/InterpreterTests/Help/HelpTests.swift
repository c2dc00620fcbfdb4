import Diagnostics
import Display
import Interpreter
import Testing

struct HelpTests {
  static func text(_ topic: String?, _ script: String = "") -> String? {
    let environment = CheckerTests.check(script).environment
    guard case .found(let display) = Help.answer(topic, fakeVocabulary.help, environment) else { return nil }
    return flat(display)
  }

  /// Every word of a display, whatever its form.
  static func flat(_ display: Display) -> String {
    switch display {
    case .group(let parts): parts.map(flat).joined(separator: "\n")
    case .text(let text), .heading(let text): text
    case .notes(let notes): notes.map(\.message).joined(separator: "\n")
    case .table(let table):
      ([table.columns.map(\.name)] + table.rows.map { $0.map(\.description) })
        .map { $0.joined(separator: " | ") }.joined(separator: "\n")
    case .facts(let facts): facts.map { "\($0.name) | \($0.value.description)" }.joined(separator: "\n")
    default: ""
    }
  }

  @Test(
    "help answers on everything that has a name",
    arguments: [
      ("impute", "impute TARGET = METHOD…, flag: false"), ("impute", "flag: | whether to add"),
      ("impute", "impute numeric() = median"), ("boost", "; left out: 6"), ("round", "round("), ("max", "max(x)"),
      ("functions", "sqrt(x)"), ("selectors", "missing_any()"), ("algorithms", "logistic"),
      ("unknown-column", "unknown-column: "), ("old", "let old(x) = x > 40"), ("adults", "filter old(age)"),
    ])
  func answers(_ topic: String, _ words: String) {
    let script = "let old(x) = x > 40\ndefine adults { filter old(age) }"
    #expect(Self.text(topic, script)?.contains(words) == true)
  }

  @Test("the overview lists every verb with its summary, and those that were defined")
  func overview() throws {
    let text = try #require(Self.text(nil, "define adults { filter age > 17 }"))
    for verb in fakeVocabulary.help.verbs { #expect(text.contains("\(verb.name) | \(verb.summary)")) }
    #expect(text.contains("adults"))
  }

  @Test(
    "a topic that is not there leads to one that is",
    arguments: [("imptue", "impute"), ("fillna", "impute"), ("xgboost", "boost")])
  func leads(_ topic: String, _ meant: String) {
    guard case .unknown(let diagnostic) = Help.answer(topic, fakeVocabulary.help, Environment()) else {
      Issue.record("found")
      return
    }
    #expect(diagnostic.label?.contains("'\(meant)'") == true)
  }

  @Test("the reference has a page for each description and an index that links them")
  func reference() throws {
    let pages = ReferencePages(fakeVocabulary.help).pages
    #expect(Set(pages.map(\.path)).count == pages.count)
    let index = try #require(pages.first { $0.path == "index.md" })
    for page in pages where page.path != "index.md" { #expect(index.text.contains("(\(page.path))")) }
    let impute = try #require(pages.first { $0.path == "verbs/impute.md" })
    #expect(impute.text.contains("| `flag:` | `false` | true or false | whether to add a column that tells |"))
    #expect(impute.text.contains("```mlp\nload people\nimpute numeric() = median\n```"))
  }
}
