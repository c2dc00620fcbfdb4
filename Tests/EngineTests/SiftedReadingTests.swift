import Engine
import Expressions
import Kernels
import Plan
import Synchronization
import Tables
import Testing

/// A source of chunks, which counts how often it is read.
private final class ChunkSource: TableSource {
  let name = "rows"
  private let chunks: [Table]
  private let report: ScanReport
  private let reads = Mutex(0)

  init(_ chunks: [Table], _ report: ScanReport) {
    self.chunks = chunks
    self.report = report
  }

  var readCount: Int { reads.withLock { $0 } }
  func declaredSchema() -> DeclaredSchema? { DeclaredSchema(schema: report.schema) }
  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    reads.withLock { $0 += 1 }
    for chunk in chunks { if try take(chunk) == .stop { break } }
    return report
  }
}

/// Filters that run while a source is read give what they give of the rows in memory, and what is told of the rows is the same.
@Suite struct SiftedReadingTests {
  private static let positive = Filter(.call(.less, [.literal(.int(0)), .column("a", .int)]), words: "filter a > 0")
  private static let small = Filter(.call(.less, [.column("a", .int), .literal(.int(9))]), words: "filter a < 9")

  private static func chunk(_ a: [Int64?], _ b: [Double?]) -> Table {
    Table([("a", .int(Cells(a, filler: 0))), ("b", .float(Cells(b, filler: 0)))])
  }

  private static func source() -> ChunkSource {
    let chunks = [
      chunk([1, nil, -3], [nil, 0.5, 1]), chunk([-1, -2], [2, 3]), chunk([12, 8, nil], [nil, nil, 4]), chunk([7], [5]),
    ]
    return ChunkSource(chunks, ScanReport(schema: chunks[0].schema, notes: ["read"], rowCount: 9))
  }

  private static func relation(_ source: ChunkSource, _ filters: [any RowChooser]) -> Relation {
    Relation(
      source: source, declared: source.declaredSchema(), plan: ReadingPlan(columns: .all, filters: filters))
  }

  @Test func rowsFactsAndNotesAreThoseOfFilteringAfterwards() throws {
    let filters = [Self.positive, Self.small]
    let (plain, sifting) = (Self.source(), Self.source())
    let executor = LocalExecutor()
    var expected = Self.relation(plain, [])
    var sifted = Self.relation(sifting, filters)
    // The rows of a relation live as long as it does, and the step after it needs them.
    var held = [sifted]
    for step in [nil, Self.positive, Self.small] {
      if let step {
        expected = try expected.appending(.choose(step))
        sifted = try sifted.appending(.choose(step))
      }
      let (left, right) = (try executor.rows(expected, Progress()), try executor.rows(sifted, Progress()))
      #expect(left.rows.rowCount == right.rows.rowCount)
      #expect(left.rows.columns.map(\.field) == right.rows.columns.map(\.field))
      #expect(left.rows.columns.map(\.missing) == right.rows.columns.map(\.missing))
      #expect(left.notes.map(\.remark) == right.notes.map(\.remark))
      expected = expected.settled(by: left.rows)
      sifted = sifted.settled(by: right.rows)
      held.append(sifted)
      if step != nil, step?.words == Self.small.words {
        #expect(
          try executor.table(expected, columns: nil, Progress()) == executor.table(sifted, columns: nil, Progress()))
      }
    }
    #expect(sifting.readCount == 1 && held.count == 4)
  }

  @Test func rowsThatWereNotKeptAreReadAgainForWhoeverAsksAfterAll() throws {
    let source = Self.source()
    let sifted = Self.relation(source, [Self.positive, Self.small])
    let executor = LocalExecutor()
    _ = try executor.rows(sifted, Progress())
    let whole = try executor.base(sifted, Progress())
    #expect(whole.rowCount == 9 && source.readCount == 2)
    let other = try sifted.appending(.choose(Self.small))
    #expect(try executor.rows(other, Progress()).rows.rowCount == 6)
    let next = try sifted.appending(.choose(Self.positive))
    let all = try executor.rows(next, Progress()).rows
    #expect(try all.table(nil, Progress())["a"] == .int(Cells([1, 12, 8, 7])))
  }

  /// A condition over ints is another over floats, so rows that were judged as ints are judged again.
  @Test func aColumnThatTurnsOnTheWayIsFilteredAsWhatItIsAtTheEnd() throws {
    let fraction = Table([("a", .float(Cells([0.5, 11]))), ("b", .float(Cells([1, 2])))])
    let schema = Schema([Field("a", .float), Field("b", .float)])
    let source = ChunkSource([Self.chunk([1, -2], [1, 2]), fraction], ScanReport(schema: schema, rowCount: 4))
    let condition = Expression.call(.less, [.literal(.int(0)), .column("a", .float)])
    let filter = Filter(condition, words: "filter a > 0")
    let sifted = Self.relation(source, [filter])
    let executor = LocalExecutor()
    #expect(try executor.rows(sifted, Progress()).rows.rowCount == 4)
    #expect(source.readCount == 2)
    let table = try executor.table(try sifted.appending(.choose(filter)), columns: nil, Progress())
    #expect(table["a"] == .float(Cells([1, 0.5, 11])))
  }

  @Test func noRowMayBeLeft() throws {
    let source = Self.source()
    let none = Filter(.call(.less, [.column("a", .int), .literal(.int(-99))]), words: "filter a < -99")
    let sifted = try Self.relation(source, [none]).appending(.choose(none))
    _ = try LocalExecutor().rows(sifted, Progress())
    let table = try LocalExecutor().table(sifted, columns: nil, Progress())
    #expect(table.rowCount == 0 && table.types == [.int, .float])
  }
}

extension Table {
  fileprivate var types: [ColumnType] { columns.map(\.type) }
}
