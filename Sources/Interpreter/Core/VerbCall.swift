import Descriptions
import Diagnostics
import Expressions
import Language
import Plan

extension VerbCall {
  /// The look that the stage follows, where it follows one: its subject is what that looked at.
  public var look: LookType? { if case .look(let look)? = namedTypes["_"] { look } else { nil } }
}

/// A verb's call with its options read and checked against the description, and what it takes to bind the rest.
public struct VerbCall: Sendable {
  /// The verb's name as written.
  public let verb: Name
  /// The whole stage.
  public let range: SourceRange
  /// Positional arguments and column assignments, in order, not yet bound.
  public let arguments: [Argument]
  public let options: Options
  /// Where each option's value stands.
  public let optionRanges: [String: SourceRange]
  /// Option values as they were written, for options that take an expression over columns.
  public let optionExpressions: [String: Expr]
  /// Lets, params and named values in reach.
  public let scope: Scope
  /// The types of named values, for verbs that take one: `compare a, b`, `predict customers`.
  public let namedTypes: [String: ValueType]
  /// Files that earlier stages of the script write.
  public let promisedFiles: Set<String>

  public init(
    verb: Name, range: SourceRange, arguments: [Argument], options: Options, optionRanges: [String: SourceRange],
    optionExpressions: [String: Expr], scope: Scope, namedTypes: [String: ValueType],
    promisedFiles: Set<String> = []
  ) {
    self.verb = verb
    self.range = range
    self.arguments = arguments
    self.options = options
    self.optionRanges = optionRanges
    self.optionExpressions = optionExpressions
    self.scope = scope
    self.namedTypes = namedTypes
    self.promisedFiles = promisedFiles
  }
}
