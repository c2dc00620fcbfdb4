import Interpreter
import Testing

@testable import Verbs

/// What may stand after `plot`.
@Suite struct PlotCompletionTests {
  static func texts(_ text: String) -> [String] {
    let completer = Completer(
      Reference.vocabulary, readScript: { _ throws(ScriptReadFailure) in throw ScriptReadFailure("not here") },
      listFolder: { _ in [] }, suits: { _, _ in false })
    return completer.complete(text, at: text.utf8.count, in: Environment()).items.map(\.text)
  }

  @Test func marksOfRowsAndColumnsMayFollow() {
    let found = Self.texts("load titanic\nplot ")
    #expect(Set(PlotMark.ofTables.map(\.rawValue) + ["age", "by:"]).isSubset(of: found) && !found.contains("roc"))
  }

  @Test func afterAMarkStandColumns() {
    let found = Self.texts("load titanic\nplot hist, ")
    #expect(found.contains("age") && !found.contains("box"))
    #expect(Set(Self.texts("load titanic\nplot hist, age, by: s")) == ["survived", "sex"])
  }

  @Test(
    "after a mark stand the options that say something to it",
    arguments: [
      ("load titanic\nplot ", ["by:", "facet:", "bins:", "scale:", "measure:"]),
      ("load titanic\nplot hist, age, ", ["by:", "facet:", "bins:"]),
      ("load titanic\nplot scatter, age, age, ", ["by:", "facet:", "scale:"]),
      ("load titanic\nplot box, age, ", []), ("load titanic\nplot missing, ", []),
      ("load iris\nlabel species\nsplit valid: 0.2\ntrain tree\nplot tree, ", ["levels:"]),
      ("load iris\nlabel species\nsplit valid: 0.2\ntrain tree\nplot calibration, ", ["bins:"]),
    ])
  func options(text: String, options: [String]) {
    #expect(Self.texts(text).filter { $0.hasSuffix(":") } == options)
  }

  @Test func ofAModelThoseThatItsLabelAndItsAlgorithmHave() {
    let found = Self.texts("load diabetes\nlabel progression\nsplit valid: 0.2\ntrain linear\nplot ")
    #expect(Set(["residuals", "importance", "coefficients"]).isSubset(of: found))
    #expect(Set(found).isDisjoint(with: ["roc", "tree", "hist", "age", "by:", "facet:", "bins:", "levels:", "all()"]))
  }
}
