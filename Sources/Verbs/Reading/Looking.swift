import Display
import Interpreter
import Plan

extension PlannedStage {
  /// A stage that shows something of its subject and changes nothing.
  static func look(
    _ kind: String, at subject: ValueType, figures: [String]? = [], words: String,
    needs: ColumnNeeds = .all, _ display: @escaping @Sendable (Value, RunContext) throws(EngineError) -> [Display]
  ) -> PlannedStage {
    PlannedStage(result: .look(LookType(kind: kind, figures: figures, subject: subject)), words: words, needs: needs) {
      value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.look))) }
      let displays = try display(value, context)
      return Outcome(.look(Look(kind: kind, subject: value, display: .group(displays))), displays)
    }
  }
}
