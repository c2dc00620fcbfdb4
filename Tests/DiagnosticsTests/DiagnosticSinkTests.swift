import Diagnostics
import Testing

@Suite struct DiagnosticSinkTests {
  @Test func theSameDiagnosticIsReportedOnce() {
    var sink = DiagnosticSink()
    for _ in 0..<3 { sink.report(.usage, "m", at: SourceRange(0, 1)) }
    sink.report(.usage, "m", at: SourceRange(1, 2))
    #expect(sink.diagnostics.count == 2)
  }
}
