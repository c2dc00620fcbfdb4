import Foundation
import ProgramRunning
import Testing

/// Sixteen programs that publish at a time, some of them killed on the way: a thousand versions, none lost and none doubled.
@Suite(.serialized) struct RegistryProgramTests {
  enum Place: String, CaseIterable, Sendable {
    case file, folder, server

    static var installed: [Place] { allCases.filter { $0 != .server || PostgresServer.isThere } }

    /// What names an empty registry of the kind.
    func address(in scratch: ScratchFolder) throws -> String {
      switch self {
      case .file: scratch.path + "/registry.db"
      case .folder: scratch.path + "/models/"
      case .server: try PostgresServer.shared.get().freshDatabase()
      }
    }
  }

  private static let writers = 16
  private static let publishes = 1000

  /// What the writers were told.
  private final class Told: @unchecked Sendable {
    private let lock = NSLock()
    private var acknowledged: [Int] = []
    private var complaints: [String] = []
    private var kills = 0

    func note(_ numbers: [Int], _ ended: Program.Ended) {
      lock.withLock {
        acknowledged += numbers
        if ended.status == 128 + SIGKILL { kills += 1 } else if ended.status != 0 { complaints.append(ended.errors) }
      }
    }

    var all: (acknowledged: [Int], kills: Int, complaints: [String]) {
      lock.withLock { (acknowledged, kills, complaints) }
    }
  }

  @Test(arguments: Place.installed) func manyWritersSomeOfThemKilledLoseAndDoubleNothing(_ place: Place) throws {
    let scratch = try ScratchFolder()
    let address = try place.address(in: scratch)
    let name = "shared_" + UUID().uuidString.prefix(8).lowercased()
    let packed = try Program.mlp.run(
      ["-e", "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain dummy\nexport \"tiny.mlpkg\""],
      in: scratch.path)
    #expect(packed.status == 0, "\(packed.errors)")
    let told = Told()
    DispatchQueue.concurrentPerform(iterations: Self.writers) { writer in
      // Every third writer is killed four times, after a fifth of a second up to one and a half.
      write(writer, name, address, scratch, killed: writer % 3 == 0 ? 4 : 0, told)
    }
    let (acknowledged, kills, complaints) = told.all
    #expect(complaints.isEmpty, "\(complaints.prefix(3))")
    #expect(kills > 0)
    #expect(acknowledged.count >= Self.publishes)
    #expect(Set(acknowledged).count == acknowledged.count, "a number was given twice")
    let (versions, packages) = try versions(of: name, address, scratch)
    #expect(versions == Array(1...max(1, versions.count)), "numbers are left out or doubled")
    #expect(Set(acknowledged).isSubset(of: versions), "a version is lost")
    // A writer that was killed may have published once more than it was told.
    #expect(versions.count - acknowledged.count <= kills)
    #expect(Set(packages).count == 1)
    let opened = try Program.mlp.run(
      [
        "--registry", address, "-e",
        "load iris\nas flowers\nload \"model:\(name)@\(versions.count)\"\npredict flowers\nrollback \"\(name)@newest\"",
      ], in: scratch.path)
    #expect(opened.status == 0, "\(opened.errors)")
  }

  private func write(
    _ writer: Int, _ name: String, _ address: String, _ scratch: ScratchFolder, killed: Int, _ told: Told
  ) {
    var left = Self.publishes / Self.writers + (writer < Self.publishes % Self.writers ? 1 : 0)
    var kills = killed
    for _ in 0..<200 where left > 0 {
      let lines = (0..<left).map { "publish \(name)" + ($0 == 0 ? ", alias: [newest, w\(writer)]" : "") }
      let script = (["load \"tiny.mlpkg\""] + lines).joined(separator: "\n")
      let seconds = kills > 0 ? Double.random(in: 0.02...0.3) : 300
      kills -= 1
      guard
        let ended = try? Program.mlp.run(
          ["--registry", address, "-e", script], in: scratch.path, seconds: seconds)
      else { continue }
      let numbers = Self.numbers(ended.errors)
      left -= numbers.count
      told.note(numbers, ended)
    }
  }

  /// The versions that a writer was told of.
  private static func numbers(_ notes: String) -> [Int] {
    notes.split(separator: "\n").compactMap { line in
      guard let place = line.range(of: ", version "), line.contains("publish: ") else { return nil }
      return Int(line[place.upperBound...].prefix { $0.isNumber })
    }
  }

  private func versions(
    of name: String, _ address: String, _ scratch: ScratchFolder
  ) throws -> (versions: [Int], packages: [String]) {
    let listed = try Program.mlp.run(
      ["--registry", address, "-e", "models \(name)\nselect version, package\nexport \"versions.csv\""],
      in: scratch.path)
    #expect(listed.status == 0, "\(listed.errors)")
    let text = try String(contentsOfFile: scratch.path + "/versions.csv", encoding: .utf8)
    let rows = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    return (rows.compactMap { Int($0[0]) }, rows.map { String($0[1]) })
  }

  @Test func aPublishedModelIsServedUnderItsNameWithItsVersion() throws {
    let scratch = try ScratchFolder()
    let script =
      "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\npublish flower\npublish flower, alias: champion\npublish flower"
    let published = try Program.mlp.run(["--registry", "registry.db", "-e", script], in: scratch.path)
    #expect(published.status == 0, "\(published.errors)")
    let served = try Program.mlp.run(
      ["--registry", "registry.db", "serve", "flower@champion", "--port", "0", "--json"], in: scratch.path, seconds: 5)
    #expect(served.output.contains("\"flower\""), "\(served.output) \(served.errors)")
    #expect(served.output.contains("\"2\""), "\(served.output)")
    let unknown = try Program.mlp.run(
      ["--registry", "registry.db", "serve", "flower@champoin", "--port", "0"], in: scratch.path, seconds: 20)
    #expect(unknown.status == 1)
    #expect(unknown.errors.contains("did you mean 'champion'?"), "\(unknown.errors)")
  }

  @Test func theUsersDataFolderHasTheRegistryThatNobodyNames() throws {
    let scratch = try ScratchFolder()
    let script = "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain dummy\npublish flower\nmodels\nshow"
    let ended = try Program.mlp.run(
      ["-e", script], in: scratch.path, environment: ["XDG_DATA_HOME": scratch.path + "/data", "MLP_REGISTRY": ""])
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/data/mlp/registry.db"))
    let named = try Program.mlp.run(
      ["-e", script], in: scratch.path, environment: ["MLP_REGISTRY": scratch.path + "/models/"])
    #expect(named.status == 0, "\(named.errors)")
    #expect(FileManager.default.fileExists(atPath: scratch.path + "/models/models/flower/versions/1/model.mlpkg"))
  }

  @Test(.enabled(if: PostgresServer.isThere, "\(PostgresServer.absence)"))
  func noMessageHoldsThePasswordOfAServer() throws {
    let scratch = try ScratchFolder()
    let server = try PostgresServer.shared.get()
    let script = "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain dummy\npublish flower\nload \"model:none\""
    for address in [server.address(), server.address(password: "wrong-hush")] {
      let ended = try Program.mlp.run(["--registry", address, "-e", script], in: scratch.path)
      #expect(ended.status == 1, "\(ended.errors)")
      for secret in ["s3cret", "hush"] { #expect(!(ended.output + ended.errors).contains(secret), "\(ended.errors)") }
    }
  }
}
