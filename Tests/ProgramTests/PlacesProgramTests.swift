import Foundation
import ProgramRunning
import Testing

/// Databases, other machines and standard input as they are seen from outside.
@Suite struct PlacesProgramTests {
  private static let settings = ["MLP_STDLIB": Repository.root + "/stdlib"]
  private static let address = "postgres://ann:s3cret@127.0.0.1:1/shop#orders"

  private func run(_ arguments: [String], _ folder: ScratchFolder) throws -> Program.Ended {
    try Program.mlp.run(arguments, in: folder.path, environment: Self.settings, seconds: 60)
  }

  /// Scripts that ask no server start without the libraries that ask one.
  @Test func noLibraryOfAServerIsLinked() throws {
    let ended = try Program(path: "/usr/bin/env").run(["ldd", Program.mlp.path])
    #expect(ended.status == 0 && ended.output.contains("libc.so"))
    for library in ["libpq", "libcurl"] { #expect(!ended.output.contains(library)) }
  }

  /// The password of an address is in no message, whatever way the script comes and goes, and in no file that is left behind.
  @Test func aPasswordLeavesNoTrace() throws {
    let folder = try ScratchFolder()
    let script = "param source = \"\(Self.address)\"\nload source\nexport \"x.csv\"\n"
    try folder.write(script, to: "flow.mlp")
    let runs = [
      ["run", "flow.mlp"], ["--json", "flow.mlp"], ["check", "flow.mlp"], ["plan", "flow.mlp"],
      ["--cache", "kept", "flow.mlp"],
      ["flow.mlp", "source=" + Self.address], ["-e", "load \"\(Self.address)\", nonsense: 1"],
      ["-e", "load iris\nlet a = \"\(Self.address)\"\na\nexport \"report.html\""], ["run", Self.address],
    ]
    for arguments in runs {
      let ended = try run(arguments, folder)
      #expect(
        !ended.output.contains("s3cret") && !ended.errors.contains("s3cret"),
        "\(arguments)\n\(ended.output)\n\(ended.errors)")
      #expect(ended.output.contains("***") || ended.errors.contains("***") || ended.status == 0, "\(arguments)")
    }
    // All but the script that the user wrote.
    let left = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    #expect(left.contains("report.html"))
    for file in left where file != "flow.mlp" {
      let bytes = FileManager.default.contents(atPath: folder.path + "/" + file) ?? Data()
      #expect(bytes.range(of: Data("s3cret".utf8)) == nil, "\(file)")
    }
  }

  @Test func aServerThatIsNotThereEndsTheRun() throws {
    let folder = try ScratchFolder()
    for address in [Self.address, "http://127.0.0.1:1/x.csv"] {
      let ended = try run(["-e", "load \"\(address)\"\nexport \"x.csv\""], folder)
      #expect(ended.status == 1 && ended.errors.contains("error[cannot-read]"), "\(ended.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/x.csv"))
    }
  }

  @Test func aSandboxAsksNobodyElse() throws {
    let folder = try ScratchFolder()
    for address in [
      "postgres://ann@192.0.2.1/shop#t", "postgres:///shop#t", "https://192.0.2.1/x.csv", "sqlite:../x.db#t",
      "sqlite:/etc/x.db#t",
    ] {
      let ended = try run(["--sandbox", ".", "-e", "load \"\(address)\""], folder)
      #expect(ended.status == 3 && ended.errors.contains("error[outside-sandbox]"), "\(address)\n\(ended.errors)")
    }
  }

  /// What a folder's links lead to is outside, whatever the links are called.
  @Test func aSandboxFollowsNoLinkOfAFolderOrAPattern() throws {
    let (outer, folder) = (try ScratchFolder(), try ScratchFolder())
    let outside = try outer.write("a\n1\n", to: "x.csv")
    try FileManager.default.createDirectory(atPath: folder.path + "/data", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/data/x.csv", withDestinationPath: outside)
    for place in ["data", "data/*.csv", "data/x.csv"] {
      let ended = try run(["--sandbox", ".", "-e", "load \"\(place)\"\nshow"], folder)
      #expect(
        ended.status == 3 && ended.errors.contains("error[outside-sandbox]"), "\(place)\n\(ended.output)\(ended.errors)"
      )
    }
  }

  @Test(arguments: [
    ("csv", "a,b\n1,x\n2,y\n"), ("tsv", "a\tb\n1\tx\n2\ty\n"),
    ("jsonl", "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":\"y\"}\n"),
  ])
  func standardInputIsReadInEveryFormatOfText(_ format: String, _ text: String) throws {
    let folder = try ScratchFolder()
    try folder.write(text, to: "in")
    try folder.write("load \"-\", format: \(format), columns: [a]\nexport \"out.csv\"\n", to: "flow.mlp")
    for input in ["<in", "<&3"] {
      let command = "\(input == "<in" ? "" : "exec 3< <(cat in); ")\"$MLP\" flow.mlp \(input)"
      let ended = try Program(path: "/bin/bash").run(
        ["-c", command], in: folder.path, environment: Self.settings.merging(["MLP": Program.mlp.path]) { $1 },
        seconds: 60)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(try String(contentsOfFile: folder.path + "/out.csv", encoding: .utf8) == "a\n1\n2\n")
    }
  }
}
