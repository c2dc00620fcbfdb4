import Kernels
import Plan
import Tables
import Testing

@testable import Validation

/// In how many parts values are looked for never shows.
@Suite struct RepeatedValuesTests {
  @Test(arguments: [1, 500, 1 << 30]) func partsNeverShow(partSize: Int) throws {
    var random = CounterRandom(seed: 3, stream: 1)
    let a = (0..<500).map { _ in random.next(below: 11) == 0 ? nil : Int64(random.next(below: 40)) }
    let w = (0..<500).map { _ in random.next(below: 11) == 0 ? nil : "w\(random.next(below: 12))" }
    let table = Table([("a", .int(Cells(a, filler: 0))), ("w", .text(TextCells(w)))])
    let found = try RepeatedValues(["a", "w"], of: .whole(table), partSize: partSize).found(Progress())
    let expected = (0..<500).map { row in
      guard let number = a[row], let word = w[row] else { return false }
      return (0..<500).contains { $0 != row && a[$0] == number && w[$0] == word }
    }
    #expect(expected.contains(true) && (0..<500).contains { !expected[$0] && a[$0] != nil && w[$0] != nil })
    #expect((0..<500).map { found.repeated[$0] } == expected)
    #expect(found.missing == (0..<500).count { a[$0] == nil || w[$0] == nil })
  }
}
