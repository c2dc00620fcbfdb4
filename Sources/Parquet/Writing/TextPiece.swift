import Tables

/// Texts of some rows, however they are stored.
struct TextPiece {
  let cells: TextCells
  let rows: Range<Int>
  /// The words of a dictionary one after the other, and where each ends; nil for texts that are spelled out.
  private let words: Words?

  private final class Words {
    let list: [String]
    var bytes: [UInt8] = []
    var ends: [Int] = [0]

    init(_ list: [String]) {
      self.list = list
      for word in list {
        bytes += word.utf8
        ends.append(bytes.count)
      }
    }

    /// Whether it is the same list in memory.
    func isOf(_ other: [String]) -> Bool {
      list.count == other.count
        && list.withUnsafeBufferPointer { own in other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress } }
    }
  }

  /// Chunks of a table often share their words: those of the piece before are taken over.
  init(_ cells: TextCells, _ rows: Range<Int>, after last: TextPiece?) {
    self.cells = cells
    self.rows = rows
    guard case .dictionary(_, let list) = cells.storage else {
      words = nil
      return
    }
    if let known = last?.words, known.isOf(list) { words = known } else { words = Words(list) }
  }

  /// Whether another piece has the same words, so that its codes mean the same.
  func shares(_ other: TextPiece) -> Bool { words != nil && words === other.words }

  /// How many words its codes are of; nil where it has none.
  var wordCount: Int? { words?.list.count }

  /// Calls `take` with the text of each row; nil for a missing one.
  func each(_ take: (UnsafeBufferPointer<UInt8>?) -> Void) {
    eachCode { _, text in take(text) }
  }

  /// The same with the code of the text; -1 where it has none.
  @inline(__always)
  func eachCode(_ take: (Int, UnsafeBufferPointer<UInt8>?) -> Void) {
    switch cells.storage {
    case .plain(let offsets, let bytes):
      bytes.withUnsafeBufferPointer { bytes in
        for row in rows {
          let isPresent = cells.isValid(row)
          take(-1, isPresent ? UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row &+ 1]]) : nil)
        }
      }
    case .dictionary(let codes, _):
      guard let words else { return }
      words.bytes.withUnsafeBufferPointer { bytes in
        for row in rows {
          guard cells.isValid(row) else {
            take(-1, nil)
            continue
          }
          let code = Int(codes[row])
          take(code, UnsafeBufferPointer(rebasing: bytes[words.ends[code]..<words.ends[code &+ 1]]))
        }
      }
    }
  }
}
