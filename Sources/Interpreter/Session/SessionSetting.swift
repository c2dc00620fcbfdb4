import Plan

/// What a session needs of the machine it runs on.
public struct SessionSetting: Sendable {
  public let executor: any Executor
  public let seed: UInt64
  /// Whether somebody sits at a prompt.
  public let isInteractive: Bool
  /// Who answers the questions of stages; nil where nobody does.
  public let questioner: (any Questioner)?
  public let folder: WorkingFolder
  public let readScript: ScriptReader
  /// Groups of verbs whose stages are passed over: a retraining runs a script without `Deliver` and `Watch`.
  public let leavingOut: Set<String>
  /// Whether nothing follows a script, so that a column which it does not use need not be read.
  public let endsWithScript: Bool
  /// What is known of stages that ran before; nil runs every stage.
  public let cache: StageCache?
  /// Whether it is told how much of the rows the bound of memory put into files.
  public let tellsOfFiles: Bool

  public init(
    executor: any Executor, seed: UInt64, isInteractive: Bool, folder: WorkingFolder,
    readScript: @escaping ScriptReader, leavingOut: Set<String> = [], endsWithScript: Bool = false,
    cache: StageCache? = nil, questioner: (any Questioner)? = nil, tellsOfFiles: Bool = false
  ) {
    self.executor = executor
    self.seed = seed
    self.isInteractive = isInteractive
    self.folder = folder
    self.readScript = readScript
    self.leavingOut = leavingOut
    self.endsWithScript = endsWithScript
    self.cache = cache
    self.questioner = questioner
    self.tellsOfFiles = tellsOfFiles
  }
}

/// The values of a session. Copies are cheap: values share their memory.
struct SessionValues: Sendable {
  var last: HeldValue?
  var named: [String: HeldValue] = [:]
  /// The stages that the flow of the last value begins with, and those of the named ones.
  var origins: Set<Int> = []
  var namedOrigins: [String: Set<Int>] = [:]

  /// The places where the tables among them keep their rows.
  var rows: [CollectedRows] {
    ([last].compactMap { $0 } + named.values).flatMap { held -> [CollectedRows] in
      guard case .table(let relation)? = held.current?.subject else { return [] }
      return [relation.kept, relation.base]
    }
  }
}
