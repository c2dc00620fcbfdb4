import Kernels
import Tables
import Testing

@testable import Expressions

/// What a condition may be is never less than what it is of rows within the bounds.
@Suite struct PossibleTruthTests {
  private static func bounds(_ column: Column, telling: Bool, hiding: Bool) -> CellBounds {
    var (least, greatest): (Cell?, Cell?)
    for row in 0..<column.count where column[row] != .missing {
      if least.map({ isLess(column[row], $0) }) ?? true { least = column[row] }
      if greatest.map({ isLess($0, column[row]) }) ?? true { greatest = column[row] }
    }
    // As a file that does not count its numbers that are none.
    let missing = hiding ? 0 : column.missingCount
    return CellBounds(
      least: telling ? least : nil, greatest: telling ? greatest : nil, missing: missing, mayMissMore: hiding)
  }

  private static func isLess(_ a: Cell, _ b: Cell) -> Bool {
    switch (a, b) {
    case (.bool(let a), .bool(let b)): !a && b
    case (.int(let a), .int(let b)), (.datetime(let a), .datetime(let b)): a < b
    case (.float(let a), .float(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: false
    }
  }

  /// Conditions over columns and literals of the same kinds, so that many decide by the bounds.
  private struct Conditions {
    var random: CounterRandom

    mutating func condition(_ depth: Int) -> Expression {
      switch depth == 0 ? 9 : random.next(below: 10) {
      case 0, 1: return .call(.and, (0..<2 + random.next(below: 2)).map { _ in condition(depth - 1) })
      case 2, 3: return .call(.or, (0..<2 + random.next(below: 2)).map { _ in condition(depth - 1) })
      case 4: return .call(.not, [condition(depth - 1)])
      default: return test()
      }
    }

    private mutating func test() -> Expression {
      let field = RandomExpressions.columns[random.next(below: RandomExpressions.columns.count)]
      let column = Expression.column(field.name, field.type)
      switch random.next(below: 8) {
      case 0: return .call(.isMissing, [column])
      case 1: return .call(.isPresent, [column])
      case 2: return .call(.in, [column] + (0..<random.next(below: 4)).map { _ in literal(field.type) })
      case 3 where field.type != .bool: return .call(.between, [column, literal(field.type), literal(field.type)])
      case 4 where field.type == .bool: return column
      default:
        let all: [Function] = [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
        let some = field.type == .bool ? Array(all[..<2]) : all
        let sides = [column, literal(field.type == .int && random.next(below: 3) == 0 ? .float : field.type)]
        return .call(some[random.next(below: some.count)], random.next(below: 3) == 0 ? sides.reversed() : sides)
      }
    }

    private mutating func literal(_ type: ColumnType) -> Expression {
      switch type {
      case .bool: .literal(.bool(random.next(below: 2) == 0))
      case .int: .literal(.int([-2, 0, 1, 3, 1 << 53, .max][random.next(below: 6)]))
      case .float, .vector: .literal(.float([-1.5, -0.0, 0.5, 3, 0x1p53, 0x1p63][random.next(below: 6)]))
      case .text: .literal(.text(["", "a", "b", "é", "z"][random.next(below: 5)]))
      case .date: .literal(.date([-1, 0, 5, 900][random.next(below: 4)]))
      case .datetime: .literal(.datetime([-1, 0, 5, 900][random.next(below: 4)]))
      }
    }

    mutating func column(_ type: ColumnType, rows: Int) -> Column {
      let share = random.next(below: 3) * 3
      let cells = (0..<rows).map { _ -> Cell in
        if random.next(below: 8) < share { return .missing }
        guard case .literal(let cell) = literal(type) else { return .missing }
        return cell
      }
      switch type {
      case .bool: return .bool(Cells(cells.map { if case .bool(let value) = $0 { value } else { nil } }, filler: false))
      case .int: return .int(Cells(cells.map { if case .int(let value) = $0 { value } else { nil } }, filler: 0))
      case .float, .vector: return .float(Cells(cells.map(\.number), filler: 0))
      case .text: return .text(TextCells(cells.map { if case .text(let value) = $0 { value } else { nil } }))
      case .date: return .date(Cells(cells.map { if case .date(let value) = $0 { value } else { nil } }, filler: 0))
      case .datetime:
        return .datetime(Cells(cells.map { if case .datetime(let value) = $0 { value } else { nil } }, filler: 0))
      }
    }
  }

  @Test(arguments: 0..<40) func noRowIsOverlooked(seed: Int) throws {
    var conditions = Conditions(random: CounterRandom(seed: UInt64(seed)))
    var decided = 0
    for _ in 0..<250 {
      let rows = 1 + conditions.random.next(below: 5)
      var columns: [String: Column] = [:]
      var bounds: [String: CellBounds] = [:]
      for field in RandomExpressions.columns {
        let column = conditions.column(field.type, rows: rows)
        columns[field.name] = column
        let hiding = field.type == .float && conditions.random.next(below: 2) == 0
        bounds[field.name] = Self.bounds(column, telling: conditions.random.next(below: 4) > 0, hiding: hiding)
      }
      let condition = conditions.condition(3)
      let truth = condition.possibleTruth(of: RowsOutline(rowCount: rows, bounds: bounds))
      let compiled = try CompiledExpression(condition)
      let inputs = compiled.inputs.compactMap { columns[$0.name] }
      let (column, _) = try compiled.evaluate(inputs, rowCount: rows, Progress())
      let found = (0..<rows).map { column[$0] }
      #expect(truth.canBeTrue || !found.contains(.bool(true)), "\(condition) \(bounds)")
      #expect(truth.canBeFalse || !found.contains(.bool(false)), "\(condition) \(bounds)")
      #expect(truth.canBeMissing || !found.contains(.missing), "\(condition) \(bounds)")
      // Where cells are missing that nobody counts, their conditions are not counted either.
      let isCounted = condition.columns.allSatisfy { bounds[$0]?.mayMissMore == false }
      if isCounted, let missing = truth.missing { #expect(found.count { $0 == .missing } == missing) }
      decided += truth.canBeTrue ? 0 : 1
    }
    #expect(decided > 25)
  }

  @Test func constantsAreWorkedOut() {
    let rows = RowsOutline(rowCount: 3, bounds: ["d": CellBounds(least: .date(0), greatest: .date(9), missing: 0)])
    let day = Expression.call(.makeDate, [.literal(.int(1971)), .literal(.int(1)), .literal(.int(1))])
    let later = Expression.call(.greaterOrEqual, [.column("d", .date), day])
    #expect(later.possibleTruth(of: rows) == .never)
    #expect(Expression.call(.less, [day, .column("d", .date)]).possibleTruth(of: rows) == .never)
    #expect(Expression.call(.isMissing, [.column("other", .int)]).possibleTruth(of: rows).canBeTrue)
  }
}
