/// How often each of a column's values occurs, up to a bound on how many different ones are followed.
///
/// Values are followed from their first appearance, so their counts are exact. Past the bound, their number is estimated, and of the
/// ones followed those go on that were met most often within the first `limit` rows.
public enum ValueCounts {
  /// How many different values are counted exactly.
  public static let limit = 1 << 20
  /// How many of the most frequent values a profile can tell.
  public static let mostTop = KeyRuns.most
}

/// Picks the most frequent of many without sorting them all.
enum MostFrequent {
  /// The least count, 2 or more, that at most `most` of the counts reach.
  static func least(_ counts: some Sequence<Int>, most: Int) -> Int {
    var sizes = [Int](repeating: 0, count: 1 << 12)
    for count in counts { sizes[min(sizes.count - 1, count)] += 1 }
    var (least, reaching) = (sizes.count, 0)
    while least > 2, reaching + sizes[least - 1] <= most {
      least -= 1
      reaching += sizes[least]
    }
    return least
  }

  /// The places of the greatest counts, greatest first; of equal counts the one that `isBefore` puts first.
  static func places(_ counts: [Int], _ wanted: Int, _ isBefore: (Int, Int) -> Bool) -> [Int] {
    var best: [Int] = []
    for place in counts.indices {
      if best.count == wanted {
        guard let last = best.last else { return [] }
        if counts[place] < counts[last] || (counts[place] == counts[last] && isBefore(last, place)) { continue }
      }
      let at = best.firstIndex { counts[place] > counts[$0] || (counts[place] == counts[$0] && isBefore(place, $0)) }
      best.insert(place, at: at ?? best.count)
      if best.count > wanted { best.removeLast() }
    }
    return best
  }
}
