/// The facts of columns by name, of which a copy that changes a few costs about the square root of how many there are: a script of
/// thousands of stages has a schema after each.
struct FactsTable: Sendable, Hashable {
  private final class Settled: Sendable {
    let facts: [String: ColumnFacts]

    init(_ facts: [String: ColumnFacts]) { self.facts = facts }
  }

  private var settled: Settled
  /// What changed since; nil stands for a column that is not there any more.
  private var recent: [String: ColumnFacts?] = [:]

  init(_ facts: [String: ColumnFacts]) { settled = Settled(facts) }

  /// Setting nil takes a column out.
  subscript(_ name: String) -> ColumnFacts? {
    get {
      if let changed = recent[name] { return changed }
      return settled.facts[name]
    }
    set {
      recent.updateValue(newValue, forKey: name)
      guard recent.count > 16, recent.count * recent.count > settled.facts.count else { return }
      settled = Settled(all)
      recent = [:]
    }
  }

  /// O(columns).
  var all: [String: ColumnFacts] {
    var all = settled.facts
    for (name, changed) in recent { all[name] = changed }
    return all
  }

  static func == (left: FactsTable, right: FactsTable) -> Bool { left.all == right.all }

  func hash(into hasher: inout Hasher) { hasher.combine(all) }
}
