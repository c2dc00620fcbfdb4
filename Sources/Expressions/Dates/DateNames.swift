/// The English names of months and days of the week, in full or by their first three letters.
enum DateNames {
  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ].map { Array($0.utf8) }

  private static let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
    .map { Array($0.utf8) }

  /// From 1; of a word in small letters.
  static func month(_ letters: [UInt8]) -> Int? {
    if letters.elementsEqual("sept".utf8) { return 9 }
    return months.firstIndex { $0 == letters || Array($0.prefix(3)) == letters }.map { $0 + 1 }
  }

  static func isWeekday(_ letters: [UInt8]) -> Bool {
    weekdays.contains { $0 == letters || Array($0.prefix(3)) == letters }
  }
}
