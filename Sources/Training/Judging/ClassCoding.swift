import Kernels
import Tables

/// The codes of class cells: the place of each among a label's classes.
public struct ClassCoding: Sendable {
  private let places: [Cell: Int32]
  private let words: WordPlaces

  /// `classes` in the order of their codes.
  public init(_ classes: [Cell]) {
    places = Dictionary(
      classes.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    words = WordPlaces(classes)
  }

  /// The code of each cell; −1 for one that is missing or of no class. O(rows + bytes), in parallel.
  public func codes(_ cells: Column) -> [Int32] {
    switch cells {
    case .text(let texts): return codes(texts)
    case .bool(let bools):
      let (no, yes) = (places[.bool(false)] ?? -1, places[.bool(true)] ?? -1)
      return Self.filled(bools.count) { row in bools[row].map { $0 ? yes : no } ?? -1 }
    case .int(let ints):
      let known = Dictionary(uniqueKeysWithValues: places.compactMap { cell, code in cell.int.map { ($0, code) } })
      return Self.filled(ints.count) { row in ints[row].flatMap { known[$0] } ?? -1 }
    case .float, .date, .datetime, .vector:
      return Self.filled(cells.count) { row in places[cells[row]] ?? -1 }
    }
  }

  private func codes(_ texts: TextCells) -> [Int32] {
    switch texts.storage {
    case .dictionary(let stored, let all):
      let known = all.map { places[.text($0)] ?? -1 }
      return Self.filled(texts.count) { row in texts.isValid(row) ? known[Int(stored[row])] : -1 }
    case .plain(let offsets, let bytes):
      return bytes.withUnsafeBufferPointer { bytes in
        nonisolated(unsafe) let bytes = bytes
        return Self.filled(texts.count) { row in
          guard texts.isValid(row) else { return -1 }
          let word = UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]])
          return words[word] ?? -1
        }
      }
    }
  }

  private static func filled(_ count: Int, _ code: @Sendable (Int) -> Int32) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: count) { out, initialized in
      initialized = count
      guard let base = out.baseAddress else { return }
      nonisolated(unsafe) let codes = base
      parallelChunks(of: count, size: 1 << 14) { _, rows in
        for row in rows { (codes + row).initialize(to: code(row)) }
      }
    }
  }
}

extension Cell {
  fileprivate var int: Int64? { if case .int(let value) = self { value } else { nil } }
}

/// Words found by their bytes, without making a string a row.
private struct WordPlaces: Sendable {
  private let words: [[UInt8]]
  private let codes: [Int32]
  /// A place in `words` by the hash; −1 where there is none. Its size is a power of two, at most half of it taken.
  private var slots: [Int32]

  init(_ classes: [Cell]) {
    let texts = classes.enumerated().compactMap { code, cell -> (word: [UInt8], code: Int32)? in
      if case .text(let text) = cell { (Array(text.utf8), Int32(code)) } else { nil }
    }
    words = texts.map(\.word)
    codes = texts.map(\.code)
    var size = 4
    while size < 2 * texts.count { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    for (place, word) in words.enumerated() {
      var slot = word.withUnsafeBufferPointer(Self.hash) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(place)
    }
  }

  subscript(_ word: UnsafeBufferPointer<UInt8>) -> Int32? {
    var slot = Self.hash(word) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if words[place].count == word.count, words[place].elementsEqual(word) { return codes[place] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// FNV-1a, folded.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7fff_ffff)
  }
}
