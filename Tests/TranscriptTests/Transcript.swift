import Foundation
import ProgramRunning
import Testing

/// A script whose last comments say what it prints. The format is told in `Tests/Transcripts/README.md`.
struct Transcript: Sendable, CustomTestStringConvertible {
  static let folder = "Tests/Transcripts"

  /// `topic/behaviour.mlp`
  let name: String
  var testDescription: String { name }

  static let all = Repository.files(below: folder, withExtension: "mlp")
    .filter { !$0.contains("/files/") }.map { Transcript(name: $0) }

  var path: String { "\(Repository.root)/\(Self.folder)/\(name)" }
  private var leaf: String { String(name.split(separator: "/").last ?? "") }
  private var topic: String { String(path.dropLast(leaf.count + 1)) }

  /// The text as it stands.
  func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// The text with the comments that the program deserves today.
  func recorded() throws -> String {
    let parts = Expectations(of: try text())
    let ended = try run(parts.command)
    return parts.script + Expectations.comments(ended)
  }

  /// Runs in an empty folder that holds the script and copies of its topic's `files/`.
  private func run(_ command: [String]) throws -> Program.Ended {
    let scratch = try ScratchFolder()
    let files = FileManager.default
    try files.copyItem(atPath: path, toPath: scratch.path + "/" + leaf)
    for file in (try? files.contentsOfDirectory(atPath: topic + "/files")) ?? [] {
      try files.copyItem(atPath: "\(topic)/files/\(file)", toPath: "\(scratch.path)/\(file)")
    }
    let arguments = command.map { $0 == "FILE" ? leaf : $0 } + ["--no-color", "--seed", "7"]
    let settings = ["COLUMNS": "100", "LC_ALL": "C.UTF-8", "MLP_STDLIB": Repository.root + "/stdlib", "TZ": "UTC"]
    return try Program.mlp.run(arguments, in: scratch.path, environment: settings, seconds: 120)
  }
}
