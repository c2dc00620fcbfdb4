import Foundation
import ProgramRunning
import Testing

/// What is typed into a real terminal by the scripts of `Tests/Prompt`: a session from load to serve, and what keys are answered by.
@Suite(.serialized) struct PromptTests {
  private static let absence = "tmux is not installed: the prompt is not tested in a terminal"
  private static let hasTerminal = (try? run(["tmux", "-V"], seconds: 10).status) == 0

  private static func run(_ arguments: [String], seconds: Double) throws -> Program.Ended {
    try Program(path: "/usr/bin/env").run(arguments, in: Repository.root, seconds: seconds)
  }

  @Test func aTerminalIsThereWhereNobodyWatches() {
    let mustBe = ProcessInfo.processInfo.environment["CI"] == "true"
    #expect(Self.hasTerminal || !mustBe, "\(Self.absence)")
  }

  @Test(.enabled(if: hasTerminal, "\(absence)"))
  func aSessionIsTypedFromLoadToServe() throws { try type("prompt_session.py") }

  @Test(.enabled(if: hasTerminal, "\(absence)"))
  func keysAreAnswered() throws { try type("prompt_answers.py") }

  @Test(.enabled(if: hasTerminal, "\(absence)"))
  func aFirstHourEndsInAnExportedModel() throws { try type("prompt_first_hour.py") }

  @Test(.enabled(if: hasTerminal, "\(absence)"))
  func labelsAreAskedForAndKept() throws { try type("prompt_labels.py") }

  private func type(_ name: String) throws {
    let script = Repository.root + "/Tests/Prompt/" + name
    let ended = try Self.run(
      ["python3", script, Program.mlp.path, Repository.root + "/stdlib"], seconds: 300)
    #expect(ended.status == 0, "\(ended.output)\n\(ended.errors)")
  }
}
