import Kernels
import Plan
import Tables

/// Collects relations in this process.
public struct LocalExecutor: Executor {
  public init() {}

  public func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Table {
    if let rows = relation.base.current { return rows.table }
    let rows = try read(relation.origin, progress)
    relation.base.keep(rows)
    return rows.table
  }

  private func read(_ origin: Relation.Origin, _ progress: Progress) throws(EngineError) -> Collected {
    switch origin {
    case .transformed(let previous, let transform):
      return try transform.apply(try collect(previous, progress).table, progress)
    case .source(let source):
      do throws(SourceError) {
        let read = try source.read(columns: nil, progress)
        return Collected(table: read.table, notes: read.notes.map { StageNote(step: nil, .source($0)) })
      } catch {
        throw EngineError(error)
      }
    }
  }

  public func collect(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
    if let rows = relation.kept.current { return rows }
    let base = try base(relation, progress)
    if let rows = relation.kept.current { return rows }
    let collected = try step(relation, base, progress)
    relation.kept.keep(collected)
    return collected
  }

  /// Only the last step runs when the rows before it are still held, unless it is one that a whole recipe decides.
  private func step(_ relation: Relation, _ base: Table, _ progress: Progress) throws(EngineError) -> Collected {
    if let before = relation.previous.rows?.current, let last = relation.recipe.steps.last {
      let label = relation.recipe.steps.dropLast().compactMap { if case .label = $0 { $0 } else { nil } }.last
      let recipe = Recipe(steps: (label.map { [$0] } ?? []) + [last])
      let rows = RowList(0..<before.table.rowCount)
      let fitted = try recipe.fit(on: before.table, rows: rows, choosing: .all, progress)
      return Collected(table: fitted.table, notes: fitted.notes)
    }
    let fitted = try relation.recipe.fit(on: base, rows: RowList(0..<base.rowCount), choosing: .all, progress)
    return Collected(table: fitted.table, notes: fitted.notes.filter { $0.place == relation.recipe.steps.count - 1 })
  }
}
