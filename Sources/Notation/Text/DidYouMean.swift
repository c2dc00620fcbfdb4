/// The candidate that a mistyped word most likely means; nil if none comes close.
///
/// In this order: a synonym (`n_estimators` for `trees`) that is among the candidates, the same word in other case, the
/// candidate at the least Damerau–Levenshtein distance (at most a third of the word's length), a candidate that the word
/// begins or that begins the word. Ties go to the earlier candidate.
public func didYouMean(_ word: String, among candidates: [String], synonyms: [String: String] = [:]) -> String? {
  if let meant = synonyms[word] ?? synonyms[word.lowercased()], candidates.contains(meant) { return meant }
  let folded = Array(word.lowercased().unicodeScalars)
  guard !folded.isEmpty, folded.count <= longestWord else { return nil }
  let others = candidates.filter { $0 != word }.map { (name: $0, folded: Array($0.lowercased().unicodeScalars)) }
  if let same = others.first(where: { $0.folded == folded }) { return same.name }
  return nearest(to: folded, among: others) ?? others.first { beginsOther(folded, $0.folded) }?.name
}

/// Longer words are not mistyped names; comparing them would cost the product of their lengths.
private let longestWord = 64

private typealias Candidate = (name: String, folded: [Unicode.Scalar])

private func nearest(to word: [Unicode.Scalar], among candidates: [Candidate]) -> String? {
  var best: String?
  var limit = max(1, word.count / 3)
  for candidate in candidates where candidate.folded.count <= longestWord {
    guard abs(candidate.folded.count - word.count) <= limit else { continue }
    let distance = alignmentDistance(word, candidate.folded)
    // A word of which everything was changed is another word.
    guard distance <= limit, distance < min(word.count, candidate.folded.count) else { continue }
    best = candidate.name
    limit = distance - 1
  }
  return best
}

private func beginsOther(_ word: [Unicode.Scalar], _ candidate: [Unicode.Scalar]) -> Bool {
  guard word.count >= 3, candidate.count >= 3 else { return false }
  return candidate.starts(with: word) || word.starts(with: candidate)
}

/// The least number of insertions, deletions, replacements and swaps of neighbours, none of which touches a place twice
/// (the optimal string alignment form of Damerau–Levenshtein).
private func alignmentDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for row in 1...max(1, left.count) where row <= left.count {
    var current = [row]
    current.reserveCapacity(right.count + 1)
    for column in right.indices.map({ $0 + 1 }) {
      let change = left[row - 1] == right[column - 1] ? 0 : 1
      var least = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + change)
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        least = min(least, beforePrevious[column - 2] + 1)
      }
      current.append(least)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}
