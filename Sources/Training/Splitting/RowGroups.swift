/// The rows of each value of a code, values in rising order, rows in rising order.
struct RowGroups {
  let codes: [Int32]
  let members: [[Int]]

  init(_ rowCodes: [Int32]) {
    codes = Set(rowCodes).sorted()
    var place: [Int32: Int] = [:]
    for (index, code) in codes.enumerated() { place[code] = index }
    var members = [[Int]](repeating: [], count: codes.count)
    for (row, code) in rowCodes.enumerated() { members[place[code, default: 0]].append(row) }
    self.members = members
  }
}
