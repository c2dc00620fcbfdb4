import Plan

/// Filters that directly follow a reading run while it is read, so that rows which do not pass are never kept.
///
/// Only the stages right behind the reading count: whatever looks at its rows, names them or changes them in between sees all of them. A
/// split keeps the rows as they were read, whatever was filtered, and so may a value that a stage names: their readings are left whole.
/// Only a choice that looks at each row by itself can be asked of a chunk.
///
/// Nothing makes a reading end early: `load` tells how many rows there are, and which type a column has is settled by all of them; `rows:`
/// is there to read fewer.
struct FiltersAtScan: Sendable {
  private var found: [ReadingID: [any RowChooser]] = [:]
  private var refused: Set<ReadingID> = []
  /// The reading whose rows are at hand, with nothing but filters since.
  private var current: ReadingID?

  /// The filters that run while a source is read.
  func kept(of id: ReadingID) -> [any RowChooser] { refused.contains(id) ? [] : found[id] ?? [] }

  /// The rows at hand stay as they are, whatever follows.
  mutating func close() { current = nil }

  /// All rows of a reading are kept.
  mutating func refuse(_ id: ReadingID) { refused.insert(id) }

  mutating func note(_ stage: ReadyStage) {
    guard stage.takesSubject else { return begin(stage.planned.result) }
    guard let id = stage.subject.rows?.reading else { return close() }
    let filters = Self.filters(stage.planned.records)
    if current == id, let filters {
      found[id, default: []] += filters
    } else {
      close()
    }
    switch stage.planned.result {
    case .table, .look: break
    default: refuse(id)
    }
  }

  private mutating func begin(_ result: ValueType) {
    close()
    guard case .table(let schema) = result, let id = schema.reading else { return }
    // The stages of a verb made by `define` all stand where it is used: what follows differs from reading to reading.
    if found[id] != nil { refuse(id) }
    found[id] = found[id] ?? []
    current = id
  }

  /// The steps of a stage as filters; nil where one is something else.
  private static func filters(_ steps: [Step]) -> [any RowChooser]? {
    let choosers = steps.compactMap { step in
      if case .choose(let chooser) = step, chooser.choice == .none { chooser } else { nil }
    }
    return choosers.isEmpty || choosers.count < steps.count ? nil : choosers
  }
}
