/// Which known name a wrong one probably means.
enum Spelling {
  /// The nearest of `names` within a third of the word's length (at least one edit), or nil. Case is passed over.
  ///
  /// O(names × length²), with words of more than 64 letters left alone.
  static func nearest(to word: String, among names: [String]) -> String? {
    let wanted = Array(word.lowercased().unicodeScalars)
    guard wanted.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
      let candidate = Array(name.lowercased().unicodeScalars)
      guard candidate.count <= 64 else { continue }
      let distance = distance(wanted, candidate)
      if distance <= max(1, wanted.count / 3), best.map({ distance < $0.distance }) ?? true { best = (name, distance) }
    }
    return best?.name
  }

  /// Levenshtein's distance, one row of the table at a time.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (i, scalar) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (scalar == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
