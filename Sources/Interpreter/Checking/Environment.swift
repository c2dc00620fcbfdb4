import Diagnostics
import Language
import Notation
import Plan

/// What the statements so far have made, as far as types go. A session keeps the values beside it.
public struct Environment: Sendable {
  /// Lets, params, functions and named values.
  public var scope = Scope()
  /// Verbs made by `define`; the last of a name counts, and a body sees those made before it.
  public internal(set) var defined: [String: [DefinedVerb]] = [:]
  /// The types of named values; `_` is the last one.
  public internal(set) var namedTypes: [String: ValueType] = [:]
  /// The type of the last value.
  public internal(set) var last: ValueType = .nothing
  /// Whether the last entry at the prompt failed: a leading `|>` would take another value than it seems to.
  public var isAfterFailure = false
  /// For a kind of value that the last one is no more, the stage that made another of it, as it is written.
  private(set) var takenBy: [SubjectKind: String] = [:]
  /// The flow that the last value comes from.
  var flow: Flow?
  /// Where the files are that the stages so far write; while they are only checked, nothing is there to look at.
  var promisedFiles: Set<String> = []
  /// The files that the stages so far read, by their paths.
  var readFiles: Set<String> = []
  /// The files that the session has written.
  let writtenFiles = WrittenFiles()
  /// Whether files that were there before are kept, as at a prompt; a script that runs again replaces what it wrote.
  var keepsFiles = false
  /// The stages that have shown cells of guarded columns, and the last stage where it has.
  var exposures: [Exposure] = []
  var lastExposure: Exposure?
  /// Whether a stage so far gave columns whose cells are guarded.
  var guardsColumns = false
  /// Files that `use` has read.
  var usedFiles: Set<String> = []
  private(set) var definitions = 0

  /// A run of stages from the one that began it.
  struct Flow: Sendable {
    let line: Int
    var stages: Int
  }

  public init() {}

  /// The verb made by `define` of that name, seen from a definition of that order.
  func definedVerb(_ name: String, before order: Int = .max) -> DefinedVerb? {
    defined[name]?.last { $0.order < order }
  }

  /// Every verb made by `define`, by its latest definition, in order.
  public var definedVerbs: [DefinedVerb] { defined.values.compactMap(\.last).sorted { $0.order < $1.order } }

  mutating func define(_ declaration: DefineDeclaration, home: String) {
    let verb = DefinedVerb(declaration: declaration, home: home, order: definitions)
    definitions += 1
    defined[declaration.name.text, default: []].append(verb)
  }

  /// `meaning` where more is known of the value than its type: the figures of a look that ran.
  mutating func setLast(_ type: ValueType, _ meaning: Scope.Meaning? = nil) {
    last = type
    namedTypes["_"] = type
    scope.replace("_", meaning ?? Self.meaning(of: type))
  }

  /// As `setLast`, for what a stage of these words gives.
  mutating func setLast(_ type: ValueType, _ meaning: Scope.Meaning? = nil, by stage: String) {
    let (before, after) = (last.subjectKind, type.subjectKind)
    if before != after, before != .nothing, after != .nothing { takenBy[before] = stage }
    takenBy[after] = nil
    setLast(type, meaning)
  }

  mutating func name(_ name: String, _ type: ValueType, _ meaning: Scope.Meaning? = nil) {
    namedTypes[name] = type
    scope.define(name, meaning ?? Self.meaning(of: type), .named)
  }

  /// What a named value of that type is in an expression, before its figures are known.
  static func meaning(of type: ValueType) -> Scope.Meaning {
    switch type {
    case .unknown, .scalar, .nothing: .unknown
    case .look(let look): .value(Scope.NamedValue(kind: "the \(look.kind)", figureNames: look.figures))
    default: .value(Scope.NamedValue(kind: type.word, figureNames: []))
    }
  }
}

/// A verb made of verbs.
public struct DefinedVerb: Sendable {
  public let declaration: DefineDeclaration
  /// Where it was made: `prelude`, or the script's name.
  public let home: String
  let order: Int

  public var name: String { declaration.name.text }

  /// As it is written: `tidy COLUMNS, keep: 0.5`.
  public var usage: String {
    let parameters = declaration.parameters.map { parameter in
      parameter.defaultValue.map { "\(parameter.name.text): \(ExpressionPrinter.text($0))" }
        ?? parameter.name.text.uppercased()
    }
    return Secrets.masked(parameters.isEmpty ? name : name + " " + parameters.joined(separator: ", "))
  }

  /// Its source, passwords of addresses being masked.
  public var source: String { Secrets.masked(SyntaxPrinter.text(Statement(.define(declaration)))) }
}
