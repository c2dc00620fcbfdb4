import Tables

/// The words of a text column over all blocks, numbered in order of their first row: chunk after chunk shares them.
final class SharedWords {
  /// A column with more different words than this is kept plain.
  static let limit = 1 << 16

  private var table = WordTable()
  private var words: [String] = []

  deinit { table.deallocate() }

  /// A block's codes as codes into the shared words; nil when these are too many.
  func column(_ cells: BlockCells) -> Column? {
    guard let own = cells.words else { return nil }
    var places = [Int32](repeating: -1, count: own.ends.count)
    var codes = cells.codes
    let isFull = own.bytes.withUnsafeBufferPointer { bytes in
      for row in codes.indices {
        // A missing cell's filler stands for no word.
        if let validity = cells.validity, !validity[row] {
          codes[row] = 0
          continue
        }
        let code = Int(codes[row])
        if places[code] < 0 {
          guard let base = bytes.baseAddress, let place = place(base, own, code) else { return true }
          places[code] = place
        }
        codes[row] = places[code]
      }
      return false
    }
    if isFull { return nil }
    return .text(TextCells(.dictionary(codes: codes, words: words), validity: cells.validity))
  }

  private func place(_ bytes: UnsafePointer<UInt8>, _ own: BlockWords, _ code: Int) -> Int32? {
    let stretch = own.place(code)
    let place = table.code(bytes + stretch.lowerBound, stretch.count, hash: own.hashes[code], limit: Self.limit)
    if place < 0 { return nil }
    if place == words.count {
      words.append(
        String(decoding: UnsafeBufferPointer(start: bytes + stretch.lowerBound, count: stretch.count), as: UTF8.self))
    }
    return place
  }

  /// A block's codes spelled out.
  static func plain(_ cells: BlockCells) -> Column {
    guard let own = cells.words else { return .missing(.text, count: cells.codes.count) }
    var offsets = [0]
    var bytes: [UInt8] = []
    offsets.reserveCapacity(cells.codes.count + 1)
    for (row, code) in cells.codes.enumerated() {
      if cells.validity?[row] ?? true { bytes.append(contentsOf: own.bytes[own.place(Int(code))]) }
      offsets.append(bytes.count)
    }
    return .text(TextCells(.plain(offsets: offsets, bytes: bytes), validity: cells.validity))
  }
}
