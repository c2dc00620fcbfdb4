import Kernels
import Tables
import Testing

@testable import Expressions

/// Grows bound expressions of every function over a fixed set of columns.
struct RandomExpressions {
  var random: CounterRandom
  static let columns: [Field] = [
    Field("b", .bool), Field("i", .int), Field("f", .float), Field("t", .text), Field("d", .date),
    Field("m", .datetime),
  ]

  mutating func cell(_ type: ColumnType) -> Cell {
    if random.next(below: 6) == 0 { return .missing }
    switch type {
    case .bool: return .bool(random.next(below: 2) == 0)
    case .int: return .int([0, 1, -3, 7, .max, .min, 1 << 53 + 1, 12][random.next(below: 8)])
    case .float, .vector: return .float([0, -0.0, 1.5, -2.25, 1e300, 1e-300, 9.5, 100][random.next(below: 8)])
    case .text: return .text(["", "a", "Blåbær på", "12", "2026-01-31", "1,5 kr", "yes", " x "][random.next(below: 8)])
    case .date: return .date([0, -1, 20_000, 11_016, .max, .min][random.next(below: 6)])
    case .datetime: return .datetime([0, -1, 1_700_000_000_000_000, .max, .min][random.next(below: 5)])
    }
  }

  mutating func expression(_ depth: Int) -> Expression {
    if depth == 0 || random.next(below: 5) == 0 { return leaf() }
    for _ in 0..<60 {
      let function = Function.allCases[random.next(below: Function.allCases.count)]
      guard case .call(_, let sample) = function.description.example else { continue }
      var arguments = sample
      // Literals that a function insists on stay; some others become expressions of any type that fits.
      for place in sample.indices where !Self.isFixed(function, place) { arguments[place] = expression(depth - 1) }
      if function.result(arguments.map(\.type)) != nil { return .call(function, arguments) }
    }
    return leaf()
  }

  private static func isFixed(_ function: Function, _ place: Int) -> Bool {
    switch function {
    case .matches, .regexReplace, .date, .datetime: place == 1
    case .regexExtract, .number: place >= 1
    case .dateTrunc: place == 0
    case .dateAdd: place == 2
    default: false
    }
  }

  private mutating func leaf() -> Expression {
    let field = Self.columns[random.next(below: Self.columns.count)]
    if random.next(below: 3) > 0 { return .column(field.name, field.type) }
    let cell = cell(field.type)
    return cell == .missing ? .missing(field.type) : .literal(cell)
  }
}

@Suite(.serialized) struct RandomExpressionTests {
  /// Width 1 and wide, folded and not, one thread and two: all the same bits.
  @Test(arguments: 0..<400)
  func everyWayOfRunningGivesTheSame(seed: Int) throws {
    var source = RandomExpressions(random: CounterRandom(seed: UInt64(seed), stream: 77))
    var expression = source.expression(4)
    // A datetime's unit of the day may have met a date: another is drawn.
    while !Self.hasGoodUnits(expression) { expression = source.expression(4) }
    let rowCount = seed % 10 == 0 ? 20_000 : 70
    var columns: [String: Column] = [:]
    for field in RandomExpressions.columns {
      columns[field.name] = .from((0..<rowCount).map { _ in source.cell(field.type) }, type: field.type)
    }
    let compiled = try CompiledExpression(expression)
    let unfolded = try CompiledExpression(expression, folds: false)
    let inputs = compiled.inputs.map { columns[$0.name] ?? .missing($0.type, count: rowCount) }
    Threads.set(1)
    let one = try compiled.evaluate(inputs, rowCount: rowCount, Progress())
    Threads.set(2)
    let two = try unfolded.evaluate(inputs, rowCount: rowCount, Progress())
    #expect(one.column == two.column && one.counts.notANumber == two.counts.notANumber, "\(expression.display)")
    #expect(one.counts.rounded == two.counts.rounded, "\(expression.display)")
    #expect(one.column.type == expression.type)
    let scratch = compiled.makeScratch()
    for row in stride(from: 0, to: rowCount, by: max(1, rowCount / 70)) {
      let cell = compiled.evaluate(row: inputs.map { $0[row] }, scratch)
      #expect(cell == one.column[row], "\(expression.display) of row \(row)")
    }
    if case .float(let cells) = one.column { #expect(cells.values.allSatisfy { $0.isFinite }) }
  }

  private static func hasGoodUnits(_ expression: Expression) -> Bool {
    do throws(ExpressionError) {
      try expression.check()
      return true
    } catch {
      return if case .badUnit = error { false } else { true }
    }
  }

  @Test func nestingWithoutEndIsRefused() {
    var expression = Expression.column("x", .float)
    for _ in 0..<(CompiledExpression.maximumDepth + 1) { expression = .call(.negate, [expression]) }
    var doubled = Expression.column("x", .float)
    for _ in 0..<60 { doubled = .call(.add, [doubled, doubled]) }
    #expect(throws: ExpressionError.tooLarge) { try doubled.check() }
    #expect(throws: ExpressionError.tooLarge) { try expression.check() }
  }
}
