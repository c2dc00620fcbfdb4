import Tables

/// A column that rows are found by, its cells at hand by their type.
///
/// Values are equal as in expressions: 0.0 and -0.0 are, texts where their bytes are, and a missing cell equals nothing, not even another.
struct KeyColumn: Sendable {
  enum Cells: Sendable {
    case bools([Bool])
    case days([Int32])
    /// Whole numbers, or the microseconds of moments.
    case ints([Int64])
    case floats([Double])
    case texts(KeyTexts)
  }

  let cells: Cells
  /// Which rows have a value that a row of the other table may have; nil when all do.
  let validity: Bitmap?
  let count: Int

  private init(_ cells: Cells, _ validity: Bitmap?, _ count: Int) {
    self.cells = cells
    self.validity = validity
    self.count = count
  }

  /// nil for vectors. With `asInts` floats are compared with ints: those that are no whole number of 64 bits equal none, and the others
  /// are compared without rounding.
  init?(_ column: Column, asInts: Bool = false) {
    let count = column.count
    switch column {
    case .bool(let cells): self.init(.bools(cells.values), cells.validity, count)
    case .date(let cells): self.init(.days(cells.values), cells.validity, count)
    case .int(let cells), .datetime(let cells): self.init(.ints(cells.values), cells.validity, count)
    case .float(let cells):
      if asInts {
        let whole = (0..<count).map { row in cells[row].flatMap { Int64(exactly: $0) } }
        let found = Tables.Cells(whole, filler: 0)
        self.init(.ints(found.values), found.validity, count)
      } else {
        self.init(.floats(cells.values), cells.validity, count)
      }
    case .text(let cells): self.init(.texts(KeyTexts(cells)), cells.validity, count)
    case .vector: return nil
    }
  }

  /// The words of a text column as rows of their own, and the row's place among them; nil where rows have no codes of words.
  var words: (column: KeyColumn, codes: [Int32])? {
    guard case .texts(let texts) = cells, let codes = texts.codes else { return nil }
    return (KeyColumn(.texts(KeyTexts(wordsOf: texts)), nil, texts.wordCount), codes)
  }

  @inline(__always)
  func isValid(_ row: Int) -> Bool { validity?[row] ?? true }

  /// Whether a row equals one of a column of the same form.
  func equal(_ row: Int, _ other: KeyColumn, _ otherRow: Int) -> Bool {
    guard isValid(row), other.isValid(otherRow) else { return false }
    switch (cells, other.cells) {
    case (.bools(let own), .bools(let others)): return own[row] == others[otherRow]
    case (.days(let own), .days(let others)): return own[row] == others[otherRow]
    case (.ints(let own), .ints(let others)): return own[row] == others[otherRow]
    case (.floats(let own), .floats(let others)): return own[row] == others[otherRow]
    case (.texts(let own), .texts(let others)): return own.equal(row, others, otherRow)
    case (.bools, _), (.days, _), (.ints, _), (.floats, _), (.texts, _): return false
    }
  }
}

extension KeyColumn {
  /// Gives the 64 bits of each row of a block, equal where the values are: of a text its hash, which others may have by chance. Any for
  /// a missing cell.
  @inline(__always)
  func eachBits(_ block: Range<Int>, _ body: (_ place: Int, _ bits: UInt64) -> Void) {
    let start = block.lowerBound
    switch cells {
    case .bools(let values):
      values.withUnsafeBufferPointer { values in
        for place in 0..<block.count { body(place, values[start &+ place] ? 1 : 0) }
      }
    case .days(let values):
      values.withUnsafeBufferPointer { values in
        for place in 0..<block.count { body(place, UInt64(bitPattern: Int64(values[start &+ place]))) }
      }
    case .ints(let values):
      values.withUnsafeBufferPointer { values in
        for place in 0..<block.count { body(place, UInt64(bitPattern: values[start &+ place])) }
      }
    case .floats(let values):
      values.withUnsafeBufferPointer { values in
        for place in 0..<block.count {
          let value = values[start &+ place]
          body(place, value == 0 ? 0 : value.bitPattern)
        }
      }
    case .texts(let texts): texts.eachHash(block, body)
    }
  }

  /// The least of the whole numbers and how far the largest is from it; nil where the cells are none. Missing cells count as what stands
  /// in their place.
  var bounds: (least: Int64, span: UInt64)? {
    func of(_ values: some Collection<Int64>) -> (least: Int64, span: UInt64) {
      var (least, most) = (values.first ?? 0, values.first ?? 0)
      for value in values {
        least = min(least, value)
        most = max(most, value)
      }
      return (least, UInt64(bitPattern: most) &- UInt64(bitPattern: least))
    }
    switch cells {
    case .bools: return (0, 1)
    case .days(let values): return of(values.lazy.map(Int64.init))
    case .ints(let values): return of(values)
    case .floats, .texts: return nil
    }
  }
}
