import Display
import Interpreter
import Plan
import Tables

/// What a `profile` is asked for.
struct ProfileRequest: Sendable {
  /// nil: all.
  let columns: [String]?
  let top: Int
  let depth: ProfileDepth
  /// The name of the table that it is held against.
  let against: String?

  /// What is shown. Throws what computing the rows throws.
  func screen(_ value: Value, _ context: RunContext) throws(EngineError) -> [Display] {
    if against != nil { return try compared(value, context) }
    let looked = try LookedRows(value, context)
    let figures = try ProfileFigures(looked.rows, request(value, depth), context.progress)
    // Of one column the screenful says nothing more.
    if depth == .full, figures.columns.count == 1 {
      return figures.columns.map { ColumnDetails($0, top: top, isFine: false).display } + alerts(figures)
    }
    return depth == .full
      ? ProfileDisplay.whole(figures, name: looked.name, top: top, isPage: false)
      : ProfileDisplay.displays(figures, name: looked.name)
  }

  /// What a report holds.
  func page(_ value: Value, _ context: RunContext) throws(EngineError) -> [Display] {
    if against != nil { return try compared(value, context) }
    let looked = try LookedRows(value, context)
    let figures = try ProfileFigures(looked.rows, request(value, .full), context.progress)
    return ProfileDisplay.whole(figures, name: looked.name, top: max(top, 10), isPage: true)
      + (try ends(looked.rows, context))
  }

  private static let shownRows = 5

  /// The first rows and the last ones.
  private func ends(_ rows: Rows, _ context: RunContext) throws(EngineError) -> [Display] {
    func table(_ part: Table, _ title: String) -> Display {
      let chosen = columns.map { part.select($0) } ?? part
      return .table(DisplayTable(headOf: chosen, rows: Self.shownRows, title: title))
    }
    let first = table(try rows.head(Self.shownRows, context.progress), "first rows")
    guard rows.rowCount > 2 * Self.shownRows else { return [first] }
    return [first, table(try rows.last(Self.shownRows, context.progress), "last rows")]
  }

  private func alerts(_ figures: ProfileFigures) -> [Display] {
    AlertTable.display(figures.alerts, figures, all: true)
  }

  private func compared(_ value: Value, _ context: RunContext) throws(EngineError) -> [Display] {
    guard let against, let other = context.named[against] else { throw EngineError(.subject(.noTable(against ?? ""))) }
    let looked = try LookedRows(value, context)
    let request = request(value, .brief)
    let figures = try ProfileFigures(looked.rows, request, context.progress)
    return try ProfileComparison(
      looked, figures, against: LookedRows(other.subject, context), request, context.progress
    ).displays
  }

  private func request(_ value: Value, _ depth: ProfileDepth) -> ProfileFigures.Request {
    let label: LabelSpec? =
      switch value {
      case .table(let relation): relation.schema.label
      case .split(let split): split.label
      case .model, .look, .service, .scalar: nil
      }
    return ProfileFigures.Request(columns: columns, top: top, depth: depth, label: label)
  }
}
