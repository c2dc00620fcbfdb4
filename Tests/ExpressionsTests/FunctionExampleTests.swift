import Kernels
import Tables
import Testing

@testable import Expressions

@Suite struct FunctionExampleTests {
  @Test(arguments: Function.allCases)
  func everyFunctionHasAnExampleThatGivesWhatItSays(function: Function) throws {
    let description = function.description
    #expect(!description.summary.isEmpty && description.name == function.rawValue)
    guard case .call(let called, let arguments) = description.example else {
      Issue.record("the example of \(function) is no call")
      return
    }
    #expect(called == function && function.arity.contains(arguments.count))
    for folds in [true, false] {
      let compiled = try CompiledExpression(description.example, folds: folds)
      let result = compiled.evaluate(row: [], compiled.makeScratch())
      #expect(result == description.exampleResult, "\(description.example.display)")
      #expect(result == .missing || result.type == compiled.type)
      let wide = try compiled.evaluate([], rowCount: 3, Progress())
      #expect((0..<3).allSatisfy { wide.column[$0] == description.exampleResult })
    }
  }

  /// With columns in place of the literals, so that every function runs on rows and not only on constants.
  @Test(arguments: Function.allCases)
  func examplesRunOnColumnsToo(function: Function) throws {
    guard case .call(_, let arguments) = function.description.example else {
      Issue.record("the example is no call")
      return
    }
    var columns: [Column] = []
    let mustStay: [Function: Set<Int>] = [
      .matches: [1], .regexReplace: [1], .regexExtract: [1, 2], .number: [1, 2], .date: [1], .datetime: [1],
      .dateTrunc: [0], .dateAdd: [2],
    ]
    let bound = arguments.enumerated().map { place, argument -> Expression in
      if mustStay[function]?.contains(place) == true { return argument }
      columns.append(.from([.missing] + [Cell](repeating: argument.cell, count: 2000), type: argument.type))
      return .column("c\(place)", argument.type)
    }
    let compiled = try CompiledExpression(.call(function, bound))
    let result = try compiled.evaluate(columns, rowCount: 2001, Progress())
    #expect(result.column[1] == function.description.exampleResult)
    #expect(result.column[2000] == function.description.exampleResult)
    #expect(result.counts.notANumber == 0)
  }

  @Test func namesOfOtherToolsDoNotShadowOurOwn() {
    let own = Set(Function.allCases.filter { !$0.isOperator }.map(\.rawValue) + Aggregate.allCases.map(\.rawValue))
    for callable in Callable.all {
      #expect(Set(callable.description.otherNames).isDisjoint(with: own), "\(callable.description.name)")
    }
  }

  @Test func theNumberOfArgumentsTellsRowFromAggregate() {
    #expect(Callable.named("max", arity: 1) == .aggregate(.max))
    #expect(Callable.named("max", arity: 2) == .function(.max))
    #expect(Callable.named("seconds", arity: 1) == .function(.seconds))
    #expect(Callable.named("mean", arity: 3) == .aggregate(.mean))
    #expect(Callable.named("add", arity: 2) == nil)
  }
}
