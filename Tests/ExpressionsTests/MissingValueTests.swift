import Kernels
import Tables
import Testing

@testable import Expressions

/// The value of an expression of literals alone.
func value(_ expression: Expression) throws -> Cell {
  let compiled = try CompiledExpression(expression, folds: false)
  return compiled.evaluate(row: [], compiled.makeScratch())
}

/// The value and the count of cells without one, over the cells of a single column named x.
func over(_ cells: [Cell], _ type: ColumnType, _ expression: (Expression) -> Expression) throws -> (
  [Cell], notANumber: Int
) {
  let compiled = try CompiledExpression(expression(.column("x", type)))
  let result = try compiled.evaluate([.from(cells, type: type)], rowCount: cells.count, Progress())
  return (cells.indices.map { result.column[$0] }, result.counts.notANumber)
}

@Suite struct MissingValueTests {
  private static let states: [(Expression, Bool?)] = [
    (.bool(true), true), (.bool(false), false), (.missing(.bool), nil),
  ]

  private static func cell(_ value: Bool?) -> Cell { value.map(Cell.bool) ?? .missing }

  /// Kleene's tables, row by row.
  @Test func theTruthTablesOfAndOrNot() throws {
    let and: [[Bool?]] = [[true, false, nil], [false, false, false], [nil, false, nil]]
    let or: [[Bool?]] = [[true, true, true], [true, false, nil], [true, nil, nil]]
    let not: [Bool?] = [false, true, nil]
    for (i, left) in Self.states.enumerated() {
      #expect(try value(.call(.not, [left.0])) == Self.cell(not[i]))
      for (j, right) in Self.states.enumerated() {
        #expect(try value(.call(.and, [left.0, right.0])) == Self.cell(and[i][j]))
        #expect(try value(.call(.or, [left.0, right.0])) == Self.cell(or[i][j]))
      }
    }
  }

  @Test func aFailedCellCountsOnlyWhereItShows() throws {
    let inverse = { (x: Expression) in Expression.call(.divide, [.int(1), x]) }
    let cells: [Cell] = [.int(2), .int(0), .missing]
    let plain = try over(cells, .int, inverse)
    #expect(plain.0 == [.float(0.5), .missing, .missing] && plain.notANumber == 1)
    let guarded = try over(cells, .int) { x in
      .call(.ifElse, [.call(.notEqual, [x, .int(0)]), inverse(x), .float(0)])
    }
    #expect(guarded.0 == [.float(0.5), .float(0), .missing] && guarded.notANumber == 0)
    let filled = try over(cells, .int) { .call(.coalesce, [inverse($0), .float(9)]) }
    #expect(filled.0 == [.float(0.5), .float(9), .float(9)] && filled.notANumber == 0)
    let asked = try over(cells, .int) { .call(.isMissing, [inverse($0)]) }
    #expect(asked.0 == [.bool(false), .bool(true), .bool(true)] && asked.notANumber == 0)
  }

  @Test func aConditionThatIsMissingChoosesNeither() throws {
    #expect(try value(.call(.ifElse, [.missing(.bool), .int(1), .int(2)])) == .missing)
    #expect(try value(.call(.ifElse, [.bool(true), .int(1), .missing(.float)])) == .float(1))
  }

  @Test func membershipIsAChainOfEquals() throws {
    let (one, two, nothing) = (Expression.int(1), Expression.int(2), Expression.missing(.int))
    #expect(try value(.call(.in, [one, one, two])) == .bool(true))
    #expect(try value(.call(.in, [nothing, one, two])) == .missing)
    #expect(try value(.call(.in, [nothing, one, nothing])) == .bool(true))
    #expect(try value(.call(.in, [two, one, nothing])) == .bool(false))
    // An element that is computed and has no value makes the answer open, as `==` with it does.
    let failed = Expression.call(.int, [.text("none")])
    #expect(try value(.call(.in, [two, one, failed])) == .missing)
    #expect(try value(.call(.in, [one, one, failed])) == .bool(true))
    #expect(try value(.call(.in, [.float(1.5), one, .float(1.5)])) == .bool(true))
    #expect(try value(.call(.in, [.int(9_007_199_254_740_993), .float(9_007_199_254_740_992)])) == .bool(false))
  }

  /// Those that have a rule of their own for missing arguments.
  static let exempt: Set<Function> = [.and, .or, .in, .isMissing, .isPresent, .coalesce]

  @Test(arguments: Function.allCases.filter { !exempt.contains($0) })
  func everyOtherFunctionOfAMissingValueIsMissing(function: Function) throws {
    guard case .call(_, let arguments) = function.description.example else {
      Issue.record("the example is no call")
      return
    }
    for place in arguments.indices {
      let mustBeLiteral = [Function.matches, .regexReplace, .regexExtract, .number, .date, .datetime].contains(function)
      if mustBeLiteral && place > 0 || function == .dateTrunc && place == 0 || function == .dateAdd && place == 2 {
        continue
      }
      // The branch that is not chosen may be missing.
      if function == .ifElse && place == 2 { continue }
      var missing = arguments
      missing[place] = .missing(arguments[place].type)
      #expect(try value(.call(function, missing)) == .missing)
    }
  }
}
