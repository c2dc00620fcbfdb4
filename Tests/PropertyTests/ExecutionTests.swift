import Kernels
import Testing

/// How a flow is run never shows: in memory or in a file of chunks of any size, with all columns or those that it uses, on any number
/// of threads, it shows, writes and learns the same bytes.
@Suite(.serialized) struct ExecutionTests {
  @Test func howAFlowIsRunNeverShows() {
    defer { Threads.set(2) }
    let property = Property(2400) { FlowCase($0, writes: true).compareAny() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 2000, "only \(property.held) held: \(property.refused)")
  }
}
