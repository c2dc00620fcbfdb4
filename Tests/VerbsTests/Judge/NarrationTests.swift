import Diagnostics
import Foundation
import Interpreter
import Testing

@testable import Verbs

/// What an explanation says in words.
@Suite(.serialized) struct NarrationTests {
  static func words(_ script: String) -> String {
    Shown(script + "\nexplain narrate: true").texts.joined(separator: "\n")
  }

  @Test func aCategoryIsNamedByItsLargestWeightWhateverItsSign() {
    let words = Self.words(
      """
      load penguins
      derive lightness = 0 - body_mass_g
      select species, lightness
      filter lightness < 0
      label lightness
      split valid: 0.3, seed: 1
      train linear
      """)
    #expect(words.contains("\n'species=Gentoo' lowers 'lightness'."))
  }

  @Test func aSentenceBeginsWithACapital() {
    let words = Self.words(
      "load titanic\nselect age, survived\nlabel survived\nsplit valid: 0.3, seed: 1\ntrain logistic")
    #expect(words.contains("\nA higher 'age' speaks "))
  }

  @Test func equallyFrequentClassesAreAllNamed() {
    let words = Self.words(
      "load iris\nlabel species\nsplit test: 0.2, seed: 1, stratify: species\ntrain tree, depth: 3")
    #expect(words.contains("evenly 'versicolor' and 'virginica' (50.0% each)"))
  }

  @Test(
    "a metric of other labels is found before anything runs",
    arguments: [
      ("load iris\nlabel species\nsplit valid: 0.2\ntrain tree\nexplain metric: rmse", true),
      ("load iris\nlabel species\nsplit valid: 0.2\ntrain tree\nexplain metric: accuracy", false),
      ("load diabetes\nlabel progression\nsplit valid: 0.2\ntrain linear\nexplain metric: auc", true),
      ("load diabetes\nlabel progression\nsplit valid: 0.2\ntrain linear\nexplain metric: mae", false),
    ])
  func metrics(script: String, isRefused: Bool) {
    let found = Scripts.session().check(SourceFile(name: "test.mlp", text: script)).diagnostics
    #expect(found.filter { $0.severity == .error }.map(\.code.rawValue) == (isRefused ? ["bad-option"] : []))
  }

  @Test func breaksInNamesStayOnTheLine() throws {
    let path = FileManager.default.temporaryDirectory.path + "/mlp-narration-\(UUID().uuidString).csv"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let rows = (1...20).map { "\($0),\($0 > 8 ? "p" : "q")\n" }.joined()
    try "\"a\nb\",y\n\(rows)".write(toFile: path, atomically: true, encoding: .utf8)
    let words = Self.words("load \"\(path)\"\nlabel y\nsplit valid: 0.3, seed: 3\ntrain tree")
    #expect(words.contains("asks first whether `a\\nb` <= "))
  }
}
