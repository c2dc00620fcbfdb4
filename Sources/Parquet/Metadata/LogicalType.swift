/// What the values of a column stand for (`LogicalType`, or the older `ConvertedType`).
enum LogicalType: Equatable {
  case string, map, list, enumeration
  case decimal(scale: Int, precision: Int)
  case date
  case time(TimeUnit)
  /// A moment: of UTC, or of clocks of which the file does not say where they stand.
  case timestamp(TimeUnit, isUTC: Bool)
  case integer(bits: Int, isSigned: Bool)
  /// A column without a value.
  case null
  case json, bson, uuid, float16, interval
  /// One that is not known here, or not read, by its name or number.
  case other(String)

  /// From the value of the field `logicalType`; nil for an empty union.
  static func read(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) -> LogicalType? {
    var found: LogicalType?
    try reader.structure(field) { (reader, member) throws(CompactReader.Failure) in
      switch member.id {
      case 5: found = try decimal(&reader, member)
      case 7: found = try unit(&reader, member).unit.map(LogicalType.time) ?? .other("time")
      case 8:
        let moment = try unit(&reader, member)
        found = moment.unit.map { .timestamp($0, isUTC: moment.isUTC) } ?? .other("timestamp")
      case 10: found = try integer(&reader, member)
      default:
        found = plain(member.id)
        return false
      }
      return true
    }
    return found
  }

  /// A member without details of its own.
  private static func plain(_ id: Int) -> LogicalType {
    switch id {
    case 1: .string
    case 2: .map
    case 3: .list
    case 4: .enumeration
    case 6: .date
    case 11: .null
    case 12: .json
    case 13: .bson
    case 14: .uuid
    case 15: .float16
    case 16: .other("variant")
    case 17: .other("geometry")
    case 18: .other("geography")
    case 19: .other("vector")
    default: .other("logical type \(id)")
    }
  }

  private static func decimal(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) -> LogicalType {
    var (scale, precision) = (Int32(0), Int32(0))
    try reader.structure(field) { (reader, member) throws(CompactReader.Failure) in
      switch member.id {
      case 1: scale = try reader.int32(member)
      case 2: precision = try reader.int32(member)
      default: return false
      }
      return true
    }
    return .decimal(scale: Int(scale), precision: Int(precision))
  }

  /// The unit of a time or a moment, nil for one that is not known, and whether it is adjusted to UTC.
  private static func unit(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) -> (unit: TimeUnit?, isUTC: Bool) {
    var (unit, isUTC): (TimeUnit?, Bool) = (nil, false)
    try reader.structure(field) { (reader, member) throws(CompactReader.Failure) in
      if member.id == 1 {
        isUTC = try reader.truth(member)
        return true
      }
      guard member.id == 2 else { return false }
      try reader.structure(member) { (_, choice) throws(CompactReader.Failure) in
        unit = TimeUnit(rawValue: choice.id)
        return false
      }
      return true
    }
    return (unit, isUTC)
  }

  private static func integer(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) -> LogicalType {
    var (bits, isSigned) = (Int64(64), true)
    try reader.structure(field) { (reader, member) throws(CompactReader.Failure) in
      switch member.id {
      case 1: bits = try reader.int(member)
      case 2: isSigned = try reader.truth(member)
      default: return false
      }
      return true
    }
    return .integer(bits: Int(bits), isSigned: isSigned)
  }

  /// From a `ConvertedType` with the scale and precision beside it.
  static func converted(_ code: Int32, scale: Int, precision: Int) -> LogicalType {
    switch code {
    case 0: .string
    case 1, 2: .map
    case 3: .list
    case 4: .enumeration
    case 5: .decimal(scale: scale, precision: precision)
    case 6: .date
    case 7: .time(.milliseconds)
    case 8: .time(.microseconds)
    case 9: .timestamp(.milliseconds, isUTC: true)
    case 10: .timestamp(.microseconds, isUTC: true)
    case 11, 12, 13, 14: .integer(bits: 8 << Int(code - 11), isSigned: false)
    case 15, 16, 17, 18: .integer(bits: 8 << Int(code - 15), isSigned: true)
    case 19: .json
    case 20: .bson
    case 21: .interval
    default: .other("converted type \(code)")
    }
  }
}
