import Foundation
import ProgramRunning
import Testing

/// `scripts/check` must refuse what it is there to refuse.
@Suite(.serialized) struct ImportDirectionTests {
  @Test func theSourceAsItStandsPasses() throws {
    let ended = try check { _ in }
    #expect(ended.status == 0, "\(ended.errors)")
  }

  @Test(arguments: [("Tables/Table.swift", "Language"), ("Language/Lexing/Lexer.swift", "Tables")])
  func anImportAgainstTheDirectionFails(file: String, module: String) throws {
    let ended = try check { root in
      let path = root + "/Sources/" + file
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try "import \(module)\n\(text)".write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(ended.status == 1)
    #expect(ended.errors.contains("imports \(module)"))
  }

  @Test(arguments: [
    ("module(\"Tables\", [", "module(\"Tables\", [\"Language\", "),
    ("module(\"Language\", [", "module(\"Language\", [\"Tables\", "),
  ])
  func aStatedDependencyAgainstTheDirectionFails(written: String, changed: String) throws {
    let ended = try check { root in
      let path = root + "/Package.swift"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      try #require(text.contains(written))
      try text.replacingOccurrences(of: written, with: changed).write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(ended.status == 1)
    #expect(ended.errors.contains("know nothing of each other"))
  }

  /// Runs the check on a changed copy of the source.
  private func check(_ change: (String) throws -> Void) throws -> Program.Ended {
    let scratch = try ScratchFolder()
    for part in ["Package.swift", "Sources", "Tests"] {
      try FileManager.default.copyItem(atPath: Repository.root + "/" + part, toPath: scratch.path + "/" + part)
    }
    try change(scratch.path)
    let python = Program(path: "/usr/bin/env")
    return try python.run(["python3", Repository.root + "/scripts/checks/imports.py"], in: scratch.path, seconds: 120)
  }
}
