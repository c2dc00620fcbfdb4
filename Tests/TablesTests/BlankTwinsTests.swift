import Testing

@testable import Tables

@Suite struct BlankTwinsTests {
  private static func twins(_ texts: [String?]) throws -> BlankTwins? {
    try ColumnProfile("x", Column.from(texts.map { $0.map(Cell.text) ?? .missing }, type: .text)).blankTwins
  }

  @Test func textsThatDifferOnlyByBlanksAtTheirEndsAreFound() throws {
    let twins = try #require(try Self.twins(["yes", " yes", "no", "yes ", nil, "a b", "ab"]))
    #expect(twins.count == 1)
    #expect(twins.examples == [[" yes", "yes", "yes "]])
  }

  @Test(arguments: [["yes", "no"], [" yes", "no"], ["a b", "a  b"], []])
  func othersAreNot(texts: [String]) throws {
    #expect(try Self.twins(texts) == nil)
  }

  @Test func nothingAndBlanksAloneDifferByBlanks() throws {
    #expect(try Self.twins(["", " ", "x"])?.examples == [["", " "]])
  }

  @Test func onlyTheFirstGroupsAreExamples() throws {
    let twins = try #require(try Self.twins((0..<50).flatMap { ["w\($0)", "w\($0)\t"] }))
    #expect(twins.count == 50)
    #expect(twins.examples.count == 3)
  }
}
