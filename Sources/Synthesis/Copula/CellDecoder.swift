import Kernels
import Tables

/// Turns normal numbers into the cells of a column.
enum CellDecoder: Sendable {
  /// There is no value.
  case empty
  /// The same cell in each row; for a text its place among the words.
  case always(Cell, word: Int32)
  case sequence(first: Int64, step: Int64)
  /// For each of few values what it is as a number, or the place of its text.
  case levels(Levels, whole: [Int64], floats: [Double])
  case quantiles(Quantiles, isFloat: Bool)
  case form(TextForm)

  init(always value: Cell, _ words: [String]) {
    if case .missing = value {
      self = .empty
    } else {
      self = .always(value, word: Int32(clamping: Self.whole(value, WordTable(words))))
    }
  }

  init(_ marginal: Marginal?, _ type: ColumnType, _ words: [String]) {
    switch marginal {
    case nil: self = .empty
    case .sequence(let first, let step)?: self = .sequence(first: first, step: step)
    case .form(let form)?: self = .form(form)
    case .quantiles(let quantiles)?: self = .quantiles(quantiles, isFloat: type == .float)
    case .levels(let levels)?:
      let table = WordTable(words)
      self = .levels(
        levels, whole: levels.values.map { Self.whole($0, table) }, floats: levels.values.map { $0.place ?? 0 })
    }
  }

  /// The value as a whole number, of a text its place among the words.
  private static func whole(_ value: Cell, _ words: WordTable) -> Int64 {
    switch value {
    case .bool(let truth): truth ? 1 : 0
    case .int(let value), .datetime(let value): value
    case .date(let days): Int64(days)
    case .text(var text): Int64(text.withUTF8 { words.place(of: $0) } ?? 0)
    case .missing, .float, .vector: 0
    }
  }

  /// A whole number, the last where it lies beyond them.
  @inline(__always)
  private static func whole(_ value: Double) -> Int64 {
    Int64(exactly: value.rounded()) ?? (value > 0 ? .max : .min)
  }

  /// Whether its cells were given: then none is missing.
  var isGiven: Bool {
    switch self {
    case .always, .empty: true
    case .sequence, .levels, .quantiles, .form: false
    }
  }

  /// Writes cells to the places of their rows; `numbers` has one for each where the column hangs together with others.
  func decode(
    _ numbers: UnsafeBufferPointer<Double>?, at places: [Int], first: Int, _ texts: CounterRandom,
    into cells: inout MadeCells
  ) {
    switch self {
    case .empty: for place in places { cells.clear(place) }
    case .always(let value, let word):
      let whole = if case .text = value { Int64(word) } else { Self.whole(value, WordTable()) }
      for place in places { cells.set(place, whole, value.place ?? 0) }
    case .sequence(let start, let step):
      for place in places { cells.set(place, start &+ step &* Int64(first + place), 0) }
    case .form(let form):
      for place in places {
        var own = CounterRandom(seed: texts.bits(at: UInt64(first + place)))
        cells.set(place, form.text(&own))
      }
    case .levels(let levels, let whole, let floats):
      guard let numbers else { return }
      for (row, place) in places.enumerated() {
        let level = levels.place(numbers[row])
        cells.set(place, whole[level], floats[level])
      }
    case .quantiles(let quantiles, let isFloat):
      guard let numbers else { return }
      for (row, place) in places.enumerated() {
        let value = quantiles.value(numbers[row])
        cells.set(place, isFloat ? 0 : Self.whole(value), value)
      }
    }
  }
}

/// The cells of a column while they are made.
struct MadeCells {
  private let type: ColumnType
  private let words: [String]
  private var floats: [Double] = []
  private var whole: [Int64] = []
  private var texts: [String?] = []
  private var isThere: [Bool]

  /// A text column has words where it is of few values; else each of its cells has its own text.
  init(_ type: ColumnType, words: [String], count: Int) {
    self.type = type
    self.words = words
    isThere = [Bool](repeating: true, count: count)
    switch type {
    case .float: floats = [Double](repeating: 0, count: count)
    case .text where words.isEmpty: texts = [String?](repeating: nil, count: count)
    case .bool, .int, .text, .date, .datetime, .vector: whole = [Int64](repeating: 0, count: count)
    }
  }

  @inline(__always)
  mutating func set(_ place: Int, _ whole: Int64, _ float: Double) {
    if type == .float { floats[place] = float } else if texts.isEmpty { self.whole[place] = whole }
  }

  mutating func set(_ place: Int, _ text: String) {
    if !texts.isEmpty { texts[place] = text }
  }

  mutating func clear(_ place: Int) { isThere[place] = false }

  func column() -> Column {
    let validity = isThere.allSatisfy(\.self) ? nil : Bitmap(isThere)
    switch type {
    case .float: return .float(Cells(cleared(floats, 0), validity: validity))
    case .int: return .int(Cells(cleared(whole, 0), validity: validity))
    case .datetime: return .datetime(Cells(cleared(whole, 0), validity: validity))
    case .date: return .date(Cells(cleared(whole.map { Int32(clamping: $0) }, 0), validity: validity))
    case .bool: return .bool(Cells(cleared(whole.map { $0 != 0 }, false), validity: validity))
    case .vector: return .missing(.vector, count: isThere.count)
    case .text where words.isEmpty:
      return .text(TextCells(zip(texts, isThere).map { $1 ? $0 ?? "" : nil }))
    case .text:
      let codes = cleared(whole.map { Int32(clamping: $0) }, 0)
      return .text(TextCells(.dictionary(codes: codes, words: words), validity: validity))
    }
  }

  /// A cell that is missing holds a fixed filler.
  private func cleared<Value>(_ values: [Value], _ filler: Value) -> [Value] {
    var values = values
    for place in values.indices where !isThere[place] { values[place] = filler }
    return values
  }
}
