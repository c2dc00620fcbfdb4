import CSQLite
import Foundation
import Kernels
import Plan
import ProgramRunning
import Testing

@testable import Registry

/// Files and folders that are no registry, of a later one, or damaged: none is changed.
@Suite struct ForeignRegistryTests {
  private func sql(_ path: String, _ statements: String) {
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    #expect(sqlite3_open(path, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, statements, nil, nil, nil) == SQLITE_OK)
  }

  private func publish(_ address: RegistryAddress) throws {
    let registry = try ModelRegistry(address, isLoopbackOnly: true, Kernels.Progress())
    _ = try registry.publish(
      try StoredPackage.bytes("bare"), try StoredPackage.facts("bare"), as: "churn", aliases: ["champion"])
  }

  @Test func anotherProgramsFileIsLeftAsItIs() throws {
    let scratch = try ScratchFolder()
    let notes = try scratch.write(String(repeating: "these are notes\n", count: 100), to: "notes.txt")
    #expect(problem { try publish(.file(notes)) } == .foreign(notes))
    #expect(try String(contentsOfFile: notes, encoding: .utf8).hasPrefix("these are notes"))
    let shop = scratch.path + "/shop.db"
    sql(shop, "CREATE TABLE orders (id INTEGER)")
    let before = try Data(contentsOf: URL(fileURLWithPath: shop))
    #expect(problem { try publish(.file(shop)) } == .foreign(shop))
    #expect(try Data(contentsOf: URL(fileURLWithPath: shop)) == before)
  }

  @Test func anotherProgramsFolderIsLeftAsItIs() throws {
    let scratch = try ScratchFolder()
    try scratch.write("x", to: "thesis.txt")
    #expect(problem { try publish(.folder(scratch.path)) } == .foreign(scratch.path))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["thesis.txt"])
  }

  @Test func aLaterFormatIsSaid() throws {
    let scratch = try ScratchFolder()
    let file = scratch.path + "/registry.db"
    try publish(.file(file))
    sql(file, "PRAGMA user_version = 9")
    #expect(problem { try publish(.file(file)) } == .newer(file, version: 9))
    let folder = scratch.path + "/models"
    try publish(.folder(folder))
    try "{\"format\":9}".write(toFile: folder + "/registry.json", atomically: true, encoding: .utf8)
    #expect(problem { try publish(.folder(folder)) } == .newer(folder, version: 9))
  }

  @Test func aPackageThatWasChangedIsNotOpened() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.path + "/models"
    try publish(.folder(folder))
    let path = folder + "/models/churn/versions/1/model.mlpkg"
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let registry = try ModelRegistry(.folder(folder), isLoopbackOnly: true, Kernels.Progress())
    let version = try registry.version(ModelReference("churn"))
    #expect(problem { _ = try registry.model(version, of: "churn") } == .damaged(folder, model: "churn", version: 1))
  }

  @Test(arguments: ["", "{}", "null", "[1", "{\"published\":1}"])
  func aRecordThatIsNoneIsSaid(_ text: String) throws {
    let scratch = try ScratchFolder()
    let file = scratch.path + "/registry.db"
    try publish(.file(file))
    sql(file, "UPDATE versions SET facts = '\(text)'")
    let registry = try ModelRegistry(.file(file), isLoopbackOnly: true, Kernels.Progress())
    #expect(problem { _ = try registry.history(of: "churn") } == .damaged(file, model: "churn", version: 1))
  }

  @Test func aServerOfAnotherMachineIsOutsideASandbox() {
    #expect(throws: EngineError.self) {
      _ = try ModelRegistry(.server("postgres://ann:hush@192.0.2.1/ml"), isLoopbackOnly: true, Kernels.Progress())
    }
  }

  @Test func whatAKilledWriterLeftBesideIsNoVersionAndIsSweptLater() throws {
    let scratch = try ScratchFolder()
    let folder = scratch.path + "/models"
    try publish(.folder(folder))
    let versions = folder + "/models/churn/versions"
    for name in [".new-1", ".new-2"] {
      try FileManager.default.createDirectory(atPath: "\(versions)/\(name)", withIntermediateDirectories: true)
      try "part".write(toFile: "\(versions)/\(name)/model.mlpkg", atomically: false, encoding: .utf8)
    }
    let old = [FileAttributeKey.modificationDate: Date(timeIntervalSinceNow: -200_000)]
    try FileManager.default.setAttributes(old, ofItemAtPath: versions + "/.new-1")
    try publish(.folder(folder))
    let registry = try ModelRegistry(.folder(folder), isLoopbackOnly: true, Kernels.Progress())
    #expect(try registry.history(of: "churn").versions.map(\.number) == [1, 2])
    #expect(try FileManager.default.contentsOfDirectory(atPath: versions).sorted() == [".new-2", "1", "2"])
  }

  @Test func aLockThatIsHeldIsWaitedForUntilTheWorkIsCancelled() throws {
    let scratch = try ScratchFolder()
    let file = scratch.path + "/registry.db"
    try publish(.file(file))
    var handle: OpaquePointer?
    defer { sqlite3_close_v2(handle) }
    #expect(sqlite3_open(file, &handle) == SQLITE_OK)
    #expect(sqlite3_exec(handle, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK)
    let progress = Kernels.Progress()
    let registry = try ModelRegistry(.file(file), isLoopbackOnly: true, progress)
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { progress.cancel() }
    let started = Clock.seconds
    #expect(throws: EngineError.cancelled) {
      _ = try registry.publish(
        try StoredPackage.bytes("bare"), try StoredPackage.facts("bare"), as: "churn", aliases: [])
    }
    #expect(Clock.seconds - started > 0.2)
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    #expect(try registry.history(of: "churn").versions.count == 1)
  }
}
