import Foundation
import Interpreter
import Plan
import Testing

struct WorkingFolderTests {
  private static func inFolder(_ body: (String) throws -> Void) throws {
    let made = FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: made + "/box/data", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: made) }
    try body(try #require(WorkingFolder.real(made)))
  }

  @Test("what is not there yet is inside the sandbox all the same")
  func missingInside() throws {
    try Self.inFolder { folder in
      let box = WorkingFolder(sandbox: folder + "/box")
      for path in [
        "/box/x.csv", "/box/data/x.csv", "/box/none/x.csv", "/box/none/deeper/./x.csv", "/box/data/../x.csv",
      ] {
        #expect(throws: Never.self) { try box.resolve(folder + path) }
      }
      let place = try box.resolve(folder + "/box/none/x.csv")
      #expect(place == folder + "/box/none/x.csv")
    }
  }

  @Test("links and ways up lead no further than the sandbox")
  func leadsOut() throws {
    try Self.inFolder { folder in
      let box = WorkingFolder(sandbox: folder + "/box")
      let links = [
        ("out", folder), ("later", "../later.csv"), ("far", folder + "/none/x.csv"), ("near", "data/new.csv"),
      ]
      for (name, target) in links {
        try FileManager.default.createSymbolicLink(atPath: folder + "/box/" + name, withDestinationPath: target)
      }
      for path in [
        "/x.csv", "/none/x.csv", "/box/../x.csv", "/box/none/../../x.csv", "/box/none/../x.csv", "/box/out/x.csv",
        "/box/out/none/x.csv", "/box/later", "/box/far",
      ] {
        #expect(throws: EngineError(.file(.outsideSandbox(folder + path)))) { try box.resolve(folder + path) }
      }
      let place = try box.resolve(folder + "/box/near")
      #expect(place == folder + "/box/data/new.csv")
    }
  }
}
