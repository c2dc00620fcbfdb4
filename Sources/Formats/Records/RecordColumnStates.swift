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

  init(_ fields: [RecordField], _ survey: RecordSurvey) {
    self.fields = fields
    self.survey = survey
    kinds = fields.map { _ in [] }
    isFloat = fields.map { $0.type == .float }
    moments = fields.map { _ in MomentCounts() }
  }

  /// The wanted columns of a block as one chunk: ints until the first block with a fraction, text while nothing settles the type.
  mutating func take(_ block: RecordBlock, _ columns: [Column?]) -> Table {
    var named: [(String, Column)] = []
    for (place, column) in columns.enumerated() {
      guard let column else { continue }
      kinds[place].formUnion(block.columns[place].kinds)
      moments[place] += block.columns[place].moments
      if case .float = column { isFloat[place] = true }
      named.append((fields[place].name, sofar(column, place)))
    }
    return Table(survey.ordered(named) { $0.0 }, rowCount: block.rows)
  }

  private func sofar(_ column: Column, _ place: Int) -> Column {
    guard isFloat[place], case .int(let cells) = column else { return column }
    return .float(Cells(cells.values.map(Double.init), validity: cells.validity))
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
