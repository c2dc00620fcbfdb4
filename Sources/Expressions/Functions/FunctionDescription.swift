import Notation
import Tables

/// The headings under which functions are listed.
public enum FunctionGroup: String, Sendable, Hashable, CaseIterable {
  case operators = "Operators"
  case mathematics = "Mathematics"
  case text = "Text"
  case conversions = "Conversions"
  case dates = "Dates"
  case aggregates = "Aggregates"
  case windows = "Windows"
}

/// What a function or an aggregate says of itself: help, completion, did-you-mean and the reference are made from it, and its
/// example is run by a test.
public struct FunctionDescription: Sendable, Hashable {
  /// The name in scripts, or the operator's word.
  public let name: String
  /// How it is written: `round(x, digits)`, `a // b`.
  public let signature: String
  /// One line without a full stop.
  public let summary: String
  public let group: FunctionGroup
  /// The example; its text is `example.display`. An aggregate's reads the columns of `sample`.
  public let example: Expression
  /// What the example gives.
  public let exampleResult: Cell
  /// The columns that the example of an aggregate or of a function of the rows around reads.
  public let sample: [SampleColumn]
  /// Words of other tools for it, for did-you-mean.
  public let otherNames: [String]

  public struct SampleColumn: Sendable, Hashable {
    public let name: String
    public let type: ColumnType
    public let cells: [Cell]
  }

  init(
    _ name: String, _ signature: String, _ summary: String, _ group: FunctionGroup, _ example: Expression,
    _ result: Cell, sample: [SampleColumn] = [], otherNames: [String] = []
  ) {
    self.name = name
    self.signature = signature
    self.summary = summary
    self.group = group
    self.example = example
    exampleResult = result
    self.sample = sample
    self.otherNames = otherNames
  }
}

extension Function {
  /// Name, signature, summary and an example. Every function has one; the tests hold the catalogue to that.
  public var description: FunctionDescription {
    Self.catalogue[self]
      ?? FunctionDescription(rawValue, "\(rawValue)(…)", "", .operators, .missing(.float), .missing)
  }

  private static let catalogue = Dictionary(
    (operators + mathematics + texts + conversions + dates).map { ($0.function, $0.description) },
    uniquingKeysWith: { first, _ in first })
}

/// One line of the catalogue.
struct CatalogueEntry: Sendable {
  let function: Function
  let description: FunctionDescription

  init(
    _ function: Function, _ signature: String, _ summary: String, _ group: FunctionGroup, _ arguments: [Expression],
    _ result: Cell, _ otherNames: [String] = []
  ) {
    self.function = function
    description = FunctionDescription(
      function.rawValue, signature, summary, group, .call(function, arguments), result, otherNames: otherNames)
  }
}

extension Expression {
  /// A day as a literal, for the examples; a day that is not on the calendar is missing.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> Expression {
    CivilDate(year: year, month: month, day: day).map { .literal(.date($0.days)) } ?? .missing(.date)
  }

  /// A moment as a literal, for the examples.
  static func moment(_ year: Int, _ month: Int, _ day: Int, _ hour: Int64, _ minute: Int64 = 0, _ second: Int64 = 0)
    -> Expression
  {
    guard let date = CivilDate(year: year, month: month, day: day) else { return .missing(.datetime) }
    let seconds = Int64(date.days) * 86_400 + hour * 3600 + minute * 60 + second
    return .literal(.datetime(seconds * 1_000_000))
  }

  static func int(_ value: Int64) -> Expression { .literal(.int(value)) }
  static func float(_ value: Double) -> Expression { .literal(.float(value)) }
  static func text(_ value: String) -> Expression { .literal(.text(value)) }
  static func bool(_ value: Bool) -> Expression { .literal(.bool(value)) }

  /// The value of a literal; missing for anything else.
  var cell: Cell { if case .literal(let cell) = self { cell } else { .missing } }
}
