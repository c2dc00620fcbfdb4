import Tables

/// How the cells of a row's key become one number of 64 bits, by the table that is looked up in.
///
/// One number stands for itself, and several whole numbers, bools, dates and moments are packed side by side where the values of that
/// table leave room: then rows agree where their codes do. Texts and what needs more bits are hashed, and rows whose codes agree are
/// compared.
struct KeyLayout: Sendable {
  private enum Form: Sendable {
    case single
    case packed([PackedField])
    case hashed
  }

  /// Where a column's values stand among the 64 bits: those from `least` to `least + span`.
  private struct PackedField: Sendable {
    let least: Int64
    let span: UInt64
    let shift: UInt64
  }

  private let form: Form

  /// Whether rows agree where their codes do.
  var isExact: Bool { if case .hashed = form { false } else { true } }

  init(of columns: [KeyColumn]) {
    if columns.count == 1, case .texts = columns[0].cells {
      form = .hashed
    } else if columns.count == 1 {
      form = .single
    } else {
      form = Self.packed(columns).map(Form.packed) ?? .hashed
    }
  }

  private static func packed(_ columns: [KeyColumn]) -> [PackedField]? {
    var fields: [PackedField] = []
    var bits = 0
    for column in columns {
      guard let (least, span) = column.bounds else { return nil }
      let width = UInt64.bitWidth - span.leadingZeroBitCount
      guard bits + width <= UInt64.bitWidth else { return nil }
      // A shift by 64 is of a column of one value, which takes no bit.
      fields.append(PackedField(least: least, span: span, shift: UInt64(min(bits, 63))))
      bits += width
    }
    return fields
  }

  /// Writes the code of each row of a block, and whether it has one: a row of which a cell is missing, or out of reach of the table that
  /// is looked up in, has none. Gives whether all have one.
  @inline(__always)
  func encode(
    _ columns: [KeyColumn], _ block: Range<Int>, _ codes: UnsafeMutablePointer<UInt64>,
    _ isThere: UnsafeMutablePointer<Bool>
  ) -> Bool {
    var all = true
    for place in 0..<block.count { isThere[place] = true }
    for column in columns {
      guard let validity = column.validity else { continue }
      validity.eachClear(RowList(block), 0..<block.count) { place in
        isThere[place] = false
        all = false
      }
    }
    switch form {
    case .single: columns[0].eachBits(block) { codes[$0] = $1 }
    case .hashed where columns.count == 1: columns[0].eachBits(block) { codes[$0] = $1 }
    case .hashed:
      for place in 0..<block.count { codes[place] = 0 }
      for column in columns { column.eachBits(block) { codes[$0] = KeyHash.adding($1, to: codes[$0]) } }
    case .packed(let fields):
      for place in 0..<block.count { codes[place] = 0 }
      for (field, column) in zip(fields, columns) {
        let (least, span, shift) = (UInt64(bitPattern: field.least), field.span, field.shift)
        column.eachBits(block) { place, bits in
          let offset = bits &- least
          if offset > span {
            isThere[place] = false
            all = false
          } else {
            codes[place] |= offset &<< shift
          }
        }
      }
    }
    return all
  }
}
