import Foundation
import ProgramRunning
import Testing

/// `scripts/check` must refuse what it is there to refuse.
@Suite(.serialized) struct SourceCheckTests {
  private static let file = "Sources/Scoring/Added.swift"

  @Test(arguments: ["switches", "failures", "traps"])
  func theSourceAsItStandsPasses(name: String) throws {
    let ended = try check(name, nil)
    #expect(ended.status == 0, "\(ended.errors)")
  }

  @Test(arguments: [
    "switch node.op {\ncase .fill: 1\n// any other operator\ndefault: 2\n}",
    "switch call.function {\ncase .add: 1\ndefault: 2\n}", "switch word {\ncase \"a\": 1\ndefault: 2\n}",
  ])
  func aDefaultThatTakesWhatIsToComeFails(body: String) throws {
    let ended = try check("switches", "func added() -> Int {\n  \(body.replacing("\n", with: "\n  "))\n}\n")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("\(Self.file):") && ended.errors.contains("a default"))
  }

  @Test func aDefaultForForeignValuesThatSaysSoPasses() throws {
    let body = "switch word {\n  case \"a\": 1\n  // any other word\n  default: 2\n  }"
    #expect(try check("switches", "func added(_ word: String) -> Int {\n  \(body)\n}\n").status == 0)
  }

  @Test func aFailureThatIsSwallowedWithoutAReasonFails() throws {
    let ended = try check("failures", "func added() -> Int? { try? number() }\n")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("\(Self.file):1:"))
    let reason = "// try? is safe: nil is what the caller asks for.\n"
    #expect(try check("failures", reason + "func added() -> Int? { try? number() }\n").status == 0)
  }

  /// Runs a check on a copy of the source with one file more.
  private func check(_ name: String, _ added: String?) throws -> Program.Ended {
    let scratch = try ScratchFolder()
    try FileManager.default.copyItem(atPath: Repository.root + "/Sources", toPath: scratch.path + "/Sources")
    if let added {
      try added.write(toFile: scratch.path + "/" + Self.file, atomically: true, encoding: .utf8)
    }
    let python = Program(path: "/usr/bin/env")
    return try python.run(
      ["python3", Repository.root + "/scripts/checks/\(name).py"], in: scratch.path, seconds: 120)
  }
}
