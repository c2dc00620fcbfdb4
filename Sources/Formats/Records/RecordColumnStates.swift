import Notation
import Tables

/// What the rows so far have settled about each column of a reading of records.
struct RecordColumnStates {
  private let fields: [RecordField]
  private let survey: RecordSurvey
  private var kinds: [RecordKinds]
  /// Whether a column of numbers has had a fraction.
  private var isFloat: [Bool]
  private var moments: [MomentCounts]
  /// How the cells of each are to be kept from here on, and whether the last block changed that.
  private(set) var cellKinds: [CellKind]
  private(set) var haveChanged = false
  private var words: [SharedWords?]

  init(_ fields: [RecordField], _ survey: RecordSurvey) {
    self.fields = fields
    self.survey = survey
    kinds = fields.map { _ in [] }
    isFloat = fields.map { $0.type == .float }
    moments = fields.map { _ in MomentCounts() }
    cellKinds = fields.map(\.kind)
    words = cellKinds.map { $0 == .dictionary ? SharedWords() : nil }
  }

  /// The wanted columns of a block as one chunk: ints until the first block with a fraction, text while nothing settles the type.
  mutating func take(_ block: ParsedRecords) -> Table {
    haveChanged = false
    var named: [(String, Column)] = []
    for (place, cells) in block.cells.enumerated() {
      guard let column = column(cells, place) else { continue }
      kinds[place].formUnion(block.kinds[place])
      moments[place] += cells.moments
      named.append((fields[place].name, column))
    }
    return Table(survey.ordered(named) { $0.0 }, rowCount: block.rows)
  }

  private mutating func column(_ cells: BlockCells, _ place: Int) -> Column? {
    switch cells.kind {
    case .number:
      isFloat[place] = isFloat[place] || cells.hasFloats
      guard isFloat[place], case .int(let ints) = cells.column else { return cells.column }
      return .float(Cells(ints.values.map(Double.init), validity: ints.validity))
    case .dictionary:
      if cellKinds[place] == .dictionary, let column = words[place]?.column(cells) { return column }
      keepPlain(place)
      return SharedWords.plain(cells)
    case .text:
      keepPlain(place)
      return cells.column
    case .skip, .nothing, .bool, .int, .float, .date, .datetime: return cells.column
    }
  }

  /// From here on the column's words are spelled out: they repeat too little.
  private mutating func keepPlain(_ place: Int) {
    guard cellKinds[place] == .dictionary else { return }
    cellKinds[place] = .text
    words[place] = nil
    haveChanged = true
  }

  /// The wanted columns with the types that they have now.
  var schema: Schema {
    let wanted = fields.indices.filter { fields[$0].isWanted }.map { Field(fields[$0].name, type($0)) }
    return Schema(survey.ordered(wanted, \.name))
  }

  private func type(_ place: Int) -> ColumnType {
    switch fields[place].type {
    case .int, .float: isFloat[place] ? .float : .int
    case .vector: .text
    case nil: kinds[place].type ?? .text
    case let type?: type
    }
  }

  /// A column of whole numbers some of which would lose digits beside the fractions of others.
  var rounded: String? {
    fields.indices.first { place in
      let field = fields[place]
      return field.isWanted && field.type == .int && !field.isStated && kinds[place].areRounded
    }.map { fields[$0].name }
  }

  /// Why a column is text though not all of it is, and how many moments have no offset where others have one.
  var notes: [String] {
    fields.indices.compactMap { place in
      let field = fields[place]
      guard field.isWanted else { return nil }
      if let note = moments[place].note(column: field.name) { return note }
      guard !field.isStated, let why = kinds[place].whyText else { return nil }
      return "\(field.name): \(why)"
    }
  }
}
