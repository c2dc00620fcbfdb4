import Descriptions
import Notation

extension ZoneOffset: ParameterValue {
  public static let typeName = "an offset from UTC, as in \"+01:00\", or \"UTC\""

  public static func read(_ raw: RawValue) -> ZoneOffset? { raw.string.flatMap(ZoneOffset.init) }

  public var raw: RawValue { .text(description) }
}

/// The option of formats of text that have times.
enum ZoneOption {
  static let zone = Parameter<ZoneOffset>(
    "zone", "The offset from UTC of times that are written without one",
    otherwise: "they are taken as UTC, and a note says so where others have an offset")

  /// Words of other tools for it.
  static let otherOptions = ["timezone": "zone", "tz": "zone", "time_zone": "zone", "utc_offset": "zone"]
}
