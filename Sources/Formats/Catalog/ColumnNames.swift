/// Gives columns names that are distinct: the first of a name keeps it, the others get a number, and those without one their place.
package struct ColumnNames {
  private let written: Set<String>
  private var taken: Set<String> = []
  /// Where counting goes on for a name, so that a file with one name for all takes no quadratic time.
  private var numbers: [String: Int] = [:]
  private var count = 0
  private var renamings: [String] = []

  package init(_ names: [String]) { written = Set(names) }

  /// All names of a header as those of columns, and what was named otherwise. O(names).
  package static func of(_ header: [String]) -> (names: [String], notes: [String]) {
    var naming = ColumnNames(header)
    let names = header.map { naming.take($0) }
    return (names, naming.notes)
  }

  package mutating func take(_ given: String) -> String {
    count += 1
    let wanted = given.isEmpty ? "column_\(count)" : given
    var name = wanted
    var number = numbers[wanted] ?? 2
    while taken.contains(name) || (name != given && written.contains(name)) {
      name = "\(wanted)_\(number)"
      number += 1
    }
    numbers[wanted] = number
    taken.insert(name)
    if given.isEmpty {
      renamings.append("column \(count) has no name; it is called \(name)")
    } else if name != given {
      renamings.append("a second column '\(given)' is called \(name)")
    }
    return name
  }

  /// What was named otherwise: one line each.
  package var notes: [String] {
    let more = renamings.count > 5 ? ["\(renamings.count - 5) more columns were named in this way"] : []
    return renamings.prefix(5) + more
  }
}
