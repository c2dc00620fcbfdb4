import Expressions
import Kernels
import Tables
import Testing

@testable import Plan

@Suite struct CellChangesTests {
  private static func changes(_ cells: some Sequence<Int>) -> CellChanges {
    var changes = CellChanges(of: "x", reading: .date)
    for cell in cells {
      switch cell % 7 {
      case 0: changes.add(unread: "bad \(cell)", cells: 1, isTwofold: false)
      case 1: changes.add(unread: "two \(cell)", cells: 1, isTwofold: true)
      case 2: changes.add(.order(.dmy), cells: 1)
      default: changes.add(CellChanges.Change(from: .text("v\(cell)"), to: .text("w"), cells: 1))
      }
    }
    return changes
  }

  /// However the rows are cut into chunks, and with more different values than are told apart.
  @Test(arguments: [20, 9000, 60_000]) func chunksTellWhatTheWholeTells(different: Int) {
    var random = CounterRandom(seed: UInt64(different))
    let cells = (0..<40_000).map { _ in random.next(below: different) }
    let whole = Self.changes(cells).remark
    for size in [1, 7, 1000, 39_999] where size > 1 || different == 20 {
      var all: CellChanges?
      for start in stride(from: 0, to: cells.count, by: size) {
        let chunk = Self.changes(cells[start..<min(cells.count, start + size)])
        all = all?.followed(by: chunk) ?? chunk
      }
      #expect(all?.remark == whole, "chunks of \(size)")
    }
  }

  @Test func whatWasAskedForIsToldWhereNoCellHasIt() throws {
    let none = CellChanges(of: "x", asked: [(.text("a"), .text("b"))])
    #expect(none.remark == .changed(none) && none.frequent(3).isEmpty)
    #expect(CellChanges(of: "x").remark == nil)
  }

  @Test func theMostFrequentComeFirst() {
    var changes = CellChanges(of: "x")
    for (text, cells) in [("a", 2), ("b", 5), ("c", 2), ("a", 1)] {
      changes.add(CellChanges.Change(from: .text(text), to: .missing, cells: cells))
    }
    #expect(changes.frequent(2).map(\.from) == [.text("b"), .text("a")] && changes.cells == 10)
  }
}
