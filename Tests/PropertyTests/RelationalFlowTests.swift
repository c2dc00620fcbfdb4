import Kernels
import Testing

/// Groups, pivots and functions of the rows around come to the same bytes however a flow is run.
@Suite(.serialized) struct RelationalFlowTests {
  @Test func howRowsAreReadTogetherNeverShows() {
    defer { Threads.set(2) }
    let property = Property(300) { FlowCase(relational: $0).compareAny() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 200, "only \(property.held) held: \(property.refused)")
  }
}
