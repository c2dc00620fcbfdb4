import Kernels
import Plan

/// What of a session a stage may reach, as it was when the stage's turn came.
struct StageSurroundings: Sendable {
  let setting: SessionSetting
  let values: SessionValues
  let readings: [ReadingID: ReadingPlan]
  /// The names in the stage.
  let names: Set<String>
  /// The look that the stage tells of.
  let look: HeldValue?
  /// What the stage tells of its flow; of which script that is at least.
  let flow: FlowRecord

  /// What the stage is run with. Throws what restoring a value that it names or tells of throws.
  func context(
    _ executor: any Executor, _ remembered: Model?, _ ledger: OpeningLedger, _ progress: Progress
  ) throws(EngineError) -> RunContext {
    RunContext(
      executor: executor, progress: progress, seed: setting.seed, ledger: ledger,
      isInteractive: setting.isInteractive, questioner: setting.questioner, folder: setting.folder,
      named: try atHand(progress), readings: readings,
      remembered: remembered, look: try followed(progress), flow: flow)
  }

  private func followed(_ progress: Progress) throws(EngineError) -> Look? {
    guard let look, case .look(let found) = try look.value(progress) else { return nil }
    return found
  }

  /// The values at hand, and those of the names in the stage, which are restored.
  private func atHand(_ progress: Progress) throws(EngineError) -> [String: Value] {
    var found: [String: Value] = [:]
    for (name, held) in values.named {
      found[name] = names.contains(name) ? try held.value(progress) : held.current
    }
    if let last = values.last { found["_"] = names.contains("_") ? try last.value(progress) : last.current }
    return found
  }
}
