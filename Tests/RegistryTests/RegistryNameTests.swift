import Notation
import Plan
import ProgramRunning
import Testing

@testable import Registry

@Suite struct RegistryNameTests {
  @Test func referencesAreTakenApart() throws {
    #expect(try ModelReference("churn") == ModelReference("model:churn"))
    #expect(try ModelReference("churn").version == .newest)
    #expect(try ModelReference("model:churn@3").version == .number(3))
    #expect(try ModelReference("churn-2.b@champion").version == .alias("champion"))
    #expect(try ModelReference("churn@3").words == "churn@3")
  }

  @Test(arguments: [
    "", "@", "churn@", "@champion", "churn@0", "churn@03", "churn@-1", "churn@+1", "churn@1@2", "../x", "a/b", ".a",
    "1a",
    "a b", "churn@99999999999999999999", "é", "model:", "model:model:a", "a\u{0}b",
    String(repeating: "a", count: 101),
  ])
  func whatIsNoReferenceIsSaid(_ text: String) {
    #expect(problem { _ = try ModelReference(text) } == .badName(text, .reference))
  }

  @Test func addressesAreTakenApart() throws {
    let scratch = try ScratchFolder()
    let file = try scratch.write("", to: "models")
    func address(_ text: String) throws -> RegistryAddress {
      try RegistryAddress(text) { path throws(EngineError) in path }
    }
    #expect(try address("a/models.db") == .file("a/models.db"))
    #expect(try address("sqlite:models") == .file("models"))
    #expect(try address("models/") == .folder("models/"))
    #expect(try address("models") == .folder("models"))
    #expect(try address(file) == .file(file))
    #expect(try address(scratch.path) == .folder(scratch.path))
    #expect(try address("postgres://ann@host/ml") == .server("postgres://ann@host/ml"))
    #expect(
      problem { _ = try address("mysql://ann:hush@host/ml") }
        == .badAddress("mysql://ann:***@host/ml", part: "mysql"))
  }

  @Test func recordsComeBackAsTheyWere() throws {
    let good = [Requirement(metric: "auc", comparison: ">=", bound: 0.8)]
    for asked in [nil, [], good] {
      let facts = try StoredPackage.facts(tested: asked)
      #expect(VersionFacts(try JSONValue(parsing: facts.json.bytes)) == facts)
      #expect(facts.refusal == (asked == nil ? .notTested : asked == [] ? .nothingAsked : nil))
      #expect(facts.required.map(\.isMet) == [true])
    }
    let move = AliasMove(alias: "champion", kind: .rolledBack, version: 3, from: nil, moment: 5)
    #expect(AliasMove(try JSONValue(parsing: move.json.bytes)) == move)
  }
}
