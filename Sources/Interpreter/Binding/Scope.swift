import Diagnostics
import Language

/// The names of a script that are no columns: lets, params, named values, and functions made by `let`.
///
/// Each definition sees those made before it and none made later, so that nothing can call itself, and a name given anew
/// leaves what was made of the old one as it was.
public struct Scope: Sendable {
  /// What a name stands for where an expression is read.
  public enum Meaning: Sendable {
    case scalar(Scalar)
    /// A table, split, model, service or look that was named.
    case value(NamedValue)
    /// Not settled before the script runs, or failed and reported: nothing is said about it.
    case unknown
  }

  /// How a name came about, for listings and messages.
  public enum Origin: String, Sendable {
    case `let`, param
    case named = "as"
  }

  public struct Entry: Sendable {
    public let meaning: Meaning
    public let origin: Origin
    let order: Int
  }

  /// A named value as expressions see it.
  public struct NamedValue: Sendable {
    /// With its article: `a table`, `an evaluation`.
    public let kind: String
    /// Its figures (`report.auc`); nil while they are not known.
    public let figures: [String: Scalar]?
    /// The names of its figures as far as they are known before it runs.
    public let figureNames: [String]?

    public init(kind: String, figures: [String: Scalar]? = nil, figureNames: [String]? = nil) {
      self.kind = kind
      self.figures = figures
      self.figureNames = figures.map { $0.keys.sorted() } ?? figureNames
    }
  }

  /// A let with parameters. Its body sees them and what was defined before it.
  public struct Function: Sendable {
    public let name: String
    public let parameters: [String]
    public let body: Expr
    /// Where it was made, for listings: `prelude`, or the script's name.
    public let home: String
    let order: Int

    /// As it was written.
    public var signature: String { "\(name)(\(parameters.joined(separator: ", ")))" }
  }

  private var values: [String: [Entry]] = [:]
  private var functions: [String: [Function]] = [:]
  /// How many definitions were made.
  private(set) var order = 0

  public init() {}

  public mutating func define(_ name: String, _ meaning: Meaning, _ origin: Origin) {
    values[name, default: []].append(Entry(meaning: meaning, origin: origin, order: order))
    order += 1
  }

  /// Gives a name its only meaning: for `_`, which changes with every stage.
  mutating func replace(_ name: String, _ meaning: Meaning) {
    values[name] = [Entry(meaning: meaning, origin: .named, order: order)]
    order += 1
  }

  public mutating func define(function name: String, parameters: [String], body: Expr, home: String) {
    let function = Function(name: name, parameters: parameters, body: body, home: home, order: order)
    functions[name, default: []].append(function)
    order += 1
  }

  /// The value of that name, as seen by a definition of that order, or by all that follows.
  func value(_ name: String, before limit: Int = .max) -> Entry? { values[name]?.last { $0.order < limit } }

  func function(_ name: String, before limit: Int = .max) -> Function? { functions[name]?.last { $0.order < limit } }

  /// What the name stands for now.
  public subscript(_ name: String) -> Meaning? { value(name)?.meaning }

  public func function(named name: String) -> Function? { function(name) }

  /// Every value with its latest meaning, in order of definition.
  public var entries: [(name: String, entry: Entry)] {
    values.compactMap { name, all in all.last.map { (name, $0) } }.sorted { $0.1.order < $1.1.order }
  }

  /// Every function by its latest definition, in order of definition.
  public var allFunctions: [Function] { functions.values.compactMap(\.last).sorted { $0.order < $1.order } }

  public var valueNames: [String] { entries.map(\.name) }
  public var functionNames: [String] { allFunctions.map(\.name) }
}
