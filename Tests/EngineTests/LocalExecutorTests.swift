import Engine
import Expressions
import Kernels
import Plan
import Synchronization
import Tables
import Testing

/// A source that counts how often it is read.
private final class CountedSource: TableSource {
  let name = "rows"
  private let table = Table([("a", .int(Cells([3, 1, 2])))])
  private let reads = Mutex(0)

  var readCount: Int { reads.withLock { $0 } }
  func declaredSchema() -> DeclaredSchema? { DeclaredSchema(schema: table.schema) }
  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    reads.withLock { $0 += 1 }
    return try MemorySource(name: name, table: table).scan(request, progress, take)
  }
}

@Suite struct LocalExecutorTests {
  @Test func aSourceIsReadOnceForAllThatStandsOnIt() throws {
    let source = CountedSource()
    let relation = Relation(source: source, declared: source.declaredSchema())
    let executor = LocalExecutor()
    let sorted = try relation.appending(.choose(Sort(by: [Sort.Key("a")], words: "sort a")))
    let twice = try sorted.appending(
      .feature(Derive("b", .call(.multiply, [.column("a", .int), .literal(.int(2))]))))
    #expect(try executor.table(twice, columns: nil, Progress())["b"] == .int(Cells([2, 4, 6])))
    #expect(try executor.table(sorted, columns: nil, Progress())["a"] == .int(Cells([1, 2, 3])))
    #expect(try executor.base(relation, Progress())["a"] == .int(Cells([3, 1, 2])))
    #expect(source.readCount == 1)
  }

  @Test func notesAreThoseOfTheLastStepThoughItsWordsStandTwice() throws {
    let source = CountedSource()
    let filter = Step.choose(
      Filter(.call(.greater, [.column("a", .int), .literal(.int(1))]), words: "filter a > 1"))
    let relation = try Relation(source: source, declared: source.declaredSchema()).appending(filter).appending(filter)
    let notes = try LocalExecutor().rows(relation, Progress()).notes
    #expect(notes.count == 1 && notes[0].remark == .chosen(from: 2, to: 2, .condition(wrong: 0, missing: 0)))
  }

  @Test func cancelledWorkEndsAsInterrupted() throws {
    let progress = Progress()
    progress.cancel()
    let source = CountedSource()
    let relation = try Relation(source: source, declared: source.declaredSchema()).appending(.drop(["a"]))
    #expect(throws: EngineError.cancelled) { try LocalExecutor().rows(relation, progress) }
  }
}
