/// A column of text: plain (offsets into one run of UTF-8 bytes) or as codes into a dictionary of words.
public struct TextCells: Sendable {
  public enum Storage: Sendable {
    /// `offsets` has one more element than there are rows; row i is `bytes[offsets[i] ..< offsets[i + 1]]`, valid UTF-8.
    case plain(offsets: [Int], bytes: [UInt8])
    /// A code is a place in `words`; a missing cell has code 0 or any other (the validity decides).
    case dictionary(codes: [Int32], words: [String])
  }

  public let storage: Storage
  public let validity: Bitmap?

  public init(_ storage: Storage, validity: Bitmap? = nil) {
    self.storage = storage
    self.validity = validity.flatMap { $0.onesCount == $0.count ? nil : $0 }
  }

  /// From optional strings, as a plain column.
  public init(_ cells: [String?]) {
    var offsets = [0]
    var bytes: [UInt8] = []
    offsets.reserveCapacity(cells.count + 1)
    for cell in cells {
      if let cell { bytes.append(contentsOf: cell.utf8) }
      offsets.append(bytes.count)
    }
    self.init(.plain(offsets: offsets, bytes: bytes), validity: Bitmap(cells.map { $0 != nil }))
  }

  public var count: Int {
    switch storage {
    case .plain(let offsets, _): offsets.count - 1
    case .dictionary(let codes, _): codes.count
    }
  }

  public var missingCount: Int { validity.map { $0.count - $0.onesCount } ?? 0 }

  public func isValid(_ index: Int) -> Bool { validity?[index] ?? true }

  public subscript(_ index: Int) -> String? {
    guard isValid(index) else { return nil }
    switch storage {
    case .plain(let offsets, let bytes):
      return String(decoding: bytes[offsets[index]..<offsets[index + 1]], as: UTF8.self)
    case .dictionary(let codes, let words): return words[Int(codes[index])]
    }
  }

  /// The cells at `rows`, in that order. O(rows + their bytes).
  public func take(_ rows: RowList) -> TextCells {
    let kept = validity?.take(rows)
    switch storage {
    case .dictionary(let codes, let words):
      return TextCells(.dictionary(codes: rows.gather(codes), words: words), validity: kept)
    case .plain(let offsets, let bytes):
      var newOffsets = [0]
      newOffsets.reserveCapacity(rows.count + 1)
      var newBytes: [UInt8] = []
      newBytes.reserveCapacity(rows.reduce(0) { $0 + offsets[$1 + 1] - offsets[$1] })
      for row in rows {
        newBytes.append(contentsOf: bytes[offsets[row]..<offsets[row + 1]])
        newOffsets.append(newBytes.count)
      }
      return TextCells(.plain(offsets: newOffsets, bytes: newBytes), validity: kept)
    }
  }

  /// The same cells as codes into the distinct words in order of first appearance; a missing cell has code -1. Words are told apart by
  /// their bytes.
  ///
  /// O(rows + bytes); a dictionary column is renumbered so that unused words do not appear.
  public func encoded() -> (codes: [Int32], words: [String]) {
    switch storage {
    case .dictionary(let stored, let all): renumbered(stored, all)
    case .plain(let offsets, let bytes): coded(offsets, bytes)
    }
  }

  private func renumbered(_ stored: [Int32], _ all: [String]) -> (codes: [Int32], words: [String]) {
    var words: [String] = []
    var codes = [Int32](repeating: -1, count: stored.count)
    var renumbered = [Int32](repeating: -1, count: all.count)
    var known: [TextBytes: Int32] = [:]
    for row in stored.indices where isValid(row) {
      let old = Int(stored[row])
      if renumbered[old] < 0 {
        let word = TextBytes(all[old])
        if known[word] == nil {
          known[word] = Int32(words.count)
          words.append(all[old])
        }
        renumbered[old] = known[word] ?? -1
      }
      codes[row] = renumbered[old]
    }
    return (codes, words)
  }

  private func coded(_ offsets: [Int], _ bytes: [UInt8]) -> (codes: [Int32], words: [String]) {
    var table = WordTable()
    var codes = [Int32](repeating: -1, count: count)
    bytes.withUnsafeBufferPointer { bytes in
      for row in codes.indices where isValid(row) {
        let word = UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]])
        codes[row] = Int32(truncatingIfNeeded: table.code(word))
      }
    }
    return (codes, (0..<table.count).map(table.text))
  }
}

extension TextCells: Equatable {
  /// Equal when every row holds the same bytes, however they are stored.
  public static func == (left: TextCells, right: TextCells) -> Bool {
    left.count == right.count
      && (0..<left.count).allSatisfy { left[$0].map(TextBytes.init) == right[$0].map(TextBytes.init) }
  }
}
