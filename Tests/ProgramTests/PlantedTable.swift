import Foundation
import ProgramRunning

/// A folder with a table about persons, planted with known values, and what no byte may hold of it.
struct PlantedTable {
  let folder: ScratchFolder
  /// The values by column.
  let values: [String: [String]]

  static let key = "a planted key of many bytes"
  static let guarded = ["name", "email", "phone", "ssn", "card", "iban", "ip", "born", "note", "income"]

  init() throws {
    folder = try ScratchFolder()
    var values: [String: [String]] = [:]
    var lines = [(Self.guarded + ["town", "plan", "left"]).joined(separator: ",")]
    for row in 0..<120 {
      let n = 1000 + row
      let cells = [
        "Qvx\(n) Zplant", "qvx\(n)@planted.example", "+47 77\(n) 99", "8\(n % 100 + 10)-53-\(n)", "4000\(n)7000\(n)",
        "NO93\(n)8800\(n)", "198.51.\(100 + row % 100).\(n % 250)", "19\(20 + row % 80)-0\(1 + row % 9)-1\(row % 10)",
        "saw qvx\(n) twice", "73\(n)551",
      ]
      for (name, cell) in zip(Self.guarded, cells) { values[name, default: []].append(cell) }
      lines.append(
        (cells + [row % 3 == 0 ? "Oslo" : "Bergen", row % 2 == 0 ? "gold" : "tin", (row * 7) % 5 < 2 ? "yes" : "no"])
          .joined(separator: ","))
    }
    self.values = values
    _ = try folder.write(lines.joined(separator: "\n") + "\n", to: "people.csv")
  }

  /// Runs a script in a sandbox, or without one, and gives all that was printed.
  func run(
    _ script: String, sandbox: Bool = true, json: Bool = false
  ) throws -> (status: Int32, text: String) {
    let file = try folder.write(script, to: "script.mlp")
    let flags = (sandbox ? ["--sandbox", folder.path] : []) + (json ? ["--json"] : [])
    let ended = try Program.mlp.run(
      ["run", file] + flags, in: folder.path,
      environment: [
        "MLP_STDLIB": Repository.root + "/stdlib", "MLP_TEST_KEY": Self.key, "TMPDIR": folder.path,
      ])
    return (ended.status, ended.output + ended.errors)
  }

  /// The planted values that stand among bytes, and the key.
  func found(in bytes: Data) -> [String] {
    // Byte by byte: comparing characters takes a hundred times as long.
    var found = values.values.joined().filter { bytes.range(of: Data($0.utf8)) != nil }
    // Of texts their telling parts, however they were cut and spelled.
    let small = Data(bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
    for part in ["zplant", "qvx10", "qvx11"] where small.range(of: Data(part.utf8)) != nil { found.append(part) }
    if bytes.range(of: Data(Self.key.utf8)) != nil { found.append("the key") }
    return found
  }

  /// The files that were written, without the table and the script.
  func written() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter {
      let isFolder = (try? URL(fileURLWithPath: "\(folder.path)/\($0)").resourceValues(forKeys: [.isDirectoryKey]))?
        .isDirectory
      return $0 != "people.csv" && $0 != "script.mlp" && !$0.hasPrefix("mlp-test-") && isFolder != true
    }.sorted()
  }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)) }
}
