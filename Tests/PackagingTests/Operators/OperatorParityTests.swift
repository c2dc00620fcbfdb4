import Expressions
import Kernels
import Packaging
import Tables
import Testing

@testable import Scoring

/// Every operator on every target of ours: blocks of rows, one row at a time, and a package that is written, read and run give the
/// same bits. ONNX is held to its judge, or refuses by name.
@Suite struct OperatorParityTests {
  static let samples = OperatorKind.allCases.flatMap { kind in
    (0..<OperatorSample.count).map { OperatorSample(kind, seed: $0, isJudged: false) }
  }

  static let judged = OperatorKind.allCases.map { kind in
    (kind, (0..<OperatorSample.count).map { OperatorSample(kind, seed: $0, isJudged: true) })
  }

  @Test(arguments: OperatorKind.allCases)
  func everyWayToRunGivesTheSameBits(kind: OperatorKind) throws {
    for sample in Self.samples where sample.kind == kind {
      #expect(sample.graph.nodes.contains { $0.op.kind == kind })
      let packed = try Self.packed(sample.graph)
      for table in [ExtremeRows.table, JudgedRows.table] {
        let scorer = try Scorer(graph: sample.graph)
        let wide = try Self.answers(scorer, table)
        #expect(try Self.answers(Scorer(graph: packed), table) == wide)
        #expect(Self.rows(scorer, table) == wide)
        #expect(Self.rows(try Scorer(graph: packed.pruned()), table) == wide)
      }
    }
  }

  @Test(arguments: OperatorKind.allCases)
  func aGraphWithNoRowsGivesNone(kind: OperatorKind) throws {
    let sample = OperatorSample(kind, seed: 0, isJudged: false)
    let scored = try Scorer(graph: sample.graph).score(Table([], rowCount: 0), Progress())
    #expect(scored.prediction.count == 0)
  }

  /// Absent columns are missing throughout, for one row as for many.
  @Test(arguments: OperatorKind.allCases)
  func withoutItsColumnsEveryRowIsThatOfMissingCells(kind: OperatorKind) throws {
    for sample in Self.samples where sample.kind == kind {
      let scorer = try Scorer(graph: sample.graph)
      let wide = try Self.answers(scorer, Table([], rowCount: 3))
      #expect(Self.rows(scorer, Table([], rowCount: 3)) == wide)
    }
  }

  /// One run of the judge over all cells of the matrix.
  static let verdicts = Result {
    try OnnxJudge.verdicts(judged.flatMap { cases($0.0, $0.1) })
  }

  @Test(.enabled(if: OnnxJudge.python != nil, "MLP_JUDGE_PYTHON is not set"), arguments: OperatorKind.allCases)
  func onnxAnswersTheSameOrRefusesByName(kind: OperatorKind) throws {
    let samples = Self.judged.first { $0.0 == kind }?.1 ?? []
    #expect(!samples.isEmpty)
    if case .none(let reason) = OnnxTarget.support(kind) {
      #expect(!reason.isEmpty)
      for sample in samples { #expect(throws: Unsupported.self) { try OnnxTarget.emit(sample.graph) } }
    }
    let verdicts = try Self.verdicts.get()
    for item in Self.cases(kind, samples) {
      let verdict = verdicts[item.name] ?? "no verdict"
      let difference = verdict.split(separator: " ").first.flatMap { Double($0) } ?? .infinity
      #expect(difference <= OnnxJudge.tolerance, "\(item.name): \(verdict)")
    }
  }

  private static func cases(_ kind: OperatorKind, _ samples: [OperatorSample]) -> [OnnxCase] {
    guard OnnxTarget.support(kind).isHeld else { return [] }
    return samples.enumerated().map {
      OnnxCase(name: "sample \(kind.rawValue) \($0)", graph: $1.graph, table: JudgedRows.table)
    }
  }

  // MARK: Answers as bits

  private static func packed(_ graph: Graph) throws -> Graph {
    var package = SamplePackage.bare
    package.graph = graph
    if graph.probabilities != nil { package.task = graph.classes.count == 2 ? .binary : .multiclass }
    return try MlpkgReader.read(MlpkgWriter.bytes(package)).graph
  }

  /// The answers of a row: text for the prediction and flags, bits for every place.
  struct Answer: Equatable {
    let prediction: Cell
    let probabilities: [UInt64]
    let flags: [Bool]

    init(_ prediction: Cell, _ probabilities: [Double], _ flags: [Bool]) {
      // Not-a-number is one value, which is equal to itself here and not the same as a missing cell.
      let isNumber = if case .float(let value) = prediction { !value.isNaN } else { true }
      self.prediction = isNumber ? prediction : .text("not a number")
      // Not-a-number is one value here, whatever bits a processor gives it.
      self.probabilities = probabilities.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      self.flags = flags
    }
  }

  private static func answers(_ scorer: Scorer, _ table: Table) throws -> [Answer] {
    let scored = try scorer.score(table, Progress())
    return (0..<table.rowCount).map { row in
      Answer(scored.prediction[row], scored.probabilities?.row(row) ?? [], scored.flags.map { $0.rows[row] })
    }
  }

  private static func rows(_ scorer: Scorer, _ table: Table) -> [Answer] {
    let single = RowScorer(scorer)
    return (0..<table.rowCount).map { row in
      let score = single.score(row: scorer.inputs.map { table[$0.name]?[row] ?? .missing })
      return Answer(score.prediction, score.probabilities, score.flags)
    }
  }
}
