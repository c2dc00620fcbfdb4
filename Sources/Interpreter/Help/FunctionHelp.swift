import Display
import Expressions
import Language
import Notation
import Tables

extension Help {
  /// Every function by group, and those that lets made.
  static func functions(_ scope: Scope) -> Display {
    var parts: [Display] = []
    for group in FunctionGroup.allCases where group != .operators {
      let rows = FunctionPages.members(group).map { description -> [Tables.Cell] in
        [.text(description.signature), .text(description.summary)]
      }
      parts.append(.table(DisplayTable(["function", "gives"], rows: rows, title: group.rawValue)))
    }
    let own = scope.allFunctions.map { function -> [Tables.Cell] in [.text(function.signature), .text(function.home)] }
    if !own.isEmpty { parts.append(.table(DisplayTable(["function", "made in"], rows: own, title: "Made by let"))) }
    return .group(parts)
  }

  /// The page of one function; both forms of `min` and `max`.
  static func function(_ name: String) -> Display? {
    let found = FunctionPages.all.filter { $0.name == name }
    if found.isEmpty { return nil }
    return .group(
      found.flatMap { description -> [Display] in
        [
          .heading("\(description.signature): \(description.summary)"),
          .text("  " + FunctionPages.example(description)),
        ]
      })
  }

  /// The source of a function made by `let`.
  static func function(_ function: Scope.Function) -> Display {
    .group([
      .heading("\(function.signature): made by let in \(function.home)"),
      .text(Secrets.masked("  let \(function.signature) = \(ExpressionPrinter.text(function.body))")),
    ])
  }
}

/// The functions of the language as help and reference list them.
enum FunctionPages {
  /// Functions that are called, then aggregates, then operators.
  static let all: [FunctionDescription] =
    Callable.all.map(\.description) + Function.allCases.filter(\.isOperator).map(\.description)

  static func members(_ group: FunctionGroup) -> [FunctionDescription] { all.filter { $0.group == group } }

  /// `round(2.5) gives 3`
  static func example(_ description: FunctionDescription) -> String {
    let written = description.example.display
    return "\(written) gives \(Scalar.cell(description.exampleResult))"
  }
}
