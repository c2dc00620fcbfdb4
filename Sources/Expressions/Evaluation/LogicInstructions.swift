extension Registers {
  @inline(__always)
  private func compare<Value>(
    _ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>, _ out: Register, _ rows: Int,
    _ test: (Value, Value) -> Bool
  ) {
    let z = blocks[out].bools
    for i in 0..<rows { z[i] = test(x[i], y[i]) ? 1 : 0 }
  }

  func compareInts(_ op: Comparison, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y) = (blocks[a].ints, blocks[b].ints)
    switch op {
    case .equal: compare(x, y, out, rows) { $0 == $1 }
    case .notEqual: compare(x, y, out, rows) { $0 != $1 }
    case .less: compare(x, y, out, rows) { $0 < $1 }
    case .lessOrEqual: compare(x, y, out, rows) { $0 <= $1 }
    case .greater: compare(x, y, out, rows) { $0 > $1 }
    case .greaterOrEqual: compare(x, y, out, rows) { $0 >= $1 }
    }
  }

  func compareFloats(_ op: Comparison, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y) = (blocks[a].floats, blocks[b].floats)
    switch op {
    case .equal: compare(x, y, out, rows) { $0 == $1 }
    case .notEqual: compare(x, y, out, rows) { $0 != $1 }
    case .less: compare(x, y, out, rows) { $0 < $1 }
    case .lessOrEqual: compare(x, y, out, rows) { $0 <= $1 }
    case .greater: compare(x, y, out, rows) { $0 > $1 }
    case .greaterOrEqual: compare(x, y, out, rows) { $0 >= $1 }
    }
  }

  func compareIntFloat(_ op: Comparison, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y, z) = (blocks[a].ints, blocks[b].floats, blocks[out].bools)
    for i in 0..<rows { z[i] = op.holds(exactOrder(x[i], y[i])) ? 1 : 0 }
  }

  func compareTexts(_ op: Comparison, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y) = (blocks[a].texts, blocks[b].texts)
    switch op {
    case .equal: compare(x, y, out, rows) { $0.equals($1) }
    case .notEqual: compare(x, y, out, rows) { !$0.equals($1) }
    case .less, .lessOrEqual, .greater, .greaterOrEqual: compare(x, y, out, rows) { op.holds($0.compare($1)) }
    }
  }

  /// Texts, the lesser or the greater of two.
  func pickText(_ a: Register, _ b: Register, _ out: Register, _ rows: Int, greater: Bool) {
    follow(a, b, out, rows)
    let (x, y, z) = (blocks[a].texts, blocks[b].texts, blocks[out].texts)
    for i in 0..<rows {
      let order = y[i].compare(x[i])
      z[i] = (greater ? order > 0 : order < 0) ? y[i] : x[i]
    }
  }

  /// False wins over missing in `and`, true in `or` (Kleene's three-valued logic).
  func join(_ a: Register, _ b: Register, _ out: Register, _ rows: Int, winner: UInt8) {
    let (x, y, z) = (blocks[a].bools, blocks[b].bools, blocks[out].bools)
    if winner == 0 {
      for i in 0..<rows { z[i] = x[i] & y[i] }
    } else {
      for i in 0..<rows { z[i] = x[i] | y[i] }
    }
    if blocks[a].isClean, blocks[b].isClean {
      blocks[out].isClean = true
      return
    }
    follow(a, b, out, rows)
    let state = blocks[out].state
    for i in 0..<rows where state[i] != 0 {
      let decides = isValid(a, i) && x[i] == winner || isValid(b, i) && y[i] == winner
      z[i] = decides ? winner : 0
      if decides { state[i] = 0 }
    }
  }

  func not(_ a: Register, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].bools, blocks[out].bools)
    for i in 0..<rows { z[i] = x[i] ^ 1 }
  }

  func testMissing(_ a: Register, _ out: Register, _ rows: Int, expected: Bool) {
    let z = blocks[out].bools
    blocks[out].isClean = true
    if blocks[a].isClean {
      z.update(repeating: expected ? 0 : 1, count: rows)
    } else {
      let state = blocks[a].state
      for i in 0..<rows { z[i] = (state[i] != 0) == expected ? 1 : 0 }
    }
  }

  func choose(_ kind: CellKind, _ condition: Register, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    let pick = blocks[condition].bools
    switch kind {
    case .bool: choose(pick, blocks[a].bools, blocks[b].bools, blocks[out].bools, rows)
    case .int: choose(pick, blocks[a].ints, blocks[b].ints, blocks[out].ints, rows)
    case .float: choose(pick, blocks[a].floats, blocks[b].floats, blocks[out].floats, rows)
    case .text: choose(pick, blocks[a].texts, blocks[b].texts, blocks[out].texts, rows)
    }
    follow(condition, out, rows)
    if blocks[a].isClean, blocks[b].isClean { return }
    blocks[out].open(rows)
    let state = blocks[out].state
    for i in 0..<rows where state[i] == 0 {
      let chosen = pick[i] != 0 ? blocks[a] : blocks[b]
      state[i] = chosen.isClean ? 0 : chosen.state[i]
    }
  }

  @inline(__always)
  private func choose<Value>(
    _ pick: UnsafeMutablePointer<UInt8>, _ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>,
    _ z: UnsafeMutablePointer<Value>, _ rows: Int
  ) {
    for i in 0..<rows { z[i] = pick[i] != 0 ? x[i] : y[i] }
  }

  func coalesce(_ kind: CellKind, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    switch kind {
    case .bool: coalesce(a, b, out, blocks[a].bools, blocks[b].bools, blocks[out].bools, rows)
    case .int: coalesce(a, b, out, blocks[a].ints, blocks[b].ints, blocks[out].ints, rows)
    case .float: coalesce(a, b, out, blocks[a].floats, blocks[b].floats, blocks[out].floats, rows)
    case .text: coalesce(a, b, out, blocks[a].texts, blocks[b].texts, blocks[out].texts, rows)
    }
  }

  @inline(__always)
  private func coalesce<Value>(
    _ a: Register, _ b: Register, _ out: Register, _ x: UnsafeMutablePointer<Value>, _ y: UnsafeMutablePointer<Value>,
    _ z: UnsafeMutablePointer<Value>, _ rows: Int
  ) {
    z.update(from: x, count: rows)
    follow(a, out, rows)
    if blocks[a].isClean { return }
    let state = blocks[out].state
    for i in 0..<rows where state[i] != 0 {
      z[i] = y[i]
      state[i] = blocks[b].isClean ? 0 : blocks[b].state[i]
    }
  }

  func intIn(_ a: Register, _ list: Int, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].ints, blocks[out].bools)
    program.intLists[list].withUnsafeBufferPointer { sorted in
      for i in 0..<rows { z[i] = Self.contains(sorted, x[i]) ? 1 : 0 }
    }
  }

  func floatIn(_ a: Register, _ list: Int, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].floats, blocks[out].bools)
    program.floatLists[list].withUnsafeBufferPointer { sorted in
      for i in 0..<rows { z[i] = Self.contains(sorted, x[i]) ? 1 : 0 }
    }
  }

  func textIn(_ a: Register, _ list: Int, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].texts, blocks[out].bools)
    for i in 0..<rows { z[i] = program.textLists[list].place(of: x[i]) != nil ? 1 : 0 }
  }

  @inline(__always)
  private static func contains<Value: Comparable>(_ sorted: UnsafeBufferPointer<Value>, _ value: Value) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == value
  }
}

extension Comparison {
  /// Whether it holds for values whose order is below 0, 0 or above 0.
  @inline(__always)
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }

  /// The comparison with its sides exchanged.
  var swapped: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

/// The order of an int and a finite float, without rounding either: above 2^53 an int has no double of its own.
func exactOrder(_ int: Int64, _ float: Double) -> Int {
  if float >= 0x1p63 { return -1 }
  if float < -0x1p63 { return 1 }
  guard let whole = Int64(exactly: float.rounded(.towardZero)) else { return -1 }
  if int != whole { return int < whole ? -1 : 1 }
  let rest = float - Double(whole)
  return rest > 0 ? -1 : rest < 0 ? 1 : 0
}
