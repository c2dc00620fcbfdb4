/// How much two texts may differ that count as the same.
public enum NearLimit: Sendable, Hashable {
  /// So many letters inserted, left out or exchanged, and a third of the longer text's at most.
  case distance(Int)
  /// At least this share of the longer text's letters the same, from 0.6 to 1.
  case similarity(Double)

  public static let leastSimilarity = 0.6

  /// The changes that may lie between two texts, the longer of which has so many letters.
  func allowed(_ longer: Int) -> Int {
    switch self {
    case .distance(let most): min(max(0, most), longer / 3)
    case .similarity(let share): Int((1 - max(Self.leastSimilarity, min(share, 1))) * Double(longer) + 1e-9)
    }
  }

  /// The most changes that may lie between a text of so many letters and any other. Grows with the letters by steps of one at most.
  func mostAllowed(_ letters: Int) -> Int {
    var most = allowed(letters)
    // A longer text may differ in more, but not in fewer letters than it has more.
    while allowed(letters + most + 1) > most { most += 1 }
    return most
  }

  var words: String {
    switch self {
    case .distance(let most): "distance: \(most)"
    case .similarity(let share): "similarity: \(share)"
    }
  }
}
