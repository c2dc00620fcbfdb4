import Testing

@testable import Training

@Suite struct ConfidentClassesTests {
  /// Six rows of two classes: class 0 averages 0.65 among its own, class 1 0.7.
  @Test func whatStandsOutAsAnotherClassIsFound() {
    let given: [Int32] = [0, 0, 0, 1, 1, 1]
    let ofOne = [0.1, 0.15, 0.8, 0.9, 0.9, 0.3]
    let found = ConfidentClasses(given, ofOne.flatMap { [1 - $0, $0] }, classes: 2)
    #expect(found.findings.map(\.place) == [2, 5])
    #expect(found.findings.map(\.likely) == [1, 0] && found.findings.map(\.given) == [0, 1])
    #expect(found.counts == [[2, 1], [1, 2]])
  }

  /// One row stands out as another class; of the two that are doubted the label of the other is the less probable.
  @Test func theLeastProbableLabelsAreListed() {
    let given: [Int32] = [0, 0, 0, 1, 1, 2]
    let rows: [[Double]] = [
      [0.9, 0.05, 0.05], [0.9, 0.05, 0.05], [0.04, 0.48, 0.48], [0.05, 0.9, 0.05], [0.05, 0.3, 0.65], [0.2, 0.2, 0.6],
    ]
    let found = ConfidentClasses(given, rows.flatMap { $0 }, classes: 3)
    #expect(found.counts == [[2, 0, 0], [0, 1, 1], [0, 0, 1]])
    #expect(found.findings.map(\.place) == [2] && found.findings[0].likely == 1)
  }

  @Test func aRowThatNoClassIsSureOfIsLeftAlone() {
    let found = ConfidentClasses([0, 0, 1, 1], [0.9, 0.1, 0.45, 0.55, 0.1, 0.9, 0.1, 0.9], classes: 2)
    #expect(found.findings.isEmpty && found.counts == [[1, 0], [0, 2]])
  }

  @Test func aClassThatNoRowIsSaidToBeOfIsNeverLikely() {
    let found = ConfidentClasses([0, 0], [0.2, 0.1, 0.7, 0.3, 0.2, 0.5], classes: 3)
    #expect(found.findings.isEmpty)
  }
}
