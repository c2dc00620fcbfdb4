import Foundation
import Kernels
import Packaging
import Scoring
import Tables

/// A graph with rows on which a runtime has to answer as the prompt does.
struct OnnxCase: Sendable {
  let name: String
  let graph: Graph
  let table: Table
}

/// The judge did not come to a verdict.
struct JudgeFailed: Error {
  let status: Int32
}

/// The outside judge: Tests/Judges/onnx_judge.py in the Python that MLP_JUDGE_PYTHON names.
enum OnnxJudge {
  static let python = ProcessInfo.processInfo.environment["MLP_JUDGE_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }
  static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"
  static let tolerance = 1e-9

  static var script: String {
    var path = URL(filePath: #filePath).deletingLastPathComponent()
    for _ in 0..<2 { path.deleteLastPathComponent() }
    return path.appending(path: "Judges/onnx_judge.py").path
  }

  /// What the judge says of each case by its name: `1e-16`, or `inf` and where.
  static func verdicts(_ cases: [OnnxCase]) throws -> [String: String] {
    guard let python else { return [:] }
    let folder = FileManager.default.temporaryDirectory.appending(path: "mlp-onnx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var arguments = [script]
    for (place, item) in cases.enumerated() {
      let stem = folder.appending(path: "\(place)").path
      try write(item, stem)
      arguments += [stem + ".onnx", stem + ".rows.csv", stem + ".expected.csv"]
    }
    let lines = try run(python, arguments + ["\(tolerance)"]).split(separator: "\n")
    var found: [String: String] = [:]
    for (item, line) in zip(cases, lines) {
      found[item.name] = line.split(separator: ": ", maxSplits: 1).last.map(String.init)
    }
    return found
  }

  private static func write(_ item: OnnxCase, _ stem: String) throws {
    try Data(OnnxTarget.emit(item.graph)).write(to: URL(filePath: stem + ".onnx"))
    let scored = try Scorer(graph: item.graph).score(item.table, Progress())
    var expected: [(String, Column)] = [("prediction", scored.prediction)]
    for (place, name) in (scored.probabilities?.names ?? []).enumerated() {
      let cells = scored.probabilities?.values(of: place)
      expected.append(("probability_\(name)", .float(Cells(cells ?? []))))
    }
    try csv(item.table).write(to: URL(filePath: stem + ".rows.csv"))
    try csv(Table(expected)).write(to: URL(filePath: stem + ".expected.csv"))
  }

  private static func csv(_ table: Table) -> Data {
    let rows = (0..<table.rowCount).map { row in table.columns.map { quoted($0[row].description) } }
    let lines = ([table.names.map(quoted)] + rows).map { $0.joined(separator: ",") }
    return Data((lines.joined(separator: "\n") + "\n").utf8)
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus <= 1 else { throw JudgeFailed(status: process.terminationStatus) }
    return String(decoding: output, as: UTF8.self)
  }
}
