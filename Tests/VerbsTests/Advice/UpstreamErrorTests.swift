import Diagnostics
import Interpreter
import Testing

@testable import Verbs

/// An error hides nothing further down that does not depend on it, and nothing is told that only follows from it.
struct UpstreamErrorTests {
  /// A flow whose every line after the first has a mistake of its own.
  private static let rest = """
    impute year = medain
    scale year = standrd
    encode sex = onhot
    label sex
    split tst: 0.2
    train logistik, C: 1
    require aucc > 0.5
    """

  @Test(
    arguments: [
      ("load \"nofile.csv\"", DiagnosticCode.fileNotFound), ("loda penguins", .unknownVerb),
      ("load penguins, typs: {year: text}", .unknownOption), ("load penguins )", .unexpectedToken),
      ("nonsense penguins", .unknownVerb), ("load penguins\nderive x = nosuch + 1", .unknownColumn),
      ("load penguins\ndrop )", .unexpectedToken), ("load penguins\nbin species", .unknownVerb),
    ])
  func nothingIsHidden(_ first: String, _ code: DiagnosticCode) {
    #expect(
      codes(first + "\n" + Self.rest) == [
        code, .unknownMethod, .unknownMethod, .unknownMethod, .unknownOption, .unknownMethod, .unknownName,
      ])
  }

  @Test(
    arguments: [
      "load \"nofile.csv\"", "loda \"nofile.csv\"", "nonsense", "load penguins\nbin year",
      "load penguins\nderive )",
    ])
  func nothingFollowsFromAnEarlierError(_ first: String) {
    let sound = """
      impute year = median, other = mode
      filter other > 3
      label outcome
      split train: 0.7, valid: 0.1, test: 0.2, stratify: outcome
      as parts
      train [logistic, boost(depth: 3)], maximize: auc
      eval by: region
      require auc > 0.5
      test
      explain
      as final
      compare final
      predict "other.csv", strict: false
      export "x.csv"
      """
    let all = codes(first + "\n" + sound).filter { $0 != .fileNotFound }
    #expect(all.count <= 1, "\(all)")
  }

  @Test func aFailedColumnIsUnknownAndNoOther() {
    let script = """
      load penguins
      derive x = nosuch + 1
      drop nme, x
      impute agge = median
      rename a = speces
      select a, island, sx
      filter sx == "male"
      """
    #expect(codes(script) == [.unknownColumn, .unknownColumn, .unknownColumn, .unknownColumn, .unknownColumn])
  }

  @Test func aLineTypedAloneIsNotToldWhereItStands() {
    func stage(_ script: String) -> String? {
      Scripts.session().check(SourceFile(name: "<prompt>", text: script)).diagnostics.first?.stage
    }
    #expect(stage("load penguins |> drop nme") == nil)
    #expect(stage("load penguins\ndrop nme") == "stage 2 of the flow that starts at line 1")
  }

  private func codes(_ script: String) -> [DiagnosticCode] {
    Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics.map(\.code)
  }
}
