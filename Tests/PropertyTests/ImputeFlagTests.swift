import Testing

@Suite struct ImputeFlagTests {
  /// Whether a cell was missing is no statistic, so rows may be chosen by it.
  @Test func rowsAreChosenByAFlagBeforeTheSplit() {
    let folder = CaseFolder()
    let cells = (0..<40).map { "\($0 % 7 == 0 ? "" : "\($0)"),\($0 % 2 == 0 ? "yes" : "no")\n" }
    let file = folder.write("a,y\n" + cells.joined(), to: "rows.csv")
    let run = ScriptRun(
      """
      load "\(file)"
      impute a = median, flag: true
      filter a_missing == false
      label y
      split test: 0.2, seed: 3
      train tree
      as m

      """)
    #expect(run.status == .done, "\(run.messages)")
  }
}
