import Foundation

/// A program that tests run: the `mlp` of this build, or a judge's Python.
public struct Program: Sendable {
  /// How a program ended, with all that it wrote.
  public struct Ended: Sendable {
    /// The exit status; 128 and the signal's number for one that a signal ended.
    public let status: Int32
    public let output: String
    public let errors: String

    public init(status: Int32, output: String, errors: String) {
      self.status = status
      self.output = output
      self.errors = errors
    }
  }

  public let path: String

  public init(path: String) { self.path = path }

  /// The `mlp` under test: `MLP_BINARY`, else the one that was built beside the running tests.
  public static let mlp: Program = {
    if let named = ProcessInfo.processInfo.environment["MLP_BINARY"] { return Program(path: named) }
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return Program(path: tests.deletingLastPathComponent().appendingPathComponent("mlp").path)
  }()

  /// Runs to the end, without standard input. It is killed after `seconds`.
  public func run(
    _ arguments: [String], in folder: String = FileManager.default.currentDirectoryPath,
    environment changes: [String: String] = [:], seconds: Double = 600
  ) throws -> Ended {
    let scratch = try ScratchFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(changes) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files and not pipes: a full pipe would block a program that nobody reads.
    let places = ["output", "errors"].map { scratch.path + "/" + $0 }
    for place in places { FileManager.default.createFile(atPath: place, contents: nil) }
    process.standardOutput = FileHandle(forWritingAtPath: places[0])
    process.standardError = FileHandle(forWritingAtPath: places[1])
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    if ended.wait(timeout: .now() + seconds) == .timedOut {
      kill(process.processIdentifier, SIGKILL)
      ended.wait()
    }
    let texts = try places.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
    let signalled = process.terminationReason == .uncaughtSignal
    return Ended(status: process.terminationStatus + (signalled ? 128 : 0), output: texts[0], errors: texts[1])
  }
}
