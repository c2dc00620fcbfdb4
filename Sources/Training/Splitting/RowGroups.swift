import Tables

/// The rows of each value of a code, values in rising order, rows in rising order.
struct RowGroups {
  let members: [[Int]]

  init(_ rowCodes: [Int32]) {
    let order = CategoryCodes(.int(Cells(rowCodes.map(Int64.init))))
    var members = order.counts.map { count in
      var rows: [Int] = []
      rows.reserveCapacity(count)
      return rows
    }
    for (row, code) in order.codes.enumerated() { members[Int(code)].append(row) }
    self.members = members
  }
}
