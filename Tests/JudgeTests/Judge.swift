import Foundation
import ProgramRunning

/// Programs of other people that say whether our numbers are right, in the environment of `scripts/setup --judges`.
enum Judge {
  static let python: Program? = {
    let usual = Repository.root + "/.build/judges/bin/python"
    let path = ProcessInfo.processInfo.environment["MLP_JUDGE_PYTHON"] ?? usual
    return FileManager.default.isExecutableFile(atPath: path) ? Program(path: path) : nil
  }()

  static let isThere = python != nil
  static let absence = "THE JUDGES ARE NOT INSTALLED, so this is NOT checked: run scripts/test"

  /// Runs one of `Tests/Judges`.
  static func run(_ script: String, _ arguments: [String] = []) throws -> Program.Ended {
    guard let python else { throw Absent() }
    // Their threads spin while they wait: on a busy machine one is faster than two.
    let settings = [
      "MLP_BINARY": Program.mlp.path, "MLP_STDLIB": Repository.root + "/stdlib", "OMP_NUM_THREADS": "1",
    ]
    return try python.run(
      [Repository.root + "/Tests/Judges/" + script] + arguments, environment: settings, seconds: 900)
  }

  struct Absent: Error {}
}
