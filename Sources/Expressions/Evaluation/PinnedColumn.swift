import Tables

/// A column whose text, if it is text, lies still in memory while blocks of it are loaded.
package struct PinnedColumn: @unchecked Sendable {
  private enum Texts {
    case none
    case plain(offsets: UnsafeBufferPointer<Int>, bytes: UnsafeBufferPointer<UInt8>)
    case dictionary(codes: UnsafeBufferPointer<Int32>, words: UnsafeBufferPointer<TextRef>)
  }

  private let column: Column?
  private let texts: Texts
  /// The type of the cells that `load` gives.
  package let type: ColumnType

  /// Runs `body` with the columns pinned; each as the type of its field. A column that is not there, or of another length or type,
  /// is missing throughout, save that ints serve for floats.
  package static func with<Result>(
    _ columns: [Column?], _ fields: [Field], rowCount: Int, _ body: ([PinnedColumn]) -> Result
  ) -> Result {
    pin(columns, fields, rowCount, [], body)
  }

  private static func pin<Result>(
    _ columns: [Column?], _ fields: [Field], _ rowCount: Int, _ pinned: [PinnedColumn],
    _ body: ([PinnedColumn]) -> Result
  ) -> Result {
    var pinned = pinned
    while pinned.count < fields.count {
      let field = fields[pinned.count]
      let given = pinned.count < columns.count ? columns[pinned.count] : nil
      let fits = given.map {
        $0.count == rowCount && ($0.type == field.type || ($0.type, field.type) == (.int, .float))
      }
      let column = fits == true ? given : nil
      guard case .text(let cells) = column else {
        pinned.append(PinnedColumn(column: column, texts: .none, type: field.type))
        continue
      }
      // Text is held still by a frame of the stack.
      return pin(cells) { texts in
        pin(columns, fields, rowCount, pinned + [PinnedColumn(column: column, texts: texts, type: field.type)], body)
      }
    }
    return body(pinned)
  }

  private static func pin<Result>(_ cells: TextCells, _ body: (Texts) -> Result) -> Result {
    switch cells.storage {
    case .plain(let offsets, let bytes):
      return offsets.withUnsafeBufferPointer { offsets in
        bytes.withUnsafeBufferPointer { body(.plain(offsets: offsets, bytes: $0)) }
      }
    case .dictionary(let codes, let words):
      let arena = TextArena()
      return withExtendedLifetime(arena) {
        words.map { arena.copy($0) }.withUnsafeBufferPointer { words in
          codes.withUnsafeBufferPointer { body(.dictionary(codes: $0, words: words)) }
        }
      }
    }
  }

  /// Copies the cells of `rows` into a block of the kind of the type.
  package func load(_ rows: Range<Int>, into block: inout CellBlock) {
    guard let column else {
      loadMissing(rows.count, into: &block)
      return
    }
    loadState(column.validity, rows, into: &block)
    switch (column, type) {
    case (.bool(let cells), _): copy(cells.values, rows, block.bools) { $0 ? 1 : 0 }
    case (.int(let cells), .float): copy(cells.values, rows, block.floats) { Double($0) }
    case (.int(let cells), _), (.datetime(let cells), _): copy(cells.values, rows, block.ints) { $0 }
    case (.float(let cells), _): loadFloats(cells.values, rows, into: &block)
    case (.date(let cells), _): copy(cells.values, rows, block.ints) { Int64($0) }
    case (.text, _): loadTexts(rows, into: &block)
    case (.vector, _): loadMissing(rows.count, into: &block)
    }
  }

  @inline(__always)
  private func copy<From, To>(
    _ values: [From], _ rows: Range<Int>, _ place: UnsafeMutablePointer<To>, _ convert: (From) -> To
  ) {
    values.withUnsafeBufferPointer { source in
      for i in 0..<rows.count { place[i] = convert(source[rows.lowerBound + i]) }
    }
  }

  /// No table holds a not-a-number or an infinity; should one come, it is missing.
  private func loadFloats(_ values: [Double], _ rows: Range<Int>, into block: inout CellBlock) {
    var probe: UInt64 = 0
    let place = block.floats
    values.withUnsafeBufferPointer { source in
      for i in 0..<rows.count {
        let value = source[rows.lowerBound + i]
        place[i] = value
        probe |= (value.bitPattern & 0x7FF0_0000_0000_0000) &+ 0x0010_0000_0000_0000
      }
    }
    guard probe >> 63 != 0 else { return }
    for i in 0..<rows.count where !place[i].isFinite {
      place[i] = 0
      block.setMissing(i, of: rows.count)
    }
  }

  private func loadMissing(_ count: Int, into block: inout CellBlock) {
    block.isClean = false
    block.state.update(repeating: CellBlock.missing, count: count)
    switch CellKind(type) {
    case .bool: block.bools.update(repeating: 0, count: count)
    case .int: block.ints.update(repeating: 0, count: count)
    case .float: block.floats.update(repeating: 0, count: count)
    case .text: block.texts.update(repeating: .empty, count: count)
    }
  }

  private func loadState(_ validity: Bitmap?, _ rows: Range<Int>, into block: inout CellBlock) {
    block.isClean = true
    guard let validity else { return }
    var any: UInt8 = 0
    validity.words.withUnsafeBufferPointer { words in
      for i in 0..<rows.count {
        let row = rows.lowerBound + i
        let bit = UInt8(truncatingIfNeeded: words[row >> 6] >> UInt64(row & 63)) & 1 ^ 1
        block.state[i] = bit
        any |= bit
      }
    }
    block.isClean = any == 0
  }

  private func loadTexts(_ rows: Range<Int>, into block: inout CellBlock) {
    let place = block.texts
    for i in 0..<rows.count {
      let row = rows.lowerBound + i
      place[i] = .empty
      guard block.isValid(i) else { continue }
      switch texts {
      case .plain(let offsets, let bytes):
        let (start, end) = (offsets[row], offsets[row + 1])
        if let base = bytes.baseAddress, start < end { place[i] = TextRef(base: base + start, count: end - start) }
      case .dictionary(let codes, let words):
        if let word = Int(exactly: codes[row]), words.indices.contains(word) {
          place[i] = words[word]
        } else {
          block.setMissing(i, of: rows.count)
        }
      case .none: break
      }
    }
  }
}
