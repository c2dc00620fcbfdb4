import Engine
import Kernels
import Plan
import Tables

@testable import Relational

/// Two small tables drawn from a seed and a join of them: missing and repeated keys, whole numbers that a float would round, texts that
/// only look alike.
struct RandomJoin {
  let own: Table
  let other: Table
  let kind: JoinKind
  let keys: [JoinKey]
  let nearest: NearestKey?
  /// The columns of the result that are asked for; nil for all.
  let wanted: Set<String>?

  init(_ seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 0x10)
    kind = JoinKind.allCases[random.next(below: JoinKind.allCases.count)]
    let most = [6, 40, 300][random.next(below: 3)]
    let sizes = (random.next(below: most), random.next(below: most))
    let keyCount = kind == .asof ? random.next(below: 2) : 1 + random.next(below: 3)
    var ownColumns: [(String, Column)] = [("x", Self.column(.int, sizes.0, 0.1, .numbers, &random))]
    var otherColumns: [(String, Column)] = [("x", Self.column(.text, sizes.1, 0.1, .texts, &random))]
    var keys: [JoinKey] = []
    let missing = [0, 0, 0.2][random.next(below: 3)]
    for place in 0..<keyCount {
      let types: [ColumnType] = [.bool, .int, .int, .float, .text, .text, .date, .datetime]
      let type = types[random.next(below: types.count)]
      var second = type
      if type.isNumeric, random.next(below: 3) == 0 { second = type == .int ? .float : .int }
      let pool = Pool.any(for: type, &random)
      let key = JoinKey(own: "k\(place)", other: random.next(below: 2) == 0 ? "k\(place)" : "o\(place)")
      keys.append(key)
      ownColumns.append((key.own, Self.column(type, sizes.0, missing, pool, &random)))
      otherColumns.append((key.other, Self.column(second, sizes.1, missing, pool, &random)))
    }
    if kind == .asof {
      let type: ColumnType = [.int, .float, .date, .datetime][random.next(below: 4)]
      ownColumns.append(("t", Self.column(type, sizes.0, missing, .steps, &random)))
      otherColumns.append(("at", Self.column(type, sizes.1, missing, .steps, &random)))
      let directions: [NearestKey.Direction] = [.backward, .forward, .nearest]
      let tolerance = [nil, 0, 2, 3.5][random.next(below: 4)]
      nearest = NearestKey(own: "t", other: "at", directions[random.next(below: 3)], tolerance: tolerance)
    } else {
      nearest = nil
    }
    for (place, type) in [ColumnType.text, .float, .date].enumerated() {
      ownColumns.append(("a\(place)", Self.column(type, sizes.0, 0.2, .any(for: type, &random), &random)))
      otherColumns.append(("b\(place)", Self.column(type, sizes.1, 0.2, .any(for: type, &random), &random)))
    }
    self.keys = keys
    own = Table(ownColumns, rowCount: sizes.0)
    other = Table(otherColumns, rowCount: sizes.1)
    wanted = random.next(below: 4) == 0 ? ["a0", "b1", "x_right"] : nil
  }

  /// What the cells of a column are drawn from.
  enum Pool {
    case few, numbers, large, texts, steps

    static func any(for type: ColumnType, _ random: inout CounterRandom) -> Pool {
      if type == .text { return random.next(below: 3) == 0 ? .few : .texts }
      return [Pool.few, .numbers, .large][random.next(below: 3)]
    }
  }

  private static let texts = [
    "", "a", "b", "é", "e\u{301}", "north", "a longer text than eight bytes", " a", "ab", "ba",
  ]

  private static func number(_ pool: Pool, _ random: inout CounterRandom) -> Int64 {
    switch pool {
    case .few: Int64(random.next(below: 3))
    case .numbers, .texts: Int64(random.next(below: 60)) - 20
    case .large:
      [Int64.max, Int64.min, 9_007_199_254_740_993, 9_007_199_254_740_992, -9_007_199_254_740_993, 0, 7][
        random.next(below: 7)]
    case .steps: Int64(random.next(below: 40))
    }
  }

  private static func column(
    _ type: ColumnType, _ count: Int, _ missing: Double, _ pool: Pool, _ random: inout CounterRandom
  ) -> Column {
    var cells: [Cell] = []
    for _ in 0..<count {
      let number = number(pool, &random)
      let cell: Cell =
        switch type {
        case .bool: .bool(number & 1 == 1)
        case .int: .int(number)
        case .float: .float(pool == .large ? Double(number) : Double(number) / Double(1 + random.next(below: 2)))
        case .text: .text(pool == .few ? "w\(number)" : texts[random.next(below: texts.count)])
        case .date: .date(Int32(truncatingIfNeeded: number & 0xFFFF))
        case .datetime: .datetime(pool == .steps ? number * 500_000 : number)
        case .vector: .missing
        }
      let zero = type == .float && number == 0 && random.next(below: 2) == 0
      cells.append(random.nextUniform() < missing ? .missing : zero ? .float(-0.0) : cell)
    }
    let column = Column.from(cells, type: type)
    guard case .text(let texts) = column, random.next(below: 2) == 0 else { return column }
    // As codes of words, also of one that no row has.
    let (codes, words) = texts.encoded()
    let stored = TextCells.Storage.dictionary(codes: codes.map { max(0, $0) + 1 }, words: ["unused"] + words + ["x"])
    return .text(TextCells(stored, validity: texts.validity))
  }

  // MARK: Running

  /// The join of these tables.
  func join() throws -> Join {
    let relation = Relation(rows: .whole(other), name: "other")
    let schema = Relation(rows: .whole(own), name: "own").schema
    let join = Join(kind, on: keys, nearest: nearest, of: schema, with: relation.schema, words: "join other")
    return join.taking(relation, wanted.map(ColumnNeeds.columns) ?? .all)
  }

  // MARK: What is right

  private func isEqual(_ left: Cell, _ right: Cell) -> Bool {
    switch (left, right) {
    case (.missing, _), (_, .missing): false
    case (.int(let int), .float(let float)), (.float(let float), .int(let int)): Int64(exactly: float) == int
    default: left == right
    }
  }

  private func step(_ cell: Cell) -> Double? {
    switch cell {
    case .int(let value): Double(value)
    case .float(let value): value
    case .date(let days): Double(days)
    case .datetime(let microseconds): Double(microseconds) / 1e6
    default: nil
    }
  }

  private func agree(_ row: Int, _ other: Int) -> Bool {
    keys.allSatisfy { key in
      guard let own = own[key.own], let others = self.other[key.other] else { return false }
      return isEqual(own[row], others[other])
    }
  }

  /// The rows of the other table that are a row's matches, each tried.
  private func matches(_ row: Int) -> [Int] {
    let all = (0..<other.rowCount).filter { agree(row, $0) }
    guard let nearest else { return all }
    guard let time = own["t"].flatMap({ step($0[row]) }), let times = other["at"] else { return [] }
    let near = all.filter { place in
      guard let at = step(times[place]) else { return false }
      let isOnSide =
        switch nearest.direction {
        case .backward: at <= time
        case .forward: at >= time
        case .nearest: true
        }
      return isOnSide && abs(at - time) <= nearest.tolerance ?? .infinity
    }
    func at(_ place: Int) -> Double { step(times[place]) ?? 0 }
    // The nearest; of two as near the one before in time; of equal times the last backward and the first forward.
    let best = near.map { abs(at($0) - time) }.min()
    let nearestOnes = near.filter { abs(at($0) - time) == best }
    let before = nearestOnes.filter { at($0) <= time }
    if nearest.direction == .forward { return nearestOnes.first.map { [$0] } ?? [] }
    return (before.last ?? nearestOnes.first).map { [$0] } ?? []
  }

  /// The rows of the result by trying every pair: the rows of both tables, nil for none.
  var expectedRows: [(own: Int?, other: Int?)] {
    var rows: [(Int?, Int?)] = []
    var found: Set<Int> = []
    for row in 0..<own.rowCount {
      let matches = matches(row)
      found.formUnion(matches)
      switch kind {
      case .semi: if !matches.isEmpty { rows.append((row, nil)) }
      case .anti: if matches.isEmpty { rows.append((row, nil)) }
      case .inner, .right: rows += matches.map { (row, $0) }
      case .left, .full, .asof: rows += matches.isEmpty ? [(row, nil)] : matches.map { (row, $0) }
      }
    }
    if kind == .right || kind == .full {
      rows += (0..<other.rowCount).filter { !found.contains($0) }.map { (nil, $0) }
    }
    return rows
  }

  /// The table that is right. Whether a key of whole numbers becomes float is as the join says it.
  func expected(types: [String: ColumnType]) -> Table {
    let rows = expectedRows
    let keyOf = Dictionary(keys.map { ($0.own, $0.other) }, uniquingKeysWith: { first, _ in first })
    var columns: [(String, [Cell])] = own.names.map { name in
      let cells = rows.map { row -> Cell in
        if let place = row.own { return own[name].map { $0[place] } ?? .missing }
        guard let key = keyOf[name], let place = row.other else { return .missing }
        return other[key].map { $0[place] } ?? .missing
      }
      return (name, cells)
    }
    if kind != .semi, kind != .anti {
      let dropped = Set(keys.map(\.other) + (nearest == nil ? [] : ["at"]))
      for name in other.names where !dropped.contains(name) {
        let cells = rows.map { row in row.other.flatMap { place in other[name].map { $0[place] } } ?? .missing }
        columns.append((own[name] == nil ? name : name + "_right", cells))
      }
    }
    let made = columns.filter { wanted?.contains($0.0) ?? true }
    return Table(
      made.map { name, cells in (name, Column.from(cells, type: types[name] ?? .text)) }, rowCount: rows.count)
  }
}

extension Table {
  /// Its rows kept in a file, in chunks of so many rows.
  func stored(in rowsPerChunk: Int) throws -> Rows {
    let rows = try TemporaryRows()
    for start in stride(from: 0, to: max(1, rowCount), by: rowsPerChunk) {
      try rows.append(take(RowList(start..<min(rowCount, start + rowsPerChunk))))
    }
    return rows.finish().rows
  }
}
