import Glibc
import Testing
import Training

@Suite struct LogScalingTests {
  @Test func sizesAreLogarithmsAndSignsStay() throws {
    let found = try ScalingTests.scaled("n", LogScaling.self)
    for (value, number) in zip(found, [-3.0, 0, 3, 100, 7]) {
      let value = try #require(value)
      #expect(abs(value - (number < 0 ? -log1p(-number) : log1p(number))) < 1e-15)
    }
    #expect(try ScalingTests.scaled("x", LogScaling.self)[4] == nil)
  }
}
