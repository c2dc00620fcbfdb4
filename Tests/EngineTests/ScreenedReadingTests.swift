import Engine
import Expressions
import Kernels
import Plan
import Synchronization
import Tables
import Testing

/// A source that asks of each chunk whether it is wanted, by the bounds of its cells, where somebody has filters.
private final class BoundedSource: TableSource {
  let name = "rows"
  private let chunks: [Table]
  private let passed = Mutex(0)

  init(_ chunks: [Table]) { self.chunks = chunks }

  var passedCount: Int { passed.withLock { $0 } }
  func declaredSchema() -> DeclaredSchema? { DeclaredSchema(schema: chunks[0].schema) }
  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    for chunk in chunks {
      if let screen = request.screen, screen.passesOver(Self.outline(chunk)) {
        passed.withLock { $0 += 1 }
      } else if try take(chunk) == .stop {
        break
      }
    }
    return ScanReport(schema: chunks[0].schema, rowCount: chunks.reduce(0) { $0 + $1.rowCount })
  }

  private static func outline(_ chunk: Table) -> RowsOutline {
    var bounds: [String: CellBounds] = [:]
    for (name, column) in zip(chunk.names, chunk.columns) {
      guard case .int(let cells) = column else { continue }
      let values = (0..<cells.count).compactMap { cells.isValid($0) ? cells.values[$0] : nil }
      bounds[name] = CellBounds(
        least: values.min().map { .int($0) }, greatest: values.max().map { .int($0) }, missing: column.missingCount)
    }
    return RowsOutline(rowCount: chunk.rowCount, bounds: bounds)
  }
}

/// What is told of rows that were never read is what is told of them when they are.
@Suite struct ScreenedReadingTests {
  private static func chunks(_ random: inout CounterRandom) -> [Table] {
    (0..<6).map { place in
      func cells(_ share: Int) -> Cells<Int64> {
        Cells(
          (0..<1 + random.next(below: 6)).map { _ in
            random.next(below: 10) < share ? nil : Int64(place * 5 + random.next(below: 8))
          }, filler: 0)
      }
      let a = cells([0, 3, 10][random.next(below: 3)])
      let b = Cells((0..<a.count).map { Int64($0) - Int64(place) })
      return Table([("a", .int(a)), ("b", .int(b))])
    }
  }

  private static func filter(_ random: inout CounterRandom) -> Filter {
    let (name, value) = (["a", "b"][random.next(below: 2)], Int64(random.next(below: 30)))
    let test = Expression.call(
      [.less, .greaterOrEqual, .equal][random.next(below: 3)], [.column(name, .int), .literal(.int(value))])
    let other = Expression.call(.less, [.column("b", .int), .literal(.int(2))])
    let all: [Expression] = [test, .call(.and, [test, other]), .call(.or, [test, other]), .call(.not, [test])]
    return Filter(all[random.next(below: all.count)], words: "filter \(random.next(below: 1000))")
  }

  @Test(arguments: 0..<60) func rowsFactsAndNotesAreThoseOfAllRows(seed: Int) throws {
    var random = CounterRandom(seed: UInt64(seed))
    let chunks = Self.chunks(&random)
    let filters = (0..<1 + random.next(below: 3)).map { _ in Self.filter(&random) }
    let executor = LocalExecutor()
    func relation(_ filters: [any RowChooser]) -> Relation {
      let source = BoundedSource(chunks)
      return Relation(
        source: source, declared: source.declaredSchema(), plan: ReadingPlan(columns: .all, filters: filters))
    }
    var (expected, screened) = (relation([]), relation(filters))
    var held = [expected, screened]
    for step in [nil] + filters.map(Optional.some) {
      if let step {
        expected = try expected.appending(.choose(step))
        screened = try screened.appending(.choose(step))
      }
      let (left, right) = (try executor.rows(expected, Progress()), try executor.rows(screened, Progress()))
      #expect(left.rows.rowCount == right.rows.rowCount)
      #expect(left.rows.columns.map(\.field) == right.rows.columns.map(\.field))
      #expect(left.rows.columns.map(\.missing) == right.rows.columns.map(\.missing))
      #expect(left.notes.map(\.remark) == right.notes.map(\.remark))
      expected = expected.settled(by: left.rows)
      screened = screened.settled(by: right.rows)
      held += [expected, screened]
    }
    let left = try executor.table(expected, columns: nil, Progress())
    #expect(try executor.table(screened, columns: nil, Progress()) == left)
    withExtendedLifetime(held) {}
  }

  @Test func allRowsMayBePassedOver() throws {
    var random = CounterRandom(seed: 1)
    let source = BoundedSource(Self.chunks(&random))
    let none = Filter(.call(.greater, [.column("b", .int), .literal(.int(99))]), words: "filter b > 99")
    let plan = ReadingPlan(columns: .all, filters: [none])
    let relation = Relation(source: source, declared: source.declaredSchema(), plan: plan)
    let executor = LocalExecutor()
    let all = try executor.rows(relation, Progress())
    let left = try executor.table(try relation.appending(.choose(none)), columns: nil, Progress())
    #expect(left.rowCount == 0 && left.schema == Schema([Field("a", .int), Field("b", .int)]))
    #expect(source.passedCount == 6 && all.rows.rowCount > 0)
  }
}
