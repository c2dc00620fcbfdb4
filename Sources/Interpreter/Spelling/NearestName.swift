/// Finds what a misspelt name may have meant.
public enum NearestName {
  /// The candidate nearest to `name` by edits (insertions, deletions, substitutions, swaps of neighbours; case counts for
  /// nothing), the first of equals; nil if none is near enough: one edit in up to four letters, two in up to seven, else
  /// a third of the length.
  ///
  /// The distance is Damerau's in its restricted form (optimal string alignment). O(candidates × length²), with names
  /// cut to 64 letters.
  public static func of(_ name: String, in candidates: some Sequence<String>) -> String? {
    let wanted = letters(name)
    let allowed = wanted.count <= 4 ? 1 : wanted.count <= 7 ? 2 : wanted.count / 3
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != name {
      let other = letters(candidate)
      guard abs(other.count - wanted.count) <= allowed else { continue }
      let distance = distance(wanted, other)
      if distance <= allowed, distance < wanted.count, distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    return best?.name ?? extended(wanted, candidates)
  }

  /// The words `did you mean 'age'?`, or nil.
  public static func hint(_ name: String, in candidates: some Sequence<String>) -> String? {
    of(name, in: candidates).map { "did you mean '\($0)'?" }
  }

  /// The only candidate that begins with the name or is its beginning, for names of four letters and more.
  private static func extended(_ wanted: [Character], _ candidates: some Sequence<String>) -> String? {
    guard wanted.count >= 4 else { return nil }
    let found = candidates.filter { candidate in
      let other = letters(candidate)
      return other.count >= 4 && (other.starts(with: wanted) || wanted.starts(with: other)) && other != wanted
    }
    return found.count == 1 ? found[0] : nil
  }

  private static func letters(_ name: String) -> [Character] { Array(name.lowercased().prefix(64)) }

  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var last = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other { least = min(least, before[j - 1] + 1) }
        row.append(least)
      }
      before = last
      last = row
    }
    return last[right.count]
  }
}

/// A list of names for a message: at most `limit` of them, and the number of all where some are left out.
func listed(_ names: [String], limit: Int = 8) -> String {
  guard names.count > limit else { return names.joined(separator: ", ") }
  return names.prefix(limit).joined(separator: ", ") + ", … (\(names.count))"
}
