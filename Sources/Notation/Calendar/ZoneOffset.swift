/// Where clocks stand that say nothing of it: so far east of UTC, all year round.
public struct ZoneOffset: Sendable, Hashable {
  /// East of UTC.
  public let minutes: Int

  public init(minutes: Int) { self.minutes = minutes }

  /// `+01:00`, `-0330`, `+05`, `Z` or `UTC`; nil for anything else, names of places among it.
  public init?(_ text: String) {
    if text == "UTC" {
      minutes = 0
      return
    }
    let bytes = Array(text.utf8)
    let read = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.flatMap { DateText.offset($0, 0, buffer.count) }
    }
    guard !bytes.isEmpty, let read else { return nil }
    minutes = read
  }

  /// What the clock is ahead of UTC.
  public var microseconds: Int64 { Int64(minutes) * 60_000_000 }

  /// The moment of a time, which is taken to be of this offset where it tells none of its own.
  public func settled(_ moment: DateText.Moment) -> DateText.Moment {
    if moment.hasOffset { return moment }
    return DateText.Moment(microseconds: moment.microseconds - microseconds, hasOffset: true)
  }
}

extension ZoneOffset: CustomStringConvertible {
  /// `+01:00`.
  public var description: String {
    let (hours, rest) = minutes.magnitude.quotientAndRemainder(dividingBy: 60)
    return "\(minutes < 0 ? "-" : "+")\(hours < 10 ? "0" : "")\(hours):\(rest < 10 ? "0" : "")\(rest)"
  }
}
