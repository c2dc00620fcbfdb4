import Display
import Testing

/// What a narrow screen keeps of a profile.
@Suite struct NarrowProfileTests {
  private static func lines(_ width: Int) -> [String] {
    let shown = Shown("load titanic\nprofile")
    return shown.displays.flatMap {
      TextRenderer(width: width).render($0).split(separator: "\n").map(String.init)
    }
  }

  @Test(arguments: [60, 80]) func theMedianAndTheMostFrequentValuesAreKept(width: Int) throws {
    let lines = Self.lines(width)
    let numbers = try #require(lines.first { $0.contains("missing") && $0.contains("median") })
    #expect(lines.contains { $0.hasPrefix("age ") && $0.contains("28.0000") })
    let texts = try #require(lines.first { $0.contains("most frequent") })
    #expect(lines.contains { $0.hasPrefix("sex ") && $0.contains("male (843), female (466)") })
    // Room for them is made by what says less.
    #expect(!texts.contains(" min ") && !texts.contains(" max "))
    #expect(numbers.contains("mean") && lines.allSatisfy { $0.count <= width })
  }

  @Test func aWideScreenHasAll() {
    let lines = Self.lines(200)
    #expect(lines.contains { $0.contains("most frequent") && $0.contains("min") && $0.contains("length") })
    #expect(lines.contains { $0.contains("median") && $0.contains("q1") && $0.contains("histogram") })
  }
}
