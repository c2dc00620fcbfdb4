import Foundation
import ProgramRunning
import Testing

/// `mlp run --json` as another program reads it.
@Suite(.serialized) struct JSONResultTests {
  private struct Result {
    let members: [String: Any]
    var kind: String? { members["kind"] as? String }
    var verb: String? { members["verb"] as? String }
    var stage: Int? { members["stage"] as? Int }
    var rows: [[Any]] { members["rows"] as? [[Any]] ?? [] }
    private var columns: [[String: Any]] { members["columns"] as? [[String: Any]] ?? [] }
    /// Names with types; a column without one has none.
    var types: [String: String] {
      Dictionary(
        columns.compactMap { column in (column["name"] as? String).map { ($0, column["type"] as? String ?? "") } }
      ) {
        first, _ in first
      }
    }
  }

  /// The results of the demo's flow, without its service.
  private static func demo() throws -> [Result] {
    let folder = try ScratchFolder()
    let script = try String(contentsOfFile: Repository.root + "/scripts/demos/titanic.mlp", encoding: .utf8)
    let lines = script.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("serve") }
    let file = try folder.write(lines.joined(separator: "\n"), to: "titanic.mlp")
    let ended = try Program.mlp.run(
      ["run", file, "--json"], in: folder.path, environment: ["MLP_STDLIB": Repository.root + "/stdlib"])
    try #require(ended.status == 0, "\(ended.output)\n\(ended.errors)")
    return try ended.output.split(separator: "\n").map { line in
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
      return Result(members: try #require(value as? [String: Any]))
    }
  }

  @Test func theDemoIsFoundByVerbAndStage() throws {
    let results = try Self.demo()
    for result in results where result.kind != nil {
      #expect(result.verb != nil && result.stage != nil && result.members["words"] is String, "\(result.members)")
      #expect((result.members["line"] as? Int ?? 0) > 1)
    }
    func found(_ verb: String, _ kind: String) throws -> Result {
      try #require(results.first { $0.verb == verb && $0.kind == kind }, "\(kind) of \(verb)")
    }
    let board = try found("train", "table")
    for (name, type) in ["rank": "int", "algorithm": "text", "log_loss": "float", "± se": "float", "options": "text"] {
      #expect(board.types[name] == type, "\(name)")
    }
    #expect(board.rows.count == 4 && !board.types.values.contains(""))

    let metrics = try found("eval", "metrics")
    #expect(metrics.types == ["all": "float", "female": "float", "male": "float"])
    let figures = try #require(metrics.members["metrics"] as? [[String: Any]])
    let auc = try #require(figures.first { $0["name"] as? String == "auc" }?["figures"] as? [[String: Any]])
    #expect(auc.count == 3 && (auc[0]["value"] as? Double ?? 0) > 0.75)

    let matrix = try found("eval", "confusion_matrix")
    #expect(matrix.types == ["no": "int", "yes": "int"])
    #expect((matrix.members["counts"] as? [[Int]])?.map(\.count) == [2, 2])

    let verdicts = try found("require", "table")
    #expect(verdicts.types == ["requirement": "text", "reached": "float", "verdict": "text"])
    #expect(verdicts.rows.map { $0[2] as? String } == ["met", "met"])

    let importances = try found("explain", "table")
    #expect(importances.types["column"] == "text" && importances.types["importance"] == "float")
    #expect(importances.rows.contains { $0[0] as? String == "sex" })
    let stages = [board, metrics, verdicts, importances].compactMap(\.stage)
    #expect(stages == stages.sorted() && Set(stages).count == 4)
  }

  @Test func listsOfTheModelAreLists() throws {
    let card = try #require(try Self.demo().first { $0.verb == "train" && $0.kind == "facts" })
    let facts = try #require(card.members["facts"] as? [[String: Any]])
    func list(_ name: String) -> [String]? { facts.first { $0["name"] as? String == name }?["value"] as? [String] }
    #expect(list("inputs")?.contains("sex") == true && (list("steps")?.count ?? 0) > 2)
  }
}
