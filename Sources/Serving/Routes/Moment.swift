import Glibc

/// A moment by the wall clock, to record, and by the monotonic clock, to measure from.
public struct Moment: Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let utc: Int64
  private let monotonic: Int64

  public static var now: Moment {
    Moment(utc: microseconds(CLOCK_REALTIME), monotonic: microseconds(CLOCK_MONOTONIC))
  }

  /// Microseconds since this moment, never negative.
  public var elapsed: Int64 { max(0, Self.microseconds(CLOCK_MONOTONIC) - monotonic) }

  private static func microseconds(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }
}
