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

  @Test func marksAndColumnsStandFirst() {
    let found = Self.texts("load titanic\nplot ")
    #expect(found.starts(with: PlotMark.allCases.map(\.rawValue)) && found.contains("age") && found.contains("by:"))
  }

  @Test func afterAMarkStandColumns() {
    let found = Self.texts("load titanic\nplot hist, ")
    #expect(found.contains("age") && !found.contains("roc"))
    #expect(Self.texts("load titanic\nplot hist, age, by: s") == ["survived", "sex"])
  }
}
