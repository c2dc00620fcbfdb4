import Kernels
import Plan
import Tables

/// The rows that parts are drawn from, with what they are drawn by.
struct SplitDrawing {
  private let request: SplitRequest
  private let raw: Table
  private let seed: UInt64
  /// Rows of the raw table that are in reach: chosen, and with a label.
  private let reach: RowList
  let encoding: LabelEncoding?
  private let unlabelled: Int
  private let strata: [Int32]?
  private let groups: [Int32]?
  private let times: [Double]?
  private let gap: TimeGap?
  private let hashes: [UInt64]?
  private let using: CategoryCodes?
  /// Rows that repeat an earlier one.
  private let repeated: Int

  init(
    _ request: SplitRequest, _ chosen: FittedRecipe, raw: Table, _ schema: RelationSchema, seed: UInt64,
    _ progress: Progress
  ) throws(EngineError) {
    self.request = request
    self.raw = raw
    self.seed = seed
    guard chosen.rowCount > 0 else { throw EngineError(.rows(.none(in: schema.name))) }
    let label = schema.label.flatMap { spec in chosen[spec.name].map { (spec, $0) } }
    let kept: RowList
    if let (spec, column) = label {
      let statistics = Self.spread(column, chosen.places, over: raw.rowCount)
      kept = Self.labelled(statistics.column, chosen.places)
      guard !kept.isEmpty else { throw EngineError(.rows(.noneLabelled(in: schema.name))) }
      encoding = try LabelEncoding(statistics, spec)
      reach = chosen.places.at(kept)
    } else {
      kept = RowList(0..<chosen.rowCount)
      encoding = nil
      reach = chosen.places
    }
    unlabelled = chosen.rowCount - kept.count
    func codes(_ name: String?) -> CategoryCodes? {
      name.flatMap { chosen[$0] }.map { $0.statistics.take($0.rows.at(kept)).codes }
    }
    groups = codes(request.group).map { $0.codes.map { $0 + 1 } }
    times = codes(request.time).map { $0.codes.map { $0 < 0 ? .nan : Double($0) } }
    using = codes(request.using)
    let own = codes(request.stratify).map { $0.codes.map { $0 + 1 } }
    // Time alone decides where it is asked for; a time column with strata is refused below unless it was only the default.
    let all = reach
    gap = request.gap.flatMap { width in
      request.time.flatMap { chosen[$0] }.map { TimeGap(Self.moments($0.gathered.take(kept)), width: width) }
    }
    hashes = request.isByHash ? HashSplit.hashes(request, chosen, kept, schema.label?.name, seed: seed, progress) : nil
    let fallback = request.time == nil && !request.isByHash ? encoding?.strata.map { all.gather($0) } : nil
    strata = own ?? fallback
    // Groups keep what belongs together in one part; without them rows that are the same do not.
    let columns = groups == nil ? chosen.names.filter { !request.asides.contains($0) }.compactMap { chosen[$0] } : []
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let rows = RowList(0..<kept.count)
    repeated =
      columns.isEmpty ? 0 : RepeatedRows(columns.map { $0.gathered.take(kept) }, rows: rows, seed: seed, progress).count
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// A column's times in microseconds, and its numbers as they are; not-a-number where there is none.
  private static func moments(_ column: Column) -> [Double] {
    switch column {
    case .date(let cells): (0..<cells.count).map { cells[$0].map { Double($0) * 86_400e6 } ?? .nan }
    case .int(let cells), .datetime(let cells): (0..<cells.count).map { cells[$0].map(Double.init) ?? .nan }
    case .float(let cells): (0..<cells.count).map { cells[$0] ?? .nan }
    case .bool, .text, .vector: [Double](repeating: .nan, count: column.count)
    }
  }

  /// A column's cells at their places in the raw table; those of other rows are missing.
  private static func spread(_ column: RecipeColumn, _ places: RowList, over count: Int) -> ColumnStatistics {
    if places.isWhole(of: count) {
      return column.statistics.take(column.rows)
    }
    let cells = column.gathered
    var rows = [Int32](repeating: -1, count: count)
    for (place, row) in places.enumerated() { rows[row] = Int32(truncatingIfNeeded: place) }
    return ColumnStatistics(cells.spread(rows))
  }

  /// Of the chosen rows the places of those with a label.
  private static func labelled(_ labels: Column, _ places: RowList) -> RowList {
    guard let validity = labels.validity else { return RowList(0..<places.count) }
    return RowList((0..<places.count).filter { validity[places[$0]] })
  }

  /// Rows of the raw table by their places among those in reach.
  func rows(_ places: [Int]) -> RowList { reach.at(RowList(places)) }

  func keys(of train: [Int]) -> SplitKeys {
    SplitKeys(
      strata: strata.map { all in train.map { all[$0] } }, groups: groups.map { all in train.map { all[$0] } },
      times: times.map { all in train.map { all[$0] } },
      gap: gap.map { gap in TimeGap(train.map { gap.moments[$0] }, width: gap.width) },
      hashes: hashes.map { all in train.map { all[$0] } })
  }

  // MARK: Parts

  func parts() throws(EngineError) -> SplitParts {
    if let using, let name = request.using {
      switch using.values.type {
      case .text: return try Self.given(using, name)
      case .int: break
      default:
        throw EngineError(.option(.notParts(column: name, using.values.type)))
      }
    }
    guard let shares = request.shares else { throw EngineError(.option(.noShares)) }
    if let hashes {
      return try Splitter.checked(HashSplit.parts(hashes, shares), shares, unit: groups == nil ? .row : .group)
    }
    let parts = try Splitter.parts(
      rowCount: reach.count, shares: shares, strata: strata, groups: groups, time: times, seed: seed)
    return try gap.map { (gap) throws(EngineError) in try Self.apart(parts, gap, shares) } ?? parts
  }

  /// The parts without rows that lie too near before the next one.
  private static func apart(_ parts: SplitParts, _ gap: TimeGap, _ shares: SplitShares) throws(EngineError)
    -> SplitParts
  {
    let valid = gap.kept(of: parts.valid, before: parts.test)
    let train = gap.kept(of: parts.train, before: parts.valid + parts.test)
    for (place, rows) in [train, valid].enumerated() where rows.isEmpty && shares.all[place] > 0 {
      throw EngineError(.rows(.emptyPart(SplitShares.names[place], .time, share: shares.all[place])))
    }
    return SplitParts(train: train, valid: valid, test: parts.test)
  }

  /// The parts that a column names.
  private static func given(_ column: CategoryCodes, _ name: String) throws(EngineError) -> SplitParts {
    var parts: [[Int]] = [[], [], []]
    var places: [Int] = []
    for value in 0..<column.count {
      let part = column.values[value].description
      guard let place = SplitShares.names.firstIndex(of: part) else {
        throw EngineError(.option(.unknownPart(part, column: name)))
      }
      places.append(place)
    }
    // Room for all at once: what grows is copied, and takes new memory each time.
    var counts = [0, 0, 0]
    for code in column.codes where code >= 0 { counts[places[Int(code)]] += 1 }
    for place in parts.indices { parts[place].reserveCapacity(counts[place]) }
    for (row, code) in column.codes.enumerated() where code >= 0 { parts[places[Int(code)]].append(row) }
    guard !parts[0].isEmpty else { throw EngineError(.rows(.noneToLearn(column: name))) }
    return SplitParts(train: parts[0], valid: parts[1], test: parts[2])
  }

  func foldsOfTraining(_ parts: SplitParts) throws(EngineError) -> SplitFolds? {
    if let using, using.values.type == .int {
      let numbers = parts.train.map { using.codes[$0] }
      let order = CategoryCodes(.int(Cells(numbers.map { $0 < 0 ? nil : Int64($0) }, filler: 0)))
      return SplitFolds(assignment: order.codes.map { Int($0) }, count: order.count, areOrdered: false)
    }
    guard let folds = request.folds else { return nil }
    let drawn = try Folds.assign(rowCount: parts.train.count, folds: folds, keys(of: parts.train), seed: seed)
    return SplitFolds(assignment: drawn.assignment, count: drawn.count, areOrdered: drawn.isOrdered)
  }

  // MARK: Notes

  func notes(_ parts: SplitParts) -> [SplitNote] {
    var notes: [SplitNote] = []
    if unlabelled > 0 { notes.append(.unlabelled(rows: unlabelled)) }
    if let column = request.group, let rows = groups?.count(where: { $0 == 0 }), rows > 0 {
      notes.append(.withoutGroup(column: column, rows: rows))
    }
    if let column = request.time, let rows = times?.count(where: \.isNaN), rows > 0 {
      notes.append(.withoutTime(column: column, rows: rows))
    }
    if let column = request.using, let using, let rows = Optional(using.codes.count { $0 < 0 }), rows > 0 {
      notes.append(
        using.values.type == .int ? .withoutFold(column: column, rows: rows) : .withoutPart(column: column, rows: rows))
    }
    if let time = request.time, request.gap != nil {
      let rows = reach.count - parts.train.count - parts.valid.count - parts.test.count
      if rows > 0 { notes.append(.inGap(column: time, rows: rows)) }
    }
    if request.isByHash { notes.append(.hashed(column: request.group)) }
    if let group = request.group { notes.append(.aside(column: group, option: "group")) }
    if let time = request.time { notes.append(.aside(column: time, option: "time")) }
    if let off = shareNote(parts) { notes.append(off) }
    notes += classNotes(parts)
    if repeated > 0 { notes.append(.repeated(rows: repeated, of: reach.count)) }
    return notes
  }

  /// How well the parts keep the shares of the classes, where something else than the label's own strata drew them.
  private func shareNote(_ parts: SplitParts) -> SplitNote? {
    let isOther = groups != nil || times != nil || request.stratify != nil || request.isByHash
    guard isOther, let encoding, encoding.label.task != .regression else { return nil }
    let total = Double(max(1, encoding.classCounts.reduce(0, +)))
    var off = 0.0
    for rows in [parts.train, parts.valid, parts.test] where !rows.isEmpty {
      for (place, count) in counts(rows, encoding).enumerated() {
        let share = Double(count) / Double(rows.count)
        off = max(off, abs(share - Double(encoding.classCounts[place]) / total))
      }
    }
    return .shares(column: encoding.label.name, off: off)
  }

  /// How many of some rows have each class.
  private func counts(_ rows: [Int], _ encoding: LabelEncoding) -> [Int] {
    var counts = [Int](repeating: 0, count: encoding.label.classes.count)
    guard case .classes(let codes, _) = encoding.target(self.rows(rows)).values else { return counts }
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }

  /// Classes that cannot be judged, or that a part has none of.
  private func classNotes(_ parts: SplitParts) -> [SplitNote] {
    guard let encoding, encoding.label.task != .regression else { return [] }
    let classes = encoding.label.classes.map(\.description)
    let singles = classes.indices.filter { encoding.classCounts[$0] == 1 }
    var notes: [SplitNote] = singles.isEmpty ? [] : [.singleRow(classes: singles.map { classes[$0] })]
    for (name, rows) in [("train", parts.train), ("valid", parts.valid), ("test", parts.test)] where !rows.isEmpty {
      let counts = counts(rows, encoding)
      let absent = classes.indices.filter { counts[$0] == 0 && encoding.classCounts[$0] > 1 }
      if !absent.isEmpty { notes.append(.absent(classes: absent.map { classes[$0] }, part: name)) }
    }
    return notes
  }
}
