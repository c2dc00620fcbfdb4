import Glibc

/// Compares rows whose codes agree, a block at a time.
extension KeyColumn {
  /// What `strike` writes for rows that differ.
  static let struck = -2

  /// Strikes those of `rows` that differ from the rows of a block of `others`: for each of these a row of this column, or one below zero.
  /// None of them is missing.
  func strike(_ rows: UnsafeMutablePointer<Int>, unlike others: KeyColumn, _ block: Range<Int>) {
    switch (cells, others.cells) {
    case (.bools(let own), .bools(let others)): Self.strike(rows, own, others, block)
    case (.days(let own), .days(let others)): Self.strike(rows, own, others, block)
    case (.ints(let own), .ints(let others)): Self.strike(rows, own, others, block)
    case (.floats(let own), .floats(let others)): Self.strike(rows, own, others, block)
    case (.texts(let own), .texts(let others)):
      own.withWords { own in others.withWords { others in Words.strike(rows, own, others, block) } }
    case (.bools, _), (.days, _), (.ints, _), (.floats, _), (.texts, _):
      for place in 0..<block.count where rows[place] >= 0 { rows[place] = Self.struck }
    }
  }

  @inline(__always)
  private static func strike<Value: Equatable>(
    _ rows: UnsafeMutablePointer<Int>, _ own: [Value], _ others: [Value], _ block: Range<Int>
  ) {
    own.withUnsafeBufferPointer { own in
      others.withUnsafeBufferPointer { others in
        for place in 0..<block.count where rows[place] >= 0 {
          if own[rows[place]] != others[block.lowerBound &+ place] { rows[place] = struck }
        }
      }
    }
  }
}

/// The words of a column's rows by their bytes.
private struct Words {
  let codes: UnsafeBufferPointer<Int32>?
  let offsets: UnsafeBufferPointer<Int>
  let bytes: UnsafeBufferPointer<UInt8>

  @inline(__always)
  func bytes(of row: Int) -> UnsafeBufferPointer<UInt8> {
    let word = codes.map { Int($0[row]) } ?? row
    return UnsafeBufferPointer(rebasing: bytes[offsets[word]..<offsets[word &+ 1]])
  }

  @inline(__always)
  static func strike(
    _ rows: UnsafeMutablePointer<Int>, _ own: Words, _ others: Words, _ block: Range<Int>
  ) {
    for place in 0..<block.count where rows[place] >= 0 {
      let (left, right) = (own.bytes(of: rows[place]), others.bytes(of: block.lowerBound &+ place))
      guard left.count == right.count else {
        rows[place] = KeyColumn.struck
        continue
      }
      if let a = left.baseAddress, let b = right.baseAddress, memcmp(a, b, left.count) != 0 {
        rows[place] = KeyColumn.struck
      }
    }
  }
}

extension KeyTexts {
  fileprivate func withWords(_ body: (Words) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        guard let codes else { return body(Words(codes: nil, offsets: offsets, bytes: bytes)) }
        codes.withUnsafeBufferPointer { body(Words(codes: $0, offsets: offsets, bytes: bytes)) }
      }
    }
  }
}
