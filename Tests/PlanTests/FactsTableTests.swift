import Tables
import Testing

@testable import Plan

/// A table of facts is a dictionary, whenever what changed is put together with what was there.
@Suite struct FactsTableTests {
  @Test func itIsADictionary() {
    var table = FactsTable([:])
    var plain: [String: ColumnFacts] = [:]
    var earlier: [(FactsTable, [String: ColumnFacts])] = []
    for step in 0..<400 {
      let name = "c\(step * 7 % 150)"
      let facts = step % 5 == 0 ? nil : ColumnFacts(type: .int, origins: ["o\(step)"])
      table[name] = facts
      plain[name] = facts
      #expect(table[name] == plain[name])
      if step % 50 == 0 { earlier.append((table, plain)) }
    }
    #expect(table.all == plain && plain.count > 100)
    #expect(table == FactsTable(plain) && table.hashValue == FactsTable(plain).hashValue)
    for (table, plain) in earlier { #expect(table.all == plain) }
  }
}
