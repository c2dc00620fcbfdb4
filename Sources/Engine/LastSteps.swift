import Kernels
import Plan
import Tables

/// The last steps of a recipe, run on the rows that those before them left.
struct LastSteps {
  private let steps: ArraySlice<Step>
  private let label: Step?

  init(_ steps: [Step], from first: Int) {
    self.steps = steps[first...]
    label = steps[..<first].last { if case .label = $0 { true } else { false } }
  }

  /// Steps that only make columns see no others than those they read: their cost does not grow with the columns that there are. nil
  /// where there is not the memory for the rows that are left.
  func collected(on table: Table, _ progress: Progress) throws(EngineError) -> Collected? {
    let recipe = Recipe(steps: (label.map { [$0] } ?? []) + steps)
    guard let columns = columnsMade else {
      let fitted = try fit(recipe, on: table, progress)
      return Spilling.hasMemory(for: fitted.tableByteCount) ? Collected(table: fitted.table, notes: fitted.notes) : nil
    }
    let fitted = try fit(recipe, on: table.select(columns.read), progress)
    var next = table
    next.set(columns.written.compactMap { name in fitted[name].map { (name, $0.statistics.take($0.rows)) } })
    return Collected(table: next, notes: fitted.notes)
  }

  private func fit(_ recipe: Recipe, on table: Table, _ progress: Progress) throws(EngineError) -> FittedRecipe {
    try recipe.fit(on: table, rows: RowList(0..<table.rowCount), choosing: .all, progress)
  }

  /// What the steps read and write where that is all they do; nil where one does something else with the rows.
  private var columnsMade: (read: [String], written: [String])? {
    var (read, written): ([String], [String]) = ([], [])
    var (isRead, isWritten): (Set<String>, Set<String>) = ([], [])
    for step in steps {
      guard case .feature(let feature) = step else { return nil }
      // A column that is written and was there keeps its place.
      for name in feature.reads + feature.writes where isRead.insert(name).inserted { read.append(name) }
      for name in feature.writes where isWritten.insert(name).inserted { written.append(name) }
    }
    return (read, written)
  }
}
