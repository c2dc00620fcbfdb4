import Display
import Interpreter
import Plan

extension PlannedStage {
  /// A stage that shows something of its subject and changes nothing.
  static func look(
    _ kind: String, at subject: ValueType, figures: [String]? = [], words: String,
    needs: ColumnNeeds = .all, isTabular: Bool = true, whole: WholeLook? = nil,
    _ display: @escaping @Sendable (Value, RunContext) throws(EngineError) -> [Display]
  ) -> PlannedStage {
    let type = LookType(kind: kind, figures: figures, subject: subject, isTabular: isTabular)
    return PlannedStage(result: .look(type), words: words, needs: needs, whole: whole) {
      value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.look))) }
      let displays = try display(value, context)
      return Outcome(.look(Look(kind: kind, subject: value, display: .group(displays), whole: whole)), displays)
    }
  }
}
