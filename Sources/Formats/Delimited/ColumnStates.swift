import Notation
import Tables

/// What the rows so far have settled about each column of a reading.
struct ColumnStates {
  private let columns: [Survey.SurveyedColumn]
  /// The wanted columns' places, in the order in which they are given.
  private let chosen: [Int]
  /// How the cells of each are to be taken from here on.
  private(set) var kinds: [CellKind]
  /// Whether the last block changed that.
  private(set) var haveChanged = false
  private var words: [SharedWords?]
  private var shapes: [CellShape]
  private var infinite: [Int]
  private var moments: [MomentCounts]

  init(_ columns: [Survey.SurveyedColumn], wanted: Set<String>?, order: [String]?) {
    self.columns = columns
    let listed = order.map(Set.init)
    let isChosen = { (name: String) in wanted?.contains(name) ?? true && listed?.contains(name) ?? true }
    var chosen = columns.indices.filter { isChosen(columns[$0].name) && !columns[$0].isNone }
    if let order {
      let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
      chosen.sort { (places[columns[$0].name] ?? 0) < (places[columns[$1].name] ?? 0) }
    }
    self.chosen = chosen
    kinds = columns.map { isChosen($0.name) || $0.isNone ? $0.kind : .skip }
    words = kinds.map { $0 == .dictionary ? SharedWords() : nil }
    shapes = columns.map { _ in [] }
    infinite = columns.map { _ in 0 }
    moments = columns.map { _ in MomentCounts() }
  }

  var count: Int { chosen.count }

  /// Whether a block has to be looked at row by row: fractions and whole numbers that would lose digits by them are both in it, or it
  /// was parsed before an earlier block settled what they are.
  func needOrder(_ block: ParsedBlock, _ input: DelimitedInput) -> Bool {
    for (place, cells) in zip(input.places, block.columns) where cells.kind == .number {
      let isAmiss = cells.hasWide || block.problemCount > 0
      switch kinds[place] {
      case .float where isAmiss: return true
      case .int where cells.hasFloats || block.problemCount > 0: return true
      case .number where cells.hasFloats && isAmiss: return true
      default: break
      }
    }
    return false
  }

  /// The wanted columns of a block as one chunk.
  mutating func take(_ block: ParsedBlock, _ input: DelimitedInput) -> Table {
    haveChanged = false
    var found = [Column?](repeating: nil, count: columns.count)
    for (place, cells) in zip(input.places, block.columns) {
      infinite[place] += cells.infiniteCount
      moments[place] += cells.moments
      found[place] = column(cells, place)
      if columns[place].type == nil { shapes[place].formUnion(cells.shapes) }
    }
    let named = chosen.map { place in
      (columns[place].name, found[place] ?? .missing(typeSoFar(place), count: block.rows))
    }
    return Table(named, rowCount: block.rows)
  }

  private func typeSoFar(_ place: Int) -> ColumnType {
    kinds[place] == .float ? .float : columns[place].type ?? .text
  }

  private mutating func column(_ cells: BlockCells, _ place: Int) -> Column? {
    switch cells.kind {
    case .number: return number(cells, place)
    case .dictionary:
      if kinds[place] == .dictionary {
        if let column = words[place]?.column(cells) { return column }
        use(.text, place)
      }
      return SharedWords.plain(cells)
    case .text:
      if kinds[place] == .dictionary { use(.text, place) }
      return cells.column
    default: return cells.column
    }
  }

  /// Ints until the first row that has a fraction; from there on the column is float. Whole numbers that would lose digits by that
  /// keep it int.
  private mutating func number(_ cells: BlockCells, _ place: Int) -> Column? {
    if kinds[place] == .number {
      if cells.hasFloats {
        use(.float, place)
      } else if cells.hasWide, case .int(let ints) = cells.column, ints.values.contains(where: WholeNumber.losesDigits)
      {
        use(.int, place)
      }
    }
    if kinds[place] == .float, case .int(let ints) = cells.column {
      return .float(Cells(ints.values.map(Double.init), validity: ints.validity))
    }
    return cells.column
  }

  private mutating func use(_ kind: CellKind, _ place: Int) {
    kinds[place] = kind
    words[place] = nil
    haveChanged = true
  }

  /// The wanted columns with the types that they have now.
  var schema: Schema { Schema(chosen.map { Field(columns[$0].name, type($0)) }) }

  private func type(_ place: Int) -> ColumnType {
    columns[place].type == nil ? shapes[place].type ?? .text : typeSoFar(place)
  }

  /// How many cells are missing because they are infinite, and how many moments have no offset where others have one.
  var notes: [String] {
    chosen.compactMap { place in
      let name = columns[place].name
      if infinite[place] > 0, type(place).isNumeric {
        let cells = infinite[place] == 1 ? "1 infinite number is" : "\(infinite[place]) infinite numbers are"
        return "column '\(name)': \(cells) missing"
      }
      return moments[place].note(column: name)
    }
  }
}
