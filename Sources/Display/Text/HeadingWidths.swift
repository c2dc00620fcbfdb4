import Notation

/// How far names that stand beside each other may be cut.
enum HeadingWidths {
  /// Names of up to this many columns are not cut, since units and kinds stand at their ends: columns are left out instead. Of longer
  /// ones no less is shown.
  private static let short = 20

  /// Of each name the width from which on it is told from all others. O(names × log names).
  static func least(_ names: [String]) -> [Int] {
    let characters = names.map(Array.init)
    let order = names.indices.sorted { characters[$0].lexicographicallyPrecedes(characters[$1]) }
    var shared = [Int](repeating: 0, count: names.count)
    for (left, right) in zip(order, order.dropFirst()) {
      let common = zip(characters[left], characters[right]).prefix { $0 == $1 }.count
      shared[left] = max(shared[left], common)
      shared[right] = max(shared[right], common)
    }
    return names.indices.map { place in
      let told = characters[place].prefix(shared[place] + 1)
      return min(TextWidth.of(names[place]), max(short, TextWidth.of(String(told)) + 1))
    }
  }
}
