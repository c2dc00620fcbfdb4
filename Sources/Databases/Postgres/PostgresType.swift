import Formats
import Tables

/// How the cells of a column of a server come, by its type.
enum PostgresType: Sendable, Hashable {
  case bool, int2, int4, int8, oid, float4, float8, text, date, timestamp
  /// As decimal text.
  case numeric(NumericRange)

  /// What a numeric column is declared to hold.
  enum NumericRange: Sendable, Hashable {
    /// Whole numbers of 64 bits.
    case whole
    /// Fractions of which a float keeps every digit.
    case exact
    /// What its values show.
    case open
  }

  /// By the number of a built-in type, with what it is bounded to; nil for another type.
  init?(_ number: UInt32, modifier: Int) {
    switch number {
    case 16: self = .bool
    case 21: self = .int2
    case 23: self = .int4
    case 20: self = .int8
    case 26: self = .oid
    case 700: self = .float4
    case 701: self = .float8
    case 1700: self = .numeric(NumericRange(modifier))
    // text, varchar, char(n), "char", name, uuid, json, jsonb, xml, time, timetz
    case 25, 1043, 1042, 18, 19, 2950, 114, 3802, 142, 1083, 1266: self = .text
    case 1082: self = .date
    // without and with a time zone: both are microseconds, the latter of UTC
    case 1114, 1184: self = .timestamp
    default: return nil
    }
  }

  /// What the column is read as; nil where only its values tell.
  var loose: LooseType? {
    switch self {
    case .bool: .of(.bool)
    case .int2, .int4, .int8, .oid: .of(.int)
    case .float4, .float8: .of(.float)
    case .text: .of(.text)
    case .date: .of(.date)
    case .timestamp: .of(.datetime)
    case .numeric(.whole): .of(.int)
    case .numeric(.exact): .of(.float)
    case .numeric(.open): nil
    }
  }

  /// The cells as they are asked for, of a column of that name.
  func expression(_ name: String) -> String {
    switch self {
    case .text, .numeric: "\(name)::pg_catalog.text"
    case .bool, .int2, .int4, .int8, .oid, .float4, .float8, .date, .timestamp: name
    }
  }
}

extension PostgresType.NumericRange {
  /// Of `numeric(precision, scale)`, whose modifier is both in one number; without them it is below 0.
  init(_ modifier: Int) {
    let bounds = modifier - 4
    // A scale below 0 has 11 bits of its own.
    let (precision, scale) = (bounds >> 16 & 0xFFFF, bounds & 0x7FF)
    if modifier < 4 || scale >= 1024 {
      self = .open
    } else if scale == 0 {
      self = precision <= 18 ? .whole : .open
    } else {
      self = precision <= 15 ? .exact : .open
    }
  }
}

/// A column of a table or query on a server.
struct PostgresColumn: Sendable {
  /// Its place, from 0.
  let place: Int
  let name: String
  let type: PostgresType

  /// What it is called in the query that is sent: names may stand twice.
  var alias: String { "c\(place)" }
}
