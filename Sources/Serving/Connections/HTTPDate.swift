import Notation
import Synchronization
import Tables

/// The time for `Date` headers, put into words once a second.
final class HTTPDate: Sendable {
  private let last = Mutex((second: Int64.min, text: ""))

  /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
  func text(_ microseconds: Int64) -> String {
    let second = microseconds / 1_000_000
    return last.withLock { last in
      if last.second != second { last = (second, Self.words(second)) }
      return last.text
    }
  }

  static func words(_ second: Int64) -> String {
    let moment = CivilDateTime(microseconds: second * 1_000_000)
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let weekday = days[(Int(moment.date.days) % 7 + 7) % 7]
    // ISO's `2026-01-31T10:00:00Z` has the same digits.
    let time = moment.description.dropFirst(11).prefix(8)
    let day = moment.date.day < 10 ? "0\(moment.date.day)" : "\(moment.date.day)"
    return "\(weekday), \(day) \(months[moment.date.month - 1]) \(moment.date.year) \(time) GMT"
  }
}
