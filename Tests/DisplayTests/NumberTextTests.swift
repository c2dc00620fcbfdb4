import Display
import Testing

@Suite struct NumberTextTests {
  static let columns: [([Double], [String])] = [
    ([71.2833, 7.25, 8.05], ["71.28", "7.25", "8.05"]), ([1, 2, 3], ["1.0", "2.0", "3.0"]),
    ([0.9167, 22], ["0.9167", "22.0000"]), ([1e15, 1], ["1.0e+15", "1.0e+00"]), ([1e-9, 0], ["1.0e-09", "0.0e+00"]),
    ([1234567.8], ["1234567.8"]), ([.nan, .infinity, -.infinity, 0.5], ["nan", "inf", "-inf", "0.5"]), ([], []),
    ([-0.0], ["0.0"]), ([0.00001, 1], ["0.00001", "1.00000"]), ([1e300, 1], ["1.0e+300", "1.0e+00"]),
    ([5e-300], ["5.0e-300"]), ([0.99999], ["1.0"]),
  ]

  @Test(arguments: columns)
  func columnsShareTheirDecimals(values: [Double], texts: [String]) {
    #expect(NumberText.column(values) == texts)
  }

  @Test(arguments: [
    (0.125, NumberFormat.percent(decimals: 1), "12.5%"), (2.5, .decimals(0), "2"), (1.005, .decimals(2), "1.00"),
    (0.1, .exact, "0.1"), (1234.5678, .significant(6), "1234.57"), (-0.001, .decimals(2), "0.00"),
    (1, .decimals(-5), "1"), (1, .significant(0), "1.0"), (.nan, .percent(decimals: 1), "nan"),
    (1e300, .decimals(1000), String(NumberText.fixed(1e300, 30))),
  ])
  func formatsAreKept(value: Double, format: NumberFormat, text: String) {
    #expect(NumberText.of(value, format) == text)
  }

  @Test(arguments: [(3.0, "3"), (0.5, "0.5"), (1e20, "1.0e+20"), (-7.0, "-7")])
  func figuresDropDecimalsOfWholeNumbers(value: Double, text: String) {
    #expect(NumberText.figure(value) == text)
  }
}
