import Diagnostics
import Language

/// What is done with a stage once it is planned: `check` records it, a session runs it.
protocol StagePerformer {
  /// Checking goes on after an error, on an unknown value; running does not.
  static var goesOnAfterFailure: Bool { get }
  /// Whether a stage was cut short, after which no other is performed.
  var hasStopped: Bool { get }
  /// Whether a requirement was not met, after which nothing is performed but reports of what there was until then.
  var writesReportsOnly: Bool { get }
  /// What is known of the last value beyond its type, once it has run.
  var lastMeaning: Scope.Meaning? { get }
  /// The type of the value it gave; nil after reporting a failure that left none.
  mutating func perform(_ stage: ReadyStage, _ sink: inout DiagnosticSink) -> ValueType?
  /// `as NAME`, or a name alone: gives the value under its name. The type, for a table knows its name.
  mutating func name(_ name: String, _ type: ValueType) -> ValueType
  /// The named value becomes the last one; `isShown` where it stands alone.
  mutating func recall(_ name: String, isShown: Bool, at range: SourceRange, _ sink: inout DiagnosticSink)
  /// A scalar at the top of a script.
  mutating func show(_ scalar: BoundScalar, at range: SourceRange)
  /// A function or a verb made in the script, named alone.
  mutating func show(definition: String, at range: SourceRange)
  /// A let, param, define or use that was taken up.
  mutating func declared(_ statement: Statement)
}

/// A planned stage on its way to being performed.
struct ReadyStage {
  let verb: any Verb.Type
  let call: VerbCall
  let planned: PlannedStage
  /// What it works on.
  let subject: ValueType
  /// Whether it works on the last value; a `load` begins anew.
  let takesSubject: Bool
  /// The place of the stage in its flow, for failures.
  let place: String?
  /// The 1-based number of the stage in its flow; nil for what stands for a value.
  let number: Int?
  /// The guarded columns of whose cells it may show some.
  var exposes: [String] = []

  /// The stage with every option visible.
  var words: String { planned.words.isEmpty ? call.wordsInFull(verb.description) : planned.words }
}

/// Reads the text of a script that `use` names.
public typealias ScriptReader = @Sendable (String) throws(ScriptReadFailure) -> String

/// Why a script could not be read, in words.
public struct ScriptReadFailure: Error, Sendable, Equatable {
  public let words: String

  public init(_ words: String) { self.words = words }
}
