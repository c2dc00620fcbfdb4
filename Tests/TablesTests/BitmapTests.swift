import Tables
import Testing

@Suite struct BitmapTests {
  @Test(arguments: [0, 1, 63, 64, 65, 200]) func `Bits that are not set are found at any rows`(start: Int) {
    let bits = (0..<700).map { ($0 * $0) % 7 != 1 && !(256..<320).contains($0) || (400..<500).contains($0) }
    let bitmap = Bitmap(bits)
    for count in [0, 1, 5, 63, 64, 65, 190, 500] {
      for rows in [RowList(start..<700), RowList((start..<700).map { $0 * 3 % 700 })] {
        for first in [0, 3, 64] where first + count <= rows.count {
          var found: [Int] = []
          bitmap.eachClear(rows, first..<first + count) { found.append($0) }
          #expect(found == (0..<count).filter { !bits[rows[first + $0]] })
        }
      }
    }
  }
}
