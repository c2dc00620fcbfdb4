import Descriptions
import Testing

@Suite struct BoundsTests {
  static let all: [Bounds] = [
    .within(0, 1), .within(2, 255), .atLeast(1), .above(0), .between(0, 1), .oneOf(["gini", "entropy"]), .notEmpty,
  ]

  @Test(arguments: all)
  func theBadValueIsComplainedOfInWords(bounds: Bounds) throws {
    let bad = try #require(bounds.badValue)
    let complaint = try #require(bounds.complaint(bad))
    #expect(complaint.hasPrefix("must"))
  }

  @Test func anyValueFitsWhereNothingIsAsked() {
    #expect(Bounds.any.badValue == nil && Bounds.any.complaint(.int(-5)) == nil)
  }

  @Test(arguments: [
    (Bounds.within(0, 1), RawValue.float(0)), (.within(0, 1), .int(1)), (.atLeast(1), .int(1)),
    (.above(0), .float(1e-9)),
    (.between(0, 1), .float(0.5)), (.oneOf(["gini"]), .word("gini")), (.notEmpty, .list([.int(1)])),
  ])
  func valuesAtTheEdgeFit(bounds: Bounds, value: RawValue) { #expect(bounds.complaint(value) == nil) }

  @Test func bothEndsOfARangeAndEveryElementMustFit() {
    #expect(Bounds.within(1, 10).complaint(.range(1, 10, isWhole: true)) == nil)
    #expect(Bounds.within(1, 10).complaint(.range(0, 10, isWhole: true)) != nil)
    #expect(Bounds.within(1, 10).complaint(.range(1, 11, isWhole: true)) != nil)
    #expect(Bounds.above(0).complaint(.list([.int(1), .int(0)])) != nil)
    #expect(Bounds.above(0).complaint(.call("log", [.range(0, 1, isWhole: false)], [])) != nil)
  }
}

@Suite struct ParameterTests {
  @Test func valuesReadBackAsTheyAreWritten() {
    #expect(Int.read(7.raw) == 7 && Double.read(0.25.raw) == 0.25 && Bool.read(true.raw) == true)
    #expect([Int].read([1, 2].raw) == [1, 2] && [Int].read(.int(3)) == [3])
    #expect(Int.read(.float(2.5)) == nil && Bool.read(.int(1)) == nil && [Int].read(.list([.word("x")])) == nil)
  }

  @Test func aTunableIsFixedOrASpace() {
    #expect(Tunable<Int>.read(.int(3)).map { if case .fixed(3) = $0 { true } else { false } } == true)
    let range = Tunable<Int>.read(.range(3, 8, isWhole: true))
    #expect(range.map { if case .fixed = $0 { false } else { true } } == true)
  }
}
