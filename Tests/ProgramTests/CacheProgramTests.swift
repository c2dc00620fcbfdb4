import Foundation
import ProgramRunning
import Testing

/// `--cache DIR` as it is seen from outside.
@Suite(.serialized) struct CacheProgramTests {
  private static let settings = ["MLP_STDLIB": Repository.root + "/stdlib"]
  private static let flow = """
    load diamonds
    filter carat > 0.3
    sort price = down
    label price
    split valid: 0.2, seed: 3
    train boost, trees: 20
    eval
    """

  private func run(_ arguments: [String], _ folder: ScratchFolder, seconds: Double = 600) throws -> Program.Ended {
    try Program.mlp.run(arguments, in: folder.path, environment: Self.settings, seconds: seconds)
  }

  @Test func theSecondRunSaysWhatIsUnchangedAndShowsTheSame() throws {
    let folder = try ScratchFolder()
    for mode in [[], ["--json"], ["--quiet"]] {
      let plain = try run(mode + ["-e", Self.flow], folder)
      let first = try run(mode + ["--cache", "kept", "-e", Self.flow], folder)
      let second = try run(mode + ["--cache", "kept", "-e", Self.flow], folder)
      #expect(plain.status == 0 && first.status == 0 && second.status == 0, "\(second.errors)")
      #expect(first.output == plain.output && second.output == plain.output)
      if mode != ["--quiet"] { #expect(second.errors.contains("cache: 7 of 7 stages unchanged")) }
    }
    let changed = try run(["--cache", "kept", "-e", Self.flow.replacing("trees: 20", with: "trees: 21")], folder)
    #expect(changed.errors.contains("cache: 5 of 7 stages unchanged"))
  }

  /// Killed at any moment, a run leaves a cache that the next one can use.
  @Test func aKilledRunLeavesAUsableCache() throws {
    let folder = try ScratchFolder()
    let plain = try run(["-e", Self.flow], folder)
    var killed = 0
    for round in 0..<25 {
      let ended = try run(
        ["--cache", "kept", "--seed", "\(round / 5)", "-e", Self.flow], folder,
        seconds: 0.01 + 0.03 * Double(round % 10))
      killed += ended.status > 128 ? 1 : 0
    }
    #expect(killed > 5, "only \(killed) of the runs were killed")
    let after = try run(["--cache", "kept", "-e", Self.flow], folder)
    #expect(after.output == plain.output && !after.errors.contains("-cache"), "\(after.errors)")
    #expect(try run(["--cache", "kept", "-e", Self.flow], folder).errors.contains("7 of 7"))
  }

  /// A disk that takes no more ends no run: it goes on without keeping more, and says so once. What was kept is good.
  @Test func aFullDiskEndsNoRun() throws {
    let folder = try ScratchFolder()
    let plain = try run(["-e", Self.flow], folder)
    let limited = Program(path: "/usr/bin/env")
    let ended = try limited.run(
      ["prlimit", "--fsize=9000", Program.mlp.path, "--cache", "kept", "-e", Self.flow], in: folder.path,
      environment: Self.settings, seconds: 600)
    #expect(ended.status == 0 && ended.output == plain.output, "\(ended.errors)")
    #expect(ended.errors.components(separatedBy: "unusable-cache").count == 2, "\(ended.errors)")
    let files = FileManager.default.enumerator(atPath: folder.path + "/kept")?.compactMap { $0 as? String } ?? []
    #expect(!files.isEmpty && !files.contains { $0.contains(".") }, "\(files)")
    let after = try run(["--cache", "kept", "-e", Self.flow], folder)
    #expect(after.status == 0 && after.output == plain.output && !after.errors.contains("-cache"), "\(after.errors)")
  }

  @Test func twoRunsShareAFolder() async throws {
    let folder = try ScratchFolder()
    let plain = try run(["-e", Self.flow], folder)
    let ended = try await withThrowingTaskGroup(of: Program.Ended.self) { group in
      for _ in 0..<3 { group.addTask { try self.run(["--cache", "kept", "-e", Self.flow], folder) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for one in ended { #expect(one.output == plain.output && !one.errors.contains("-cache"), "\(one.errors)") }
  }

  @Test func aFolderOfOtherFilesIsLeftAlone() throws {
    let folder = try ScratchFolder()
    try folder.write("mine", to: "letter.txt")
    let ended = try run(["--cache", ".", "-e", "load iris\nshow"], folder)
    #expect(ended.status == 0 && ended.errors.contains("unusable-cache"), "\(ended.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["letter.txt"])
    let file = try run(["--cache", "letter.txt", "-e", "load iris\nshow"], folder)
    #expect(file.status == 0 && file.errors.contains("unusable-cache"), "\(file.errors)")
    #expect(try String(contentsOfFile: folder.path + "/letter.txt", encoding: .utf8) == "mine")
  }

  @Test func aSandboxHoldsTheCache() throws {
    let folder = try ScratchFolder()
    let outside = try ScratchFolder()
    let refused = try run(["--sandbox", ".", "--cache", outside.path + "/kept", "-e", "1"], folder)
    #expect(refused.status == 2 && refused.errors.contains("outside-sandbox"), "\(refused.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
    #expect(try run(["--sandbox", ".", "--cache", "kept", "-e", "1"], folder).status == 0)
  }

  /// A byte of a file that was changed is noticed, also where its time of writing was put back.
  @Test func aChangedByteIsNoticed() throws {
    let folder = try ScratchFolder()
    let file = try folder.write("a,b\n1,2\n3,4\n", to: "rows.csv")
    let flow = "load \"rows.csv\"\nshow"
    _ = try run(["--cache", "kept", "-e", flow], folder)
    var status = stat()
    #expect(stat(file, &status) == 0)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
    try handle.seek(toOffset: 4)
    try handle.write(contentsOf: Data("9".utf8))
    try handle.close()
    var times = [status.st_atim, status.st_mtim]
    #expect(utimensat(AT_FDCWD, file, &times, 0) == 0)
    let plain = try run(["-e", flow], folder)
    let cached = try run(["--cache", "kept", "-e", flow], folder)
    #expect(plain.output.contains("9") && cached.output == plain.output)
    #expect(cached.errors.contains("cache: 0 of 2 stages unchanged"), "\(cached.errors)")
  }
}
