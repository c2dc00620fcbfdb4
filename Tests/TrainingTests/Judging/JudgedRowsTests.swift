import Kernels
import Metrics
import Plan
import Tables
import Testing
import Training

@Suite struct JudgedRowsTests {
  static let labels = (0..<40).map { $0 % 3 == 0 ? "yes" : "no" }

  @Test func theValidPartIsJudgedWhereThereIsOne() throws {
    let split = try SmallSplit.make(Self.labels, train: 0..<20, valid: 20..<32, test: 32..<40)
    let judged = try JudgedRows(SmallSplit.model(split), Progress())
    #expect(judged.part == .valid && judged.scored.rows.elementsEqual(20..<32))
    #expect(judged.judgement.trueCodes == (20..<32).map { $0 % 3 == 0 ? 1 : 0 })
    #expect(try judged.column("x", Progress())?.count == 12 && judged.column("z", Progress()) == nil)
  }

  @Test func withoutOneEachTrainingRowIsJudgedOutOfFold() throws {
    let split = try SmallSplit.make(Self.labels, train: 0..<32, test: 32..<40)
    let judged = try JudgedRows(SmallSplit.model(split), Progress())
    #expect(judged.part == .outOfFold && judged.scored.rows.sorted() == Array(0..<32))
  }

  @Test func openingTheSealedPartIsCounted() throws {
    let split = try SmallSplit.make(Self.labels, train: 0..<20, valid: 20..<32, test: 32..<40)
    let model = try SmallSplit.model(split)
    let ledger = OpeningLedger()
    let first = try JudgedRows(opening: split, of: model, ledger, Progress())
    #expect(first.part == .test && first.model.openings == 1 && first.judgement.rowCount == 8)
    #expect(try JudgedRows(opening: split, of: model, ledger, Progress()).model.openings == 2)
    let none = try SmallSplit.make(Self.labels, train: 0..<40)
    #expect(throws: EngineError.self) { try JudgedRows(opening: none, of: model, ledger, Progress()) }
  }

  @Test func slicesAreCutIntoADozenAndTheRest() {
    let values = (0..<100).map { Int64($0 < 60 ? $0 % 12 : $0) }
    let slices = Slices(of: .int(Cells(values))).parts
    #expect(slices.map(\.name) == (0..<12).map { "\($0)" } + ["others"])
    #expect(slices[1].rows == [1, 13, 25, 37, 49] && slices[12].rows == Array(60..<100))
    let few = Slices(of: .int(Cells([2, nil, 2, 1], filler: 0))).parts
    #expect(few.map(\.name) == ["missing", "1", "2"] && few.map(\.rows) == [[1], [3], [0, 2]])
  }
}
