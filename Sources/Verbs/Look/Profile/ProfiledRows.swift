import Kernels
import Plan
import Tables

extension Rows {
  /// What counting the values of a column takes at most.
  private static let tallySize = 50 << 20

  /// The profiles of the columns named in their order, or of all. Rows that are not all in memory are looked at chunk by chunk, twice
  /// where quartiles ask for it, so that the figures are those of rows in memory.
  func profile(
    of columns: [String]?, top: Int, depth: ProfileDepth = .brief, _ progress: Progress
  ) throws(EngineError) -> [ColumnProfile] {
    guard case .stored(let rows) = self else {
      let table = try table(columns.map(Set.init), progress)
      return try EngineError.checking { () throws(Cancelled) in
        try TableProfile(of: columns.map(table.select) ?? table, top: top, depth: depth, progress).columns
      }
    }
    let wanted = columns?.compactMap { name in rows.schema.fields.first { $0.name == name } } ?? rows.schema.fields
    let most = max(1, Memory.bound / 4 / Self.tallySize)
    let groups = stride(from: 0, to: wanted.count, by: rows.isByColumn ? 1 : most).map { start in
      Array(wanted[start..<min(wanted.count, start + (rows.isByColumn ? 1 : most))])
    }
    // Columns that are read on their own are looked at side by side; else the columns of a group are.
    var profiles: [ColumnProfile] = []
    let together = rows.isByColumn ? most : 1
    for start in stride(from: 0, to: groups.count, by: together) {
      let found = parallelMap(min(together, groups.count - start)) { place in
        Result { () throws(EngineError) in try rows.profile(ofGroup: groups[start + place], top, depth, progress) }
      }
      for result in found { profiles += try result.get() }
    }
    return profiles
  }
}

extension StoredRows {
  fileprivate func profile(
    ofGroup group: [Field], _ top: Int, _ depth: ProfileDepth, _ progress: Progress
  ) throws(EngineError) -> [ColumnProfile] {
    let names = group.map(\.name)
    var builder = TableProfile.Builder(Schema(group), top: top, depth: depth)
    try fold(Set(names), progress) { chunk throws(EngineError) in
      try EngineError.checking { () throws(Cancelled) in try builder.take(chunk.select(names), progress) }
      return true
    }
    let again = builder.wantedAgain()
    if !again.isEmpty {
      try fold(again, progress) { chunk throws(EngineError) in
        try EngineError.checking { () throws(Cancelled) in try builder.takeAgain(chunk, progress) }
        return true
      }
    }
    return builder.finish().columns
  }
}
