import Descriptions
import Learners
import Plan
import Testing
import Training

@Suite struct SearchSpaceTests {
  static let depth = Parameter<Tunable<Int>>("depth", "", default: .fixed(3), .atLeast(1))
  static let rate = Parameter<Tunable<Double>>("learning_rate", "", default: .fixed(0.1), .above(0))
  static let layers = Parameter<Tunable<[Int]>>("layers", "", default: .fixed([8]))
  static let description = Description(
    name: "learner", summary: "", group: "", parameters: [depth, rate, layers])

  static func space(_ options: [String: RawValue]) -> SearchSpace { SearchSpace(description, Options(options)) }

  @Test func fixedOptionsAreOneSetting() throws {
    let space = Self.space(["depth": .int(4), "layers": .list([.int(64), .int(32)])])
    #expect(space.isFixed)
    #expect(try space.settings(.random, trials: 10, seed: 1) == [space.options])
  }

  @Test func drawsAreFixedWithinBoundsAndTheSameForASeed() throws {
    let space = Self.space([
      "depth": .range(3, 8, isWhole: true), "learning_rate": .call("log", [.range(0.01, 0.3, isWhole: false)], []),
      "layers": .list([.list([.int(64)]), .list([.int(64), .int(32)])]),
    ])
    let settings = try space.settings(.random, trials: 200, seed: 9)
    #expect(settings.count == 200 && Set(settings).count == 200)
    for setting in settings {
      let depth = try #require(setting.settled(Self.depth))
      let rate = try #require(setting.settled(Self.rate))
      #expect((3...8).contains(depth) && (0.01...0.3).contains(rate))
      #expect([[64], [64, 32]].contains(setting.settled(Self.layers)))
    }
    #expect(Set(settings.compactMap { $0.settled(Self.depth) }) == Set(3...8))
    // Half of the draws over a logarithm lie below the geometric mean of the ends.
    let low = settings.count { ($0.settled(Self.rate) ?? 1) < 0.0548 }
    #expect((70...130).contains(low))
    #expect(try settings == space.settings(.random, trials: 200, seed: 9))
    #expect(try settings != space.settings(.random, trials: 200, seed: 10))
    #expect(try Array(settings.prefix(5)) == space.settings(.random, trials: 5, seed: 9))
  }

  @Test func aSmallSpaceIsTriedWholeAndNoSettingTwice() throws {
    let space = Self.space(["depth": .range(1, 6, isWhole: true)])
    #expect(try Set(space.settings(.random, trials: 50, seed: 3)).count == 6)
  }

  @Test func aGridHasEveryCombinationLastFastest() throws {
    let space = Self.space(["depth": .range(1, 2, isWhole: true), "learning_rate": .list([.float(0.1), .float(0.2)])])
    let settings = try space.settings(.grid, trials: 4, seed: 0)
    #expect(settings.map { $0.settled(Self.depth) } == [1, 1, 2, 2])
    #expect(settings.map { $0.settled(Self.rate) } == [0.1, 0.2, 0.1, 0.2])
  }

  @Test func aGridThatIsCountlessOrTooLargeIsRefused() {
    #expect(throws: EngineError.self) {
      try Self.space(["learning_rate": .range(0.1, 0.2, isWhole: false)]).settings(.grid, trials: 9, seed: 0)
    }
    #expect(throws: EngineError.self) {
      try Self.space(["depth": .range(1, 20, isWhole: true)]).settings(.grid, trials: 9, seed: 0)
    }
    #expect(throws: EngineError.self) {
      try Self.space(["depth": .range(1, 1e18, isWhole: true)]).settings(.grid, trials: 9, seed: 0)
    }
    #expect(throws: EngineError.self) {
      try Self.space(["depth": .range(1, 3, isWhole: true)]).settings(.random, trials: 0, seed: 0)
    }
  }
}
