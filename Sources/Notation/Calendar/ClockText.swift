/// Writes times of day, wherever they come from.
public enum ClockText {
  /// Appends `10:00:00` or `10:00:00.5` by ISO 8601: one text for a time, in whatever unit it is counted from midnight.
  /// What is below zero begins with a sign, and hours are not held against a day.
  public static func append(_ count: Int64, perSecond: Int64, to text: inout [UInt8]) {
    if count < 0 { text.append(UInt8(ascii: "-")) }
    let (seconds, rest) = count.magnitude.quotientAndRemainder(dividingBy: perSecond.magnitude)
    append(seconds / 3600, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds / 60 % 60, digits: 2, to: &text)
    text.append(UInt8(ascii: ":"))
    append(seconds % 60, digits: 2, to: &text)
    if rest == 0 { return }
    text.append(UInt8(ascii: "."))
    append(rest, digits: "\(perSecond)".utf8.count - 1, to: &text)
    while text.last == UInt8(ascii: "0") { text.removeLast() }
  }

  /// The same by itself.
  public static func bytes(_ count: Int64, perSecond: Int64) -> [UInt8] {
    var text: [UInt8] = []
    append(count, perSecond: perSecond, to: &text)
    return text
  }

  private static func append(_ value: UInt64, digits: Int, to text: inout [UInt8]) {
    let written = "\(value)".utf8
    text += [UInt8](repeating: UInt8(ascii: "0"), count: max(0, digits - written.count))
    text += written
  }
}
