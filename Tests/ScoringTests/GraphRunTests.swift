import Expressions
import Kernels
import Scoring
import Tables
import Testing

@Suite struct GraphRunTests {
  static let table = Table([("t", .text(TextCells(["a", "b"])))])

  @Test func whatDoesNotCompileIsAnErrorAndNoMissingCells() throws {
    var builder = GraphBuilder()
    builder.step = "derive odd"
    let text = builder.input("t", .text)
    let pattern = Expression.call(.matches, [.column("t", .text), .literal(.text("("))])
    let built = builder.expression(pattern, ["t": text])
    let port = try #require(built)
    let failure = #expect(throws: GraphRunFailure.self) {
      try GraphRun.evaluate(builder.nodes, wanted: [.column(port)], on: Self.table, Progress())
    }
    guard case .graph(let error)? = failure else {
      Issue.record("not the graph's failure: \(String(describing: failure))")
      return
    }
    guard error.step == "derive odd", case .expression(.badPattern("(", _, _)) = error.reason else {
      Issue.record("not the pattern of the step: \(error)")
      return
    }
  }

  @Test func cancelledWorkSaysSo() throws {
    var builder = GraphBuilder()
    let text = builder.input("t", .text)
    let progress = Progress()
    progress.cancel()
    #expect(throws: GraphRunFailure.cancelled) {
      try GraphRun.evaluate(builder.nodes, wanted: [.column(text)], on: Self.table, progress)
    }
  }
}
