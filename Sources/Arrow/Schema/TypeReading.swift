import Tables

extension ArrowType {
  /// The type that a field of a schema states. Throws `badFormat` for one that is not known, as nothing tells how many buffers it has.
  init(_ field: FlatTable) throws(SourceError) {
    let id: UInt8 = try field.number(2, otherwise: 0)
    guard let table = try field.table(3) else { throw field.bytes.damaged }
    let name = try field.text(0) ?? ""
    if let plain = ArrowType.plain(id) {
      self = plain
    } else if let parameterised = try ArrowType.parameterised(id, table) {
      self = parameterised
    } else {
      throw SourceError(
        source: table.bytes.source, reason: .badFormat("its column '\(name)' is of a type that is not known here"))
    }
  }

  /// The types that have no parameters which matter here.
  private static func plain(_ id: UInt8) -> ArrowType? {
    switch id {
    case 1: .null
    case 4: .unread("binary", buffers: 3)
    case 5: .utf8
    case 6: .bool
    case 11: .unread("an interval", buffers: 2)
    case 12: .unread("a list", buffers: 2)
    case 13: .structure
    case 15: .unread("binary", buffers: 2)
    case 16: .unread("a list", buffers: 1)
    case 17: .unread("a map", buffers: 2)
    case 19: .unread("binary", buffers: 3)
    case 20: .largeUTF8
    case 21: .unread("a list", buffers: 2)
    case 22: .unread("run-end encoded", buffers: 0, hadBitmap: true)
    case 23: .unread("binary", buffers: 2, isVariadic: true)
    case 24: .utf8View
    case 25, 26: .unread("a list", buffers: 3)
    default: nil
    }
  }

  private static func parameterised(_ id: UInt8, _ table: FlatTable) throws(SourceError) -> ArrowType? {
    switch id {
    case 2: return try integer(table)
    case 3:
      let precision: Int16 = try table.number(0, otherwise: 0)
      guard (0...2).contains(precision) else { throw table.bytes.damaged }
      return .float(bits: 16 << Int(precision))
    case 7: return try decimal(table)
    case 8:
      let unit: Int16 = try table.number(0, otherwise: 1)
      guard (0...1).contains(unit) else { throw table.bytes.damaged }
      return unit == 0 ? .days : .midnights
    case 9: return try time(table)
    case 10: return .timestamp(try unit(table, otherwise: 0), zone: try table.text(1))
    case 14:
      let isDense: Int16 = try table.number(0, otherwise: 0)
      return .unread("a union", buffers: isDense == 0 ? 1 : 2, hadBitmap: true)
    case 18: return .duration(try unit(table, otherwise: 1))
    default: return nil
    }
  }

  /// `Int`: of a column, or of the places in a dictionary.
  static func integer(_ table: FlatTable) throws(SourceError) -> ArrowType {
    let bits: Int32 = try table.number(0, otherwise: 0)
    let isSigned: UInt8 = try table.number(1, otherwise: 0)
    // Of 128 bits they are beyond the format, but Polars writes them.
    guard [8, 16, 32, 64, 128].contains(bits) else {
      return .unread("whole numbers of \(bits) bits", buffers: 2)
    }
    return .int(bits: Int(bits), isSigned: isSigned != 0)
  }

  private static func decimal(_ table: FlatTable) throws(SourceError) -> ArrowType {
    let precision: Int32 = try table.number(0, otherwise: 0)
    let scale: Int32 = try table.number(1, otherwise: 0)
    let bits: Int32 = try table.number(2, otherwise: 128)
    guard [32, 64, 128, 256].contains(bits), (1...76).contains(precision), (-1000...1000).contains(scale) else {
      throw table.bytes.damaged
    }
    return .decimal(precision: Int(precision), scale: Int(scale), bits: Int(bits))
  }

  private static func time(_ table: FlatTable) throws(SourceError) -> ArrowType {
    let bits: Int32 = try table.number(1, otherwise: 32)
    guard bits == 32 || bits == 64 else { throw table.bytes.damaged }
    return .time(try unit(table, otherwise: 1), bits: Int(bits))
  }

  private static func unit(_ table: FlatTable, otherwise fallback: Int16) throws(SourceError) -> TimeUnit {
    let number: Int16 = try table.number(0, otherwise: fallback)
    guard let unit = TimeUnit(rawValue: Int(number)) else { throw table.bytes.damaged }
    return unit
  }
}
