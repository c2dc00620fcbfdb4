import Display
import Testing

@Suite struct SparklineTests {
  @Test(arguments: [
    ([Double](), ""), ([0, 0], "  "), ([1, 2, 4, 8], "▁▂▄█"), ([8, 0, .nan, -1], "█   "), ([0.001, 1000], "▁█"),
  ])
  func sparklinesShowEveryCountThatIsNotZero(counts: [Double], bars: String) {
    #expect(Sparkline.bars(counts) == bars)
  }
}
