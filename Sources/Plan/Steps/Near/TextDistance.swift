/// Levenshtein's distance between texts of several columns, the sum of the columns' own, as far as it is asked for.
struct TextDistance {
  private var row: [Int] = []

  /// Whether at most so many letters have to be inserted, left out or exchanged. O(most × letters).
  mutating func isWithin(_ most: Int, _ left: [UInt32], _ right: [UInt32]) -> Bool {
    var rest = most
    var (a, b) = (left[...], right[...])
    while true {
      let (x, y) = (Self.column(&a), Self.column(&b))
      guard let distance = distance(x, y, most: rest) else { return false }
      rest -= distance
      if a.isEmpty && b.isEmpty { return true }
    }
  }

  /// The letters up to the next separator, which are taken off with it.
  private static func column(_ letters: inout ArraySlice<UInt32>) -> ArraySlice<UInt32> {
    guard let end = letters.firstIndex(of: NearTexts.separator) else {
      defer { letters = [] }
      return letters
    }
    defer { letters = letters[(end + 1)...] }
    return letters[..<end]
  }

  /// nil where it is more than `most`: only the band about the diagonal is looked at (Ukkonen, 1985).
  private mutating func distance(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>, most: Int) -> Int? {
    guard abs(a.count - b.count) <= most else { return nil }
    if most == 0 { return a == b ? 0 : nil }
    let far = most + 1
    row.removeAll(keepingCapacity: true)
    for column in 0...b.count { row.append(min(column, far)) }
    for (place, letter) in a.enumerated() {
      // Columns before and behind the band are as far as it matters.
      let (first, last) = (max(1, place + 1 - most), min(b.count, place + 1 + most))
      var diagonal = row[first - 1]
      row[first - 1] = first == 1 ? min(place + 1, far) : far
      var least = row[first - 1]
      for column in stride(from: first, through: last, by: 1) {
        let exchanged = diagonal + (letter == b[b.startIndex + column - 1] ? 0 : 1)
        diagonal = row[column]
        row[column] = min(far, exchanged, row[column - 1] + 1, row[column] + 1)
        least = min(least, row[column])
      }
      if least > most { return nil }
    }
    return row[b.count] <= most ? row[b.count] : nil
  }
}
