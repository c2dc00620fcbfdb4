import Kernels
import Plan
import Tables

/// A mask that draws numbers for the rows at hand: it is not put on rows to come, so that no model may learn from what it made. The cut
/// moves behind it.
public struct MaskAtHand: TableTransform {
  public enum Method: Sendable, Hashable {
    /// A normal number of that standard deviation added.
    case noise(Double)
    /// So many days at most, earlier or later: the same for all dates of a row that the stage shifts.
    case shift(Int)
    /// Another letter for a letter and another digit for a digit.
    case synthesise

    /// As it is written in a script.
    public var word: String {
      switch self {
      case .noise(let sd): "noise(\(Int64(exactly: sd).map { "\($0)" } ?? "\(sd)"))"
      case .shift(let days): "shift(\(days))"
      case .synthesise: "synthesise"
      }
    }

    func takes(_ type: ColumnType) -> Bool {
      switch self {
      case .noise: type.isNumeric
      case .shift: type == .date || type == .datetime
      case .synthesise: type == .text
      }
    }
  }

  public let columns: [(name: String, method: Method)]
  public let seed: UInt64

  public init(_ columns: [(name: String, method: Method)], seed: UInt64) {
    self.columns = columns
    self.seed = seed
  }

  public var words: String { "mask " + columns.map { "\($0.name) = \($0.method.word)" }.joined(separator: ", ") }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    try schema.refuseFitted()
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, schema.rawFacts($0.name, $0.facts.type, from: [$0.name])) },
      isOpen: schema.isOpen, rowCount: schema.rowCount)
    for (name, method) in columns {
      guard schema[name] != .absent else { throw EngineError(.column(.unknown(name, in: schema.name))) }
      var facts = next.facts(of: name) ?? schema.rawFacts(name, nil, from: [name])
      if let type = facts.type, !method.takes(type) {
        throw EngineError(.privacy(.wrongType(name, type, mask: method.word)))
      }
      facts.sensitivity = facts.sensitivity.masked(
        by: method.word, hidesAll: false, atHand: "mask \(name) = \(method.word)")
      next.set(name, facts)
    }
    next.unlisted = schema.unlisted
    next.missingWords = schema.missingWords
    next.label = schema.labelAtNewCut
    return next
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    if case .whole(let table) = inputs[0] {
      return Collected(table: try masked(table, from: 0, progress), notes: [])
    }
    let rows = try executor.collect(progress) { keep throws(EngineError) in
      var first = 0
      try inputs[0].fold(nil, progress) { chunk throws(EngineError) in
        try keep(try masked(chunk, from: first, progress))
        first += chunk.rowCount
        return true
      }
    }
    return Collected(rows: rows, notes: [])
  }

  /// `first` is the place of the first row among all: what is drawn hangs on that, and not on the chunks.
  private func masked(_ table: Table, from first: Int, _ progress: Progress) throws(EngineError) -> Table {
    var next = table
    for (place, (name, method)) in columns.enumerated() {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      guard method.takes(column.type) else {
        throw EngineError(.privacy(.wrongType(name, column.type, mask: method.word)))
      }
      // Dates of a row are shifted alike, so that what lies between them stays.
      let stream: UInt64 = if case .shift = method { 0 } else { UInt64(place) + 1 }
      next = next.with(name, method.masked(column, CounterRandom(seed: seed, stream: stream &+ 0x6D61_736B), first))
    }
    return next
  }
}

extension MaskAtHand.Method {
  fileprivate func masked(_ column: Column, _ random: CounterRandom, _ first: Int) -> Column {
    switch (self, column) {
    case (.noise(let sd), .int(let cells)):
      .int(
        Cells(
          cells.values.enumerated().map { row, value in
            let sum = (Double(value) + sd * Self.normal(random, first + row)).rounded()
            return Int64(exactly: sum) ?? value
          }, validity: cells.validity))
    case (.noise(let sd), .float(let cells)):
      .float(
        Cells(
          cells.values.enumerated().map { row, value in
            let sum = value + sd * Self.normal(random, first + row)
            return sum.isFinite ? sum : value
          }, validity: cells.validity))
    case (.shift(let days), .date(let cells)):
      .date(
        Cells(
          cells.values.enumerated().map { row, day in day &+ Int32(Self.days(days, random, first + row)) },
          validity: cells.validity))
    case (.shift(let days), .datetime(let cells)):
      .datetime(
        Cells(
          cells.values.enumerated().map { row, moment in
            moment &+ Int64(Self.days(days, random, first + row)) &* 86_400_000_000
          }, validity: cells.validity))
    case (.synthesise, .text(let cells)):
      .text(
        TextCells(
          (0..<cells.count).map { row in cells[row].map { Self.likeness(of: $0, random, first + row) } }))
    default: column
    }
  }

  /// A standard normal number at a place (Box–Muller).
  private static func normal(_ random: CounterRandom, _ row: Int) -> Double {
    let place = UInt64(row) &* 2
    var pair = CounterRandom(seed: random.bits(at: place), stream: random.bits(at: place &+ 1))
    return pair.nextNormal()
  }

  /// From so many days earlier to so many later, never the same day.
  private static func days(_ most: Int, _ random: CounterRandom, _ row: Int) -> Int {
    var own = CounterRandom(seed: random.bits(at: UInt64(row)))
    let drawn = own.next(below: 2 * most) - most
    return drawn < 0 ? drawn : drawn + 1
  }

  private static func likeness(of text: String, _ random: CounterRandom, _ row: Int) -> String {
    var own = CounterRandom(seed: random.bits(at: UInt64(row)))
    var made = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": made.unicodeScalars.append(drawn("0", 10, &own))
      case "A"..."Z": made.unicodeScalars.append(drawn("A", 26, &own))
      case "a"..."z": made.unicodeScalars.append(drawn("a", 26, &own))
      default: made.unicodeScalars.append(scalar.isASCII ? scalar : drawn("a", 26, &own))
      }
    }
    return made
  }

  private static func drawn(_ first: Unicode.Scalar, _ count: Int, _ random: inout CounterRandom) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(first.value) + UInt8(random.next(below: count)))
  }
}
