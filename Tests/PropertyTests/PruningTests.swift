import Kernels
import Testing

/// A script that leaves the columns unread which it does not use shows the same as one that reads them all.
@Suite(.serialized) struct PruningTests {
  @Test func columnsThatAreNotReadNeverShow() {
    let property = Property(400) { FlowCase($0).compare([.pruned]) }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 300, "only \(property.held) held: \(property.refused)")
  }

  /// A model takes its inputs as they were loaded, also where the table that it scores has dropped them.
  @Test func aDroppedColumnIsThereForTheModelThatTakesIt() {
    let folder = CaseFolder()
    let rows = (0..<60).map { "\($0),\($0 % 7),\($0 % 2 == 0 ? "no" : "yes")" }
    let file = folder.write((["a,b,y"] + rows).joined(separator: "\n") + "\n", to: "rows.csv")
    let script = """
      load "\(file)"
      label y
      split train: 0.7, test: 0.3, seed: 1
      train tree
      as m
      load "\(file)"
      drop a
      as others
      m |> predict others
      show

      """
    let whole = ScriptRun(script)
    let pruned = ScriptRun(script, .pruned)
    #expect(whole.status == .done, "\(whole.messages)")
    #expect(pruned.shown == whole.shown && pruned.messages == whole.messages)
  }
}
