import Descriptions
import Diagnostics
import Display
import Kernels
import Language
import Plan

/// A verb: one file that describes itself and turns a call into a stage.
public protocol Verb: Sendable {
  /// Name, summary, arguments, options, examples: help, completion, checking and the reference are made from it.
  static var description: Description { get }
  /// What the verb may follow.
  static var subjects: Set<SubjectKind> { get }
  /// Plans a call on a subject (never a look: those are unwrapped). Reports every error of the stage to the sink and
  /// gives nil when there was one. No executor is in reach: checking is planning.
  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage?
  /// What a call that was refused would have given, as far as it can be told, so that the rest of a file is still checked.
  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType
  /// Whether it only shows what it works on: a flow goes the same way without it.
  static var onlyLooks: Bool { get }
  /// Of the words that may stand first those that suit a subject, for completion.
  static func suiting(_ words: [String], _ subject: ValueType) -> [String]
  /// Whether an option may say something in a call with these arguments before it, for completion.
  static func suits(option: String, after arguments: [Argument], _ subject: ValueType) -> Bool
  /// Whether the columns that it takes may be those of a subject, for completion.
  static func takesColumns(of subject: ValueType) -> Bool
  /// The table that a call names beside the one that it works on, for completion: its columns may be named too.
  static func otherTable(_ arguments: [Argument], _ named: [String: ValueType]) -> RelationSchema?
  /// Whose options the call may give beside its own: the algorithms that `train` names, the format that `load` reads.
  static func companions(of arguments: [Argument]) -> [Description]
  /// The columns of its subject, or of the rows that its model was trained on, of whose cells a stage may show some, or say them.
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds
  /// Whether it writes rows of its subject to the files that it writes.
  static var writesRows: Bool { get }
  /// Whether a stage of it may tell what its flow has shown: `StageTelling.flow`.
  static var writesReports: Bool { get }
}

extension Verb {
  /// As a verb that looks, or that changes cells and rows but no names: its subject. What a verb that begins a flow would have
  /// given is not known.
  public static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    subjects.contains(.nothing) ? .unknown : subject
  }

  public static var onlyLooks: Bool { false }

  public static func suiting(_ words: [String], _ subject: ValueType) -> [String] { words }

  public static func suits(option: String, after arguments: [Argument], _ subject: ValueType) -> Bool { true }

  public static func takesColumns(of subject: ValueType) -> Bool { true }

  public static func otherTable(_ arguments: [Argument], _ named: [String: ValueType]) -> RelationSchema? { nil }

  public static func companions(of arguments: [Argument]) -> [Description] { [] }

  public static var writesRows: Bool { false }

  public static var writesReports: Bool { false }

  /// All that it reads of a table or a split; of a model's rows none.
  public static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds {
    subjects.isDisjoint(with: [.table, .split]) ? .none : planned.needs
  }
}

/// What kinds of value a verb takes.
public enum SubjectKind: String, Sendable, Hashable, CaseIterable {
  case nothing, table, split, model, service, scalar
}

/// What a stage tells besides what it works on.
public enum StageTelling: Sendable, Equatable {
  case nothing
  /// The look that it follows: `RunContext.look`.
  case look
  /// That, and what its flow has shown: `RunContext.flow`. Such a stage is run also after a requirement that was not met.
  case flow
}

/// A stage that has been planned: the type it gives, and the act.
public struct PlannedStage: Sendable {
  public let result: ValueType
  /// The same with every default visible, for `mlp plan`.
  public let words: String
  /// Further lines for `mlp plan`: steps that training adds.
  public let additions: [String]
  public let warnings: [Diagnostic]
  /// The columns of its subject that the stage reads when it runs. What it passes on is read by whoever asks for it.
  public let needs: ColumnNeeds
  /// The steps that the stage records, where it does nothing else.
  public let records: [Step]
  /// What its columns are made of, where it puts tables together and its result has a reading of its own; then `needs` says nothing.
  public let combines: CombinedColumns?
  /// Files that the stage will write: a later `load` of one is open until it is there.
  public let writes: [WrittenFile]
  /// Files that the stage reads.
  public let reads: ReadFiles
  /// What becomes of it when a cache has seen it before.
  public let repetition: StageRepetition
  public let telling: StageTelling
  /// What a report holds of the look that the stage gives, where that is more than it shows.
  public let whole: WholeLook?
  /// What a stage that reads a source tells of it, once it is known what is asked of the reading: lines for `mlp plan`.
  public let outlook: @Sendable (ReadingPlan) -> [String]
  /// Runs the stage on its subject (unwrapped from looks; nil when it takes none).
  public let run: @Sendable (Value?, RunContext) throws(EngineError) -> Outcome

