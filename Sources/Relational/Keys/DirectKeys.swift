import Tables

/// Rows by codes that are close to each other: an array with a place for each code from the least to the largest.
struct DirectKeys {
  let least: UInt64
  /// The row, or the group where there are groups, of the code at each distance from the least; -1 for none.
  let found: Room<Int32>
  let groups: RowGroups?

  /// Places for a row at most; so many are always fine.
  private static let (placesForRow, few) = (4, UInt64(1 << 16))

  /// nil where the codes are too far apart. Codes are whole numbers with a sign. O(rows + places).
  init?(_ codes: Room<UInt64>, _ isThere: Room<Bool>?) {
    var (low, high) = (Int64.max, Int64.min)
    for row in 0..<codes.count where isThere?.base[row] ?? true {
      low = min(low, Int64(bitPattern: codes.base[row]))
      high = max(high, Int64(bitPattern: codes.base[row]))
    }
    guard low <= high else { return nil }
    let least = UInt64(bitPattern: low)
    let span = UInt64(bitPattern: high) &- least
    guard span < max(Self.few, UInt64(codes.count) * UInt64(Self.placesForRow)) else { return nil }
    self.least = least
    found = Room(Int(span) + 1, repeating: -1)
    if Self.setRows(codes, isThere, least, found) {
      groups = nil
      return
    }
    groups = Self.setGroups(codes, isThere, least, found)
  }

  /// Puts every row in its place; false where two have one.
  private static func setRows(
    _ codes: Room<UInt64>, _ isThere: Room<Bool>?, _ least: UInt64, _ found: Room<Int32>
  ) -> Bool {
    for row in 0..<codes.count where isThere?.base[row] ?? true {
      let place = Int(truncatingIfNeeded: codes.base[row] &- least)
      if found.base[place] >= 0 { return false }
      found.base[place] = Int32(truncatingIfNeeded: row)
    }
    return true
  }

  private static func setGroups(
    _ codes: Room<UInt64>, _ isThere: Room<Bool>?, _ least: UInt64, _ found: Room<Int32>
  ) -> RowGroups {
    found.base.update(repeating: -1, count: found.count)
    let groupOf = Room<Int32>(codes.count)
    var groups: Int32 = 0
    for row in 0..<codes.count {
      guard isThere?.base[row] ?? true else {
        groupOf.base[row] = -1
        continue
      }
      let place = Int(truncatingIfNeeded: codes.base[row] &- least)
      if found.base[place] < 0 {
        found.base[place] = groups
        groups &+= 1
      }
      groupOf.base[row] = found.base[place]
    }
    return RowGroups(groupOf.base, rowCount: codes.count, groupCount: Int(groups))
  }
}
