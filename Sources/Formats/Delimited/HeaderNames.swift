/// The names of columns from the cells of a header.
struct HeaderNames {
  private(set) var names: [String] = []
  /// What was renamed, of many only the first.
  private(set) var notes: [String] = []

  /// Empty names get their place, and a name that was there gets a number. O(cells).
  init(_ cells: some Collection<SampleCell>) {
    let written = Set(cells.map(\.trimmed))
    var taken: Set<String> = []
    // Where counting goes on for a name, so that a header of one name repeated takes no quadratic time.
    var numbers: [String: Int] = [:]
    var renamings: [String] = []
    for (place, cell) in cells.enumerated() {
      let wanted = cell.trimmed.isEmpty ? "column_\(place + 1)" : cell.trimmed
      var name = wanted
      var number = numbers[wanted] ?? 2
      while taken.contains(name) || (name != cell.trimmed && written.contains(name)) {
        name = "\(wanted)_\(number)"
        number += 1
      }
      numbers[wanted] = number
      if cell.trimmed.isEmpty {
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
