import Kernels
import Tables

/// The codes of class cells: the place of each among a label's classes.
public struct ClassCoding: Sendable {
  private let places: [Cell: Int32]
  private let words: WordTable
  /// The code of each of the words.
  private let wordCodes: [Int32]

  /// `classes` in the order of their codes.
  public init(_ classes: [Cell]) {
    places = Dictionary(
      classes.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
    let texts = classes.enumerated().compactMap { code, cell -> (word: String, code: Int32)? in
      if case .text(let text) = cell { (text, Int32(code)) } else { nil }
    }
    words = WordTable(texts.map(\.word))
    wordCodes = texts.map(\.code)
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
          return words.place(of: word).map { wordCodes[$0] } ?? -1
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
