import Diagnostics
import Engine
import Foundation
import Interpreter
import Kernels
import Testing

@testable import Verbs

/// A session's files: what it reads, and at a prompt what was there before, is not overwritten by a slip.
@Suite struct OverwritingTests {
  /// A folder of its own with a table, and a session that may write there.
  private final class Place {
    private static let table = "a,b\n1,2\n3,4\n"
    let folder = FileManager.default.temporaryDirectory.path + "/mlp-overwriting-\(UUID().uuidString)"
    private var session: Session
    private(set) var codes: [DiagnosticCode] = []

    init(isInteractive: Bool = false) throws {
      try FileManager.default.createDirectory(atPath: folder + "/sub", withIntermediateDirectories: true)
      session = Session(
        Reference.vocabulary,
        SessionSetting(
          executor: LocalExecutor(), seed: 1, isInteractive: isInteractive, folder: WorkingFolder.current,
          readScript: { _ throws(ScriptReadFailure) in "" }))
      try write("x.csv")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ name: String) throws {
      try Self.table.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
    }

    func link(_ name: String, to target: String) throws {
      try FileManager.default.createSymbolicLink(atPath: folder + "/" + name, withDestinationPath: target)
    }

    /// Whether a file is as it was written.
    func holds(_ name: String) -> Bool {
      (try? String(contentsOfFile: folder + "/" + name, encoding: .utf8)) == Self.table
    }

    @discardableResult
    func enter(_ text: String) -> RunStatus {
      codes = []
      return session.enter(text.replacingOccurrences(of: "FOLDER", with: folder), Progress()) { event in
        if case .diagnostic(let diagnostic, _) = event { self.codes.append(diagnostic.code) }
      }
    }

    func undo() { _ = session.undo() }
  }

  @Test(arguments: ["x.csv", "./x.csv", "sub/../x.csv", "link.csv", "sub/up/x.csv"])
  func aFileThatIsReadIsTheSameHoweverItsPathIsWritten(path: String) throws {
    let place = try Place()
    try place.link("link.csv", to: "x.csv")
    try place.link("sub/up", to: "..")
    for source in ["x.csv", path, "*x.csv"] {
      #expect(place.enter("load \"FOLDER/\(source)\"\nderive c = a\nexport \"FOLDER/\(path)\"") == .staticErrors)
      #expect(place.codes == [.overwritesSource])
    }
    #expect(place.holds("x.csv"))
  }

  @Test func whatAScriptWroteIsReadByItAndKept() throws {
    let place = try Place()
    let script = "load \"FOLDER/x.csv\"\nexport \"FOLDER/y.csv\"\nload \"FOLDER/sub/../y.csv\"\ndrop b\n"
    #expect(place.enter(script + "export \"FOLDER/y.csv\"") == .staticErrors)
    #expect(place.codes == [.overwritesSource])
    #expect(place.enter(script + "export \"FOLDER/y.csv\", replace: true") == .done)
    #expect(!place.holds("y.csv") && place.holds("x.csv"))
  }

  @Test func aScriptThatRunsAgainReplacesWhatItWrote() throws {
    let place = try Place()
    try place.write("old.csv")
    #expect(place.enter("load \"FOLDER/x.csv\"\ndrop b\nexport \"FOLDER/old.csv\"") == .done)
    #expect(!place.holds("old.csv"))
  }

  @Test(arguments: ["export \"FOLDER/old.csv\"", "validate a > 1, on_fail: quarantine, quarantine: \"FOLDER/old.csv\""])
  func aPromptKeepsWhatItDidNotWrite(stage: String) throws {
    let place = try Place(isInteractive: true)
    try place.write("old.csv")
    place.enter("load \"FOLDER/x.csv\"")
    place.enter("derive c = a")
    #expect(place.enter(stage) == .staticErrors)
    #expect(place.codes == [.fileExists] && place.holds("old.csv"))
    #expect(place.enter(stage + ", replace: true") == .done)
    #expect(!place.holds("old.csv"))
    #expect(place.enter(stage) == .done)
    place.undo()
    #expect(place.enter(stage) == .done)
    try place.write("old.csv")
    #expect(place.enter(stage) == .staticErrors)
    #expect(place.holds("old.csv"))
  }
}
