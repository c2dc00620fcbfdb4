import Kernels
import Tables

/// Numbers for the texts of a plain column.
enum WordCodes {
  private static let stretchRows = 1 << 16

  /// For each row the number of its text among the different ones in the order of first appearance; what stands in a missing cell is
  /// numbered too. O(bytes), in parallel over stretches of rows.
  static func dense(_ offsets: [Int], _ bytes: [UInt8], _ progress: Progress) throws(Cancelled) -> DenseCodes {
    let rows = offsets.count - 1
    try progress.require(rows * 8)
    let stretches = (rows + stretchRows - 1) / stretchRows
    let parts = parallelMap(stretches) { stretch -> (codes: [Int32], words: WordTable, rows: [Int32]) in
      var words = WordTable()
      var (codes, firstRows) = ([Int32](), [Int32]())
      let range = stretch * stretchRows..<min(rows, (stretch + 1) * stretchRows)
      codes.reserveCapacity(range.count)
      bytes.withUnsafeBufferPointer { bytes in
        for row in range where row & 0xFFF != 0 || !progress.isCancelled {
          let code = words.code(UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]))
          if code == firstRows.count { firstRows.append(Int32(truncatingIfNeeded: row)) }
          codes.append(Int32(truncatingIfNeeded: code))
        }
      }
      return (codes, words, firstRows)
    }
    try progress.checkpoint()
    var (known, firstRows) = (WordTable(), [Int32]())
    var codes: [Int32] = []
    codes.reserveCapacity(rows)
    for part in parts {
      let map = (0..<part.words.count).map { place -> Int32 in
        let code = part.words.word(place).withUnsafeBufferPointer { known.code($0) }
        if code == firstRows.count { firstRows.append(part.rows[place]) }
        return Int32(truncatingIfNeeded: code)
      }
      for code in part.codes { codes.append(map[Int(code)]) }
      try progress.checkpoint()
    }
    return DenseCodes(codes: codes, firstRows: firstRows)
  }
}
