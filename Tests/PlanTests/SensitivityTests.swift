import Expressions
import Tables
import Testing

@testable import Plan

@Suite struct SensitivityTests {
  private static let confidential = Sensitivity().classified(.confidential)
  private static let restricted = Sensitivity().classified(.restricted)

  @Test func whatIsMadeOfColumnsIsAsSensitiveAsTheyAre() {
    let joined = Self.confidential.joined(Sensitivity().classified(.internal))
    #expect(joined.level == .confidential && joined.shows == .confidential && !joined.mayTeach)
    #expect(Self.restricted.joined(joined) == joined.joined(Self.restricted))
    #expect(Sensitivity().joined(Sensitivity()) == Sensitivity())
  }

  @Test func aMaskHidesWhatItIsPutOnAndNoMore() {
    let token = Self.confidential.masked(by: "token", hidesAll: false)
    #expect(token.level == .confidential && token.shows == .internal && token.mayTeach)
    // Beside an unmasked column it is as open as that.
    let beside = token.joined(Self.confidential)
    #expect(beside.shows == .confidential && !beside.mayTeach && beside.masks.isEmpty)
    #expect(token.joined(Sensitivity()).masks == ["token"])
    let partial = Self.restricted.masked(by: "partial", hidesAll: false)
    #expect(partial.shows == .restricted && partial.isBarred)
    let redacted = partial.masked(by: "redact", hidesAll: true)
    #expect(redacted.shows == .public && redacted.mayTeach && redacted.level == .restricted)
  }

  @Test func aWaiverIsForTheColumnAlone() {
    let waived = Sensitivity().classified(.restricted, isWaived: true)
    #expect(waived.mayTeach && waived.shows == .restricted)
    #expect(!waived.joined(Self.confidential).mayTeach)
    #expect(!waived.joined(Self.restricted).mayTeach)
  }

  @Test func whatAStepLearnedFromOpenCellsStaysBehindAMask() {
    let learned = Self.confidential.learned(by: "impute age = median").masked(by: "bin", hidesAll: false)
    #expect(learned.kept == "impute age = median" && learned.mayTeach)
    #expect(Self.confidential.masked(by: "bin", hidesAll: false).learned(by: "impute age = median").kept == nil)
  }

  @Test func aMaskPutOnBeforeHidesALevelThatIsRaisedLater() {
    let raised = Sensitivity().masked(by: "token", hidesAll: false).classified(.confidential)
    #expect(raised.shows == .internal && raised.mayTeach)
  }

  @Test func levelsGoThroughSteps() throws {
    let raw = RelationSchema(
      name: "t", raw: Schema([Field("email", .text), Field("age", .int), Field("town", .text)]))
    var schema = raw
    let claims: [(column: String, claim: Classify.Claim)] = [
      ("email", .level(.confidential, isWaived: false)), ("age", .level(.restricted, isWaived: false)),
    ]
    let lower = Expression.call(.lower, [.column("email", .text)])
    let steps: [Step] = [
      .feature(Classify(claims)), .feature(Derive("name", lower)), .rename([Step.Rename("name", "alias")]),
      .feature(Derive("both", .call(.concat, [.column("alias", .text), .call(.text, [.column("age", .int)])]))),
      .drop(["email", "age"]),
    ]
    for step in steps { try step.apply(to: &schema) }
    #expect(schema.sensitivity(of: ["alias"]).level == .confidential)
    #expect(schema.sensitivity(of: ["both"]).level == .restricted)
    #expect(schema.guarded.map(\.name) == ["alias", "both"])
    #expect(schema.rawLevels == ["email": .confidential, "age": .restricted])
    // Rows that begin anew say again what was known.
    var next = RelationSchema(name: "t", raw: Schema([Field("alias", .text), Field("both", .text)]))
    try Step.feature(#require(Classify(carrying: schema))).apply(to: &next)
    #expect(next.guarded.map(\.name) == ["alias", "both"])
    #expect(throws: EngineError(.column(.unknown("email", in: "t")))) {
      try Step.feature(Classify(claims)).apply(to: &schema)
    }
  }
}
