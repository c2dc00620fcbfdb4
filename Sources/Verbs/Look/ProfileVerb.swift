import Descriptions
import Diagnostics
import Display
import Interpreter
import Kernels
import Plan
import Tables

/// `profile`
enum ProfileVerb: Verb {
  static let top = Parameter<Int>("top", "How many frequent values to show of a column", default: 3, .within(1, 100))

  static let description = Description(
    name: "profile", summary: "Describe every column: missing, distinct, range, moments, quartiles, frequent values",
    group: "Look", signature: "Table → look · Split → look",
    details: [
      "One pass over the whole table, not a sample. The standard deviation is that of a sample (n − 1), quartiles interpolate linearly. A distinct count with ~ is an estimate."
    ],
    positionals: [Positional("columns", .columns, "the columns to describe; all without", maximum: nil)],
    parameters: [top],
    examples: [
      Example("at a glance", "load titanic\nprofile"), Example("some columns", "load penguins\nprofile numeric()"),
    ],
    otherNames: ["summarize", "summarise", "summary", "skim", "describe"])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = call.columns(in: schema, &sink) else { return nil }
    let top = call.options[top] ?? 3
    let needs = columns.isEmpty ? ColumnNeeds.all : .columns(Set(columns))
    return .look("profile", at: subject, words: call.wordsInFull(description), needs: needs) {
      value, context throws(EngineError) in
      let (name, rows) = try rows(value, context)
      let profile = try rows.profile(of: columns.isEmpty ? nil : columns, top: top, context.progress)
      return ProfileDisplay.displays(profile, rowCount: rows.rowCount, name: name)
    }
  }

  private static func rows(_ value: Value, _ context: RunContext) throws(EngineError) -> (String, Rows) {
    switch value {
    case .table(let relation): (relation.name, try context.executor.rows(relation, context.progress).rows)
    case .split(let split): ("\(split.name), training rows", .whole(try split.trainingRows(context.progress).table))
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }
}

extension Rows {
  /// The profiles of the columns named in their order, or of all. Rows that are not all in memory are looked at a few columns at a time,
  /// so that the figures are those of rows in memory; a column that does not fit alone is looked at chunk by chunk.
  func profile(of columns: [String]?, top: Int, _ progress: Progress) throws(EngineError) -> [ColumnProfile] {
    if case .whole(let table) = self {
      return try EngineError.checking { () throws(Cancelled) in
        try TableProfile(of: columns.map(table.select) ?? table, top: top, progress).columns
      }
    }
    let fields = self.columns.map(\.field)
    let wanted = columns?.compactMap { name in fields.first { $0.name == name } } ?? fields
    var profiles: [ColumnProfile] = []
    for group in groups(of: wanted) { profiles += try profile(ofGroup: group, top: top, progress) }
    return profiles
  }

  /// Columns that together take a quarter of the memory bound, or one.
  private func groups(of fields: [Field]) -> [[Field]] {
    var groups: [[Field]] = []
    var bytes = Int.max
    for field in fields {
      let size = rowCount * field.type.cellSize
      if groups.isEmpty || bytes + size > Memory.bound / 4 {
        groups.append([])
        bytes = 0
      }
      groups[groups.count - 1].append(field)
      bytes += size
    }
    return groups
  }

  private func profile(ofGroup group: [Field], top: Int, _ progress: Progress) throws(EngineError) -> [ColumnProfile] {
    let names = group.map(\.name)
    do throws(EngineError) {
      let table = try table(Set(names), progress).select(names)
      return try EngineError.checking { () throws(Cancelled) in try TableProfile(of: table, top: top, progress).columns
      }
    } catch {
      guard error.code == .tooLarge else { throw error }
    }
    var builder = TableProfile.Builder(Schema(group), top: top)
    try fold(Set(names), progress) { chunk throws(EngineError) in
      try EngineError.checking { () throws(Cancelled) in try builder.take(chunk.select(names), progress) }
      return true
    }
    return builder.finish().columns
  }
}
