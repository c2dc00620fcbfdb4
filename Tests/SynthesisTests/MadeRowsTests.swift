import Engine
import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Synthesis

@Suite struct MadeRowsTests {
  private static let numbers = DistributionRows(
    [
      DistributionRows.Member("a", .integers(low: 0, high: 9)),
      DistributionRows.Member("b", .integers(low: 0, high: 9)),
    ], seed: 5)

  private static func condition(_ function: Function) -> MadeRowCondition {
    MadeRowCondition(
      Filter(.call(function, [.column("a", .int), .column("b", .int)]), words: "a \(function) b"))
  }

  private static func made(
    _ count: Int, _ checks: [any MadeRowCheck], _ maker: any RowMaking = numbers
  ) throws -> Collected {
    let schema = RelationSchema(name: "t", raw: Schema(maker.fields))
    let rows = MadeRows(maker, count: count, checks: checks, schema: schema, words: "synth")
    return try rows.apply([.whole(Table([]))], LocalExecutor(), Progress())
  }

  @Test func asManyRowsAsAskedForMeetTheCondition() throws {
    let made = try Self.made(20_000, [Self.condition(.less)])
    let table = try made.rows.table(nil, Progress())
    #expect(table.rowCount == 20_000)
    #expect(zip(table.numbers("a"), table.numbers("b")).allSatisfy { ($0 ?? 9) < ($1 ?? 0) })
    guard case .made(20_000, let tried)? = made.notes.first?.remark else {
      Issue.record("what was tried is told")
      return
    }
    // 45 of 100 pairs are in order.
    #expect(abs(20_000 / Double(tried) - 0.45) < 0.02)
  }

  @Test func rowsDoNotHangOnThreads() throws {
    defer { Threads.set(2) }
    Threads.set(1)
    let one = try Self.made(9000, [Self.condition(.less)])
    Threads.set(7)
    let other = try Self.made(9000, [Self.condition(.less)])
    #expect(try one.rows.table(nil, Progress()) == other.rows.table(nil, Progress()))
    #expect(one.notes == other.notes)
  }

  @Test func whatNoRowMeetsEndsInAnError() throws {
    #expect(
      throws: EngineError(
        .synthesis(.tooFewPass(made: 0, of: 10, tried: 50_000, condition: "a greater b")))
    ) {
      try Self.made(10, [Self.condition(.greater), Self.condition(.less)])
    }
  }

  @Test func aCancelledStageEnds() {
    let progress = Progress()
    progress.cancel()
    let schema = RelationSchema(name: "t", raw: Schema(Self.numbers.fields))
    let rows = MadeRows(Self.numbers, count: 1 << 40, schema: schema, words: "synth")
    #expect(throws: EngineError.cancelled) { try rows.apply([.whole(Table([]))], LocalExecutor(), progress) }
  }
}
