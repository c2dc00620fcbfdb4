import Notation
import Tables

/// The columns of several texts as those of one, with types that hold for all of them.
///
/// A column's cells in all samples decide together, as if the texts were one: whole numbers and fractions make floats, numbers and words
/// make text, which a note tells of.
struct Agreement {
  private(set) var columns: [Survey.SurveyedColumn] = []
  /// The surveys with the agreed types, and for each of their columns its place among `columns`.
  private(set) var surveys: [Survey]
  private(set) var places: [[Int]] = []
  private(set) var notes: [String] = []
  private let paths: [String]

  /// `dates` is the order of dates that the options state; `settled` are types that come before those of the samples, but not before
  /// what the user stated.
  init(
    _ surveys: [Survey], _ paths: [String], union: Bool, dates: DateOrder?, settled: [String: ColumnType] = [:]
  ) throws(SourceError) {
    self.surveys = surveys
    self.paths = paths
    if surveys.count > 1 { notes.append("\(surveys.count) files") }
    var known: [String: Int] = [:]
    for (place, survey) in surveys.enumerated() {
      if !union { try check(survey, at: place) }
      places.append(survey.columns.map { join($0, &known) })
    }
    let dates = decide(settled, stated: dates)
    for note in surveys.flatMap(\.notes) + dates where !notes.contains(note) { notes.append(note) }
    for place in surveys.indices {
      for column in surveys[place].columns.indices {
        self.surveys[place].columns[column] = columns[places[place][column]]
      }
    }
  }

  private func check(_ survey: Survey, at place: Int) throws(SourceError) {
    let names = Set(survey.names)
    let wanted = Set(surveys[0].names)
    guard names != wanted else { return }
    let differing = names.symmetricDifference(wanted).sorted().joined(separator: ", ")
    throw SourceError(
      source: paths[place],
      reason: .badFormat("its columns differ from \(paths[0]): \(differing); `union: true` joins them"))
  }

  /// Takes a text's column up and gives its place.
  private mutating func join(_ column: Survey.SurveyedColumn, _ known: inout [String: Int]) -> Int {
    guard let place = known[column.name] else {
      known[column.name] = columns.count
      columns.append(column)
      return columns.count - 1
    }
    columns[place].shapes.formUnion(column.shapes)
    columns[place].dates.add(column.dates)
    columns[place].isVaried = columns[place].isVaried || column.isVaried
    return place
  }

  /// Gives what is said of dates.
  private mutating func decide(_ settled: [String: ColumnType], stated: DateOrder?) -> [String] {
    for place in columns.indices where !columns[place].isStated {
      let name = columns[place].name
      if let type = settled[name] {
        columns[place].type = type
        columns[place].isIntSoFar = false
        continue
      }
      if surveys.count == 1 || columns[place].isOpenToAll { continue }
      columns[place].type = columns[place].shapes.type
      columns[place].isIntSoFar = columns[place].type == .int
    }
    let said = DateFinding.settle(&columns, stated: stated) { $0.isStated || settled[$0.name] != nil }
    for place in columns.indices where !columns[place].isStated && settled[columns[place].name] == nil {
      if surveys.count > 1, !columns[place].isOpenToAll, columns[place].type == .text { noteText(place) }
    }
    return said
  }

  /// Says where a column is text although some texts' samples show another type.
  private mutating func noteText(_ place: Int) {
    var found: [(type: ColumnType, path: String)] = []
    for (survey, path) in zip(surveys, paths) {
      guard let type = survey.columns.first(where: { $0.name == columns[place].name })?.type else { continue }
      if !found.contains(where: { $0.type == type }) { found.append((type, path)) }
    }
    guard let other = found.first(where: { $0.type != .text }) else { return }
    let name = columns[place].name
    let kinds = found.map { "\($0.type.rawValue) in \($0.path)" }.joined(separator: ", ")
    let stated = ScriptText.code("types: {\(ScriptText.key(name)): \(other.type.rawValue)}")
    notes.append(
      "column '\(name)' is text for all files: it is \(kinds); with \(stated) a cell that does not fit is an error")
  }
}
