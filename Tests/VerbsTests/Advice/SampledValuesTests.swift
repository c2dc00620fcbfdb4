import Diagnostics
import Foundation
import Testing

@testable import Verbs

/// A text that is nearly one of a column's values is told of before anything runs, and no other is.
struct SampledValuesTests {
  private static let folder: String = {
    let path = NSTemporaryDirectory() + "mlp-values-\(UUID().uuidString)"
    let countries = ["United-States", "Cuba", "Jamaica", "yes"]
    let rows = (0..<400).map { "\(countries[$0 % 4]),name\($0),\($0 % 3 == 0 ? "good" : "bad")" }
    let long = (0..<9000).map { "\($0 % 2 == 0 ? "Austria" : "Norway")\($0 < 6000 ? "" : "n"),n\($0)" }
    for (name, lines) in [("people.csv", ["country,name,outcome"] + rows), ("long.csv", ["land,code"] + long)] {
      try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let text = lines.joined(separator: "\n") + "\n"
      _ = FileManager.default.createFile(atPath: path + "/" + name, contents: Data(text.utf8))
    }
    return path
  }()

  private func told(_ stage: String, of file: String = "people.csv") -> [Diagnostic] {
    let script = "load \"\(Self.folder)/\(file)\"\n\(stage)"
    return Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics
  }

  @Test(
    arguments: [
      ("filter country == \"Unted-States\"", "did you mean \"United-States\"?"),
      ("filter \"cuba\" != country", "did you mean \"Cuba\"?"),
      ("filter country in [\"Cuba\", \"Jamaca\"]", "did you mean \"Jamaica\"?"),
      ("filter country ~ r\"^Jamaca$\"", "did you mean \"^Jamaica$\"?"),
      ("derive home = if country == \"Cuuba\" then 1 else 0", "did you mean \"Cuba\"?"),
      ("rename land = country\nfilter land == \"Cuuba\"", "did you mean \"Cuba\"?"),
      ("label outcome, positive: \"god\"", "did you mean \"good\"?"),
    ])
  func aNearValueIsTold(_ stage: String, _ label: String) {
    let told = told(stage)
    #expect(told.map(\.code) == [.nearValue] && told.first?.severity == .note)
    #expect(told.first?.label == label)
  }

  @Test(
    arguments: [
      "filter country == \"Cuba\"", "filter country == \"Mexico\"", "filter name == \"nam1\"",
      "filter country ~ r\"Unted\"",
      "derive country = upper(country)\nfilter country == \"CUBA\"",
      "derive country = upper(country), home = country == \"CUBA\"",
      "label outcome, positive: \"good\"",
      "derive kind = if country == \"Cuba\" then \"bd\" else \"x\"\nfilter kind == \"bd\"",
    ])
  func nothingIsToldWithoutOne(_ stage: String) {
    #expect(told(stage).isEmpty, "\(told(stage).map(\.message))")
  }

  @Test func whatFollowsTheSampleIsNoError() {
    let told = told("filter land == \"Austrian\"", of: "long.csv")
    #expect(told.allSatisfy { $0.severity == .note })
  }
}
