import Diagnostics
import Formats
import Interpreter
import Learners
import Testing
import Training

@testable import Verbs

/// Words that are not there yet say so; one that has come leaves the list.
struct PlannedWordsTests {
  private static func words(_ kind: PlannedWords.Kind) -> [String] {
    PlannedWords.all.filter { $0.kind == kind }.flatMap(\.words)
  }

  @Test func whatHasComeIsNoLongerPlanned() {
    let there: [(PlannedWords.Kind, [String])] = [
      (.verb, VerbCatalog.all.map { $0.description.name }),
      (.algorithm, LearnerCatalog.all.map { $0.description.name }),
      (.method(of: "impute"), ImputeVerb.words), (.method(of: "scale"), ScaleVerb.words),
      (.method(of: "encode"), EncodeVerb.words),
      (.writable, FormatCatalog.all.filter { ExportedFile(path: "x.\($0.endings[0])") != nil }.flatMap { $0.endings }),
    ]
    for (kind, words) in there {
      #expect(Set(Self.words(kind)).isDisjoint(with: words), "delete from PlannedWords what has come: \(kind)")
    }
  }

  @Test(arguments: words(.verb)) func aPlannedVerbSaysSo(_ verb: String) {
    #expect(label("load penguins\n\(verb) year") == "'\(verb)' is not there yet")
  }

  @Test(arguments: words(.algorithm)) func aPlannedAlgorithmSaysSo(_ name: String) {
    #expect(label("load penguins\nlabel sex\nsplit\ntrain \(name)") == "'\(name)' is not there yet")
  }

  @Test(
    arguments: ["scale year = power", "encode sex = target"])
  func aPlannedMethodSaysSo(_ stage: String) {
    #expect(label("load penguins\n\(stage)")?.hasSuffix("is not there yet") == true)
  }

  @Test(
    arguments: [
      "load penguins\nexport \"x.pfa\"", "load penguins\nexport \"x.sql\"",
    ])
  func aPlannedFileSaysSo(_ script: String) {
    let first = Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics.first
    #expect(first?.message.contains("yet") == true, "\(first?.message ?? "")")
  }

  private func label(_ script: String) -> String? {
    Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics.first?.label
  }
}
