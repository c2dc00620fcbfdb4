/// The names of columns from the cells of a header.
package struct HeaderNames {
  package private(set) var names: [String] = []
  /// What was renamed, of many only the first.
  package private(set) var notes: [String] = []

  /// `cells` are without blanks around them. Empty names get their place, and a name that was there gets a number. O(cells).
  package init(_ cells: [String]) {
    let written = Set(cells)
    var taken: Set<String> = []
    // Where counting goes on for a name, so that a header of one name repeated takes no quadratic time.
    var numbers: [String: Int] = [:]
    var renamings: [String] = []
    for (place, cell) in cells.enumerated() {
      let wanted = cell.isEmpty ? "column_\(place + 1)" : cell
      var name = wanted
      var number = numbers[wanted] ?? 2
      while taken.contains(name) || (name != cell && written.contains(name)) {
        name = "\(wanted)_\(number)"
        number += 1
      }
      numbers[wanted] = number
      if cell.isEmpty {
        renamings.append("column \(place + 1) has no name; it is called \(name)")
      } else if name != wanted {
        renamings.append("a second column '\(wanted)' is called \(name)")
      }
      taken.insert(name)
      names.append(name)
    }
    notes = Array(renamings.prefix(5))
    if renamings.count > 5 { notes.append("\(renamings.count - 5) more columns were named in this way") }
  }
}