  public init(
    result: ValueType, words: String = "", additions: [String] = [], warnings: [Diagnostic] = [],
    needs: ColumnNeeds = .all, records: [Step] = [], combines: CombinedColumns? = nil, writes: [WrittenFile] = [],
    reads: ReadFiles = .none,
    repetition: StageRepetition = .kept, telling: StageTelling = .nothing,
    whole: WholeLook? = nil,
    outlook: @escaping @Sendable (ReadingPlan) -> [String] = { _ in [] },
    run: @escaping @Sendable (Value?, RunContext) throws(EngineError) -> Outcome
  ) {
    self.result = result
    self.words = words
    self.additions = additions
    self.warnings = warnings
    self.needs = needs
    self.records = records
    self.combines = combines
    self.writes = writes
    self.reads = reads
    self.repetition = repetition
    self.telling = telling
    self.whole = whole
    self.outlook = outlook
    self.run = run
  }
}

/// What a stage gave.
public struct Outcome: Sendable {
  public let value: Value
  /// What is shown of it, in order.
  public let displays: [Display]
  /// A requirement, an acceptance test or a validation that was not met: shown, then the stage counts as failed.
  public let failure: EngineError?
  /// Whether an interrupt cut the work short that it is the result of: what follows is not run.
  public let isCutShort: Bool

  public init(
    _ value: Value, _ displays: [Display] = [], failure: EngineError? = nil, isCutShort: Bool = false
  ) {
    self.value = value
    self.displays = displays
    self.failure = failure
    self.isCutShort = isCutShort
  }
}

/// What a running stage may reach.
public struct RunContext: Sendable {
  public let executor: any Executor
  public let progress: Progress
  /// The seed of the session (`--seed`), unless a stage has its own.
  public let seed: UInt64
  public let ledger: OpeningLedger
  /// Whether somebody sits at a prompt: looks are short there, and nothing is ever asked in batch.
  public let isInteractive: Bool
  /// Who answers questions; nil where nobody does.
  public let questioner: (any Questioner)?
  /// Relative paths start here; `--sandbox` bounds them.
  public let folder: WorkingFolder
  /// Values named by `as`, for verbs that take one: `compare a, b`, `predict customers`.
  public let named: [String: Value]
  /// What the whole script asks of each reading, where nothing can come after it; empty at a prompt.
  public let readings: [ReadingID: ReadingPlan]
  /// The model that a stage of `StageRepetition.training` made before of the same, without its rows: it need not be trained again.
  public let remembered: Model?
  /// The look that the stage follows, for one that tells of it.
  public let look: Look?
  /// What the stage's flow has shown, for one that tells of it; for any other only of which script it is.
  public let flow: FlowRecord

  public init(
    executor: any Executor, progress: Progress, seed: UInt64, ledger: OpeningLedger, isInteractive: Bool,
    questioner: (any Questioner)? = nil, folder: WorkingFolder, named: [String: Value] = [:],
    readings: [ReadingID: ReadingPlan] = [:],
    remembered: Model? = nil, look: Look? = nil, flow: FlowRecord = FlowRecord()
  ) {
    self.executor = executor
    self.progress = progress
    self.seed = seed
    self.ledger = ledger
    self.isInteractive = isInteractive
    self.questioner = questioner
    self.folder = folder
    self.named = named
    self.readings = readings
    self.remembered = remembered
    self.look = look
    self.flow = flow
  }
}
