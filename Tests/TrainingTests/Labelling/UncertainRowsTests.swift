import Kernels
import Plan
import Tables
import Testing

@testable import Training

/// Which rows a model of few labels is unsure of.
@Suite struct UncertainRowsTests {
  private static func rows(_ numbers: [Double]) -> UncertainRows {
    UncertainRows(
      Table([("x", Column.from(numbers.map(Cell.float), type: .float))]),
      label: LabelSpec(name: "y", positive: nil, origins: ["y"]), type: .text, seed: 1)
  }

  @Test func theRowBetweenTheClassesIsTheLeastCertain() throws {
    let labels: [Cell] = [.text("a"), .text("a"), .missing, .missing, .missing, .text("b"), .text("b")]
    let guesses = try #require(try Self.rows([0, 1, 2, 5, 8, 9, 10]).guesses(labels, Progress()))
    #expect(guesses.classes.count == 2)
    #expect([2, 3, 4].min { guesses.margin($0) < guesses.margin($1) } == 3)
    #expect(guesses.likeliest(2).label == .text("a") && guesses.likeliest(4).label == .text("b"))
    #expect(guesses.likeliest(2).probability > 0.5)
  }

  @Test func ofOneClassNothingIsGuessed() throws {
    #expect(try Self.rows([1, 2, 3]).guesses([.text("a"), .missing, .text("a")], Progress()) == nil)
  }

  @Test func aTableWithoutAnythingToLearnFromLeavesAllRowsAlike() throws {
    let guesses = try #require(try Self.rows([1, 1, 1]).guesses([.text("a"), .text("b"), .missing], Progress()))
    #expect((0..<3).allSatisfy { guesses.margin($0) == 0 })
  }

  @Test func agreementIsBeyondChance() {
    let classes: [Cell] = [.text("a"), .text("b")]
    let one = LabelGuesses(classes: classes, probabilities: [0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.4, 0.6])
    let other = LabelGuesses(classes: classes, probabilities: [0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6])
    #expect(one.agreement(with: one) == 1)
    // Three of four agree; by chance two of four would: (0.75 − 0.5) / (1 − 0.5).
    #expect(abs(one.agreement(with: other) - 0.5) < 1e-12)
  }
}
