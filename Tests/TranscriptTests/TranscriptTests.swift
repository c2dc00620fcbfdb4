import Foundation
import ProgramRunning
import Testing

@Suite struct TranscriptTests {
  private static let records = ProcessInfo.processInfo.environment["MLP_RECORD_TRANSCRIPTS"] != nil

  @Test(arguments: Transcript.all)
  func aScriptPrintsWhatItsCommentsSay(transcript: Transcript) throws {
    let written = try transcript.text()
    let recorded = try transcript.recorded()
    guard written != recorded else { return }
    if Self.records {
      try recorded.write(toFile: transcript.path, atomically: true, encoding: .utf8)
      Issue.record("\(transcript.name) was recorded anew: read the difference before you commit it")
    } else {
      Issue.record("\(transcript.name):\n\(Self.difference(written, recorded))")
    }
  }

  @Test func thereAreTranscripts() { #expect(!Transcript.all.isEmpty) }

  @Test func recordingKeepsTheScriptAndReplacesItsExpectations() {
    let text = "load iris # a set\n# > kept: it stands before the end\nshow\n\n# > old\n# ! old\n# exit 1\n"
    let parts = Expectations(of: text)
    #expect(parts.script == "load iris # a set\n# > kept: it stands before the end\nshow\n\n")
    #expect(parts.command == ["run", "FILE"])
    let ended = Program.Ended(status: 3, output: "a  \n\nb\n", errors: "c\n")
    #expect(Expectations.comments(ended) == "# > a\n# >\n# > b\n# ! c\n# exit 3\n")
    #expect(Expectations.comments(Program.Ended(status: 0, output: "", errors: "")) == "# exit 0\n")
    #expect(Expectations(of: "# $ mlp check --json FILE\nshow\n").command == ["check", "--json", "FILE"])
  }

  /// The lines that only one of them has, each with its number.
  private static func difference(_ expected: String, _ found: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = found.split(separator: "\n", omittingEmptySubsequences: false)
    let changes = new.difference(from: old)
    return changes.prefix(40).map { change in
      switch change {
      case .remove(let place, let line, _): "- \(place + 1): \(line)"
      case .insert(let place, let line, _): "+ \(place + 1): \(line)"
      }
    }.joined(separator: "\n")
  }
}
