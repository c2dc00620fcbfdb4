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
      "All rows are looked at, not a sample. The standard deviation is that of a sample (n − 1), quartiles interpolate linearly. A distinct count with ~ is an estimate."
    ],
    positionals: [Positional("columns", .columns, "the columns to describe; all without", maximum: nil)],
    parameters: [top],
    examples: [
      Example("at a glance", "load titanic\nprofile"), Example("some columns", "load penguins\nprofile numeric()"),
    ],
    otherNames: ["summarize", "summarise", "summary", "skim", "describe"])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = call.columns(in: schema, &sink) else { return nil }
    let top = call.options[top] ?? 3
    let needs = columns.isEmpty ? ColumnNeeds.all : .columns(Set(columns))
    return .look("profile", at: subject, words: call.wordsInFull(description), needs: needs) {
      value, context throws(EngineError) in
      let looked = try LookedRows(value, context)
      let profile = try looked.rows.profile(of: columns.isEmpty ? nil : columns, top: top, context.progress)
      return ProfileDisplay.displays(profile, rowCount: looked.rows.rowCount, name: looked.name)
    }
  }
}

extension Rows {
  /// What counting the values of a column takes at most.
  private static let tallySize = 50 << 20

  /// The profiles of the columns named in their order, or of all. Rows that are not all in memory are looked at chunk by chunk, twice
  /// where quartiles ask for it, so that the figures are those of rows in memory.
  func profile(of columns: [String]?, top: Int, _ progress: Progress) throws(EngineError) -> [ColumnProfile] {
    guard case .stored(let rows) = self else {
      let table = try table(columns.map(Set.init), progress)
      return try EngineError.checking { () throws(Cancelled) in
        try TableProfile(of: columns.map(table.select) ?? table, top: top, progress).columns
      }
    }
    let wanted = columns?.compactMap { name in rows.schema.fields.first { $0.name == name } } ?? rows.schema.fields
    let most = max(1, Memory.bound / 4 / Self.tallySize)
    let groups = stride(from: 0, to: wanted.count, by: rows.isByColumn ? 1 : most).map { start in
      Array(wanted[start..<min(wanted.count, start + (rows.isByColumn ? 1 : most))])
    }
    // Columns that are read on their own are looked at side by side; else the columns of a group are.
    var profiles: [ColumnProfile] = []
    let together = rows.isByColumn ? most : 1
    for start in stride(from: 0, to: groups.count, by: together) {
      let found = parallelMap(min(together, groups.count - start)) { place in
        Result { () throws(EngineError) in try rows.profile(ofGroup: groups[start + place], top: top, progress) }
      }
      for result in found { profiles += try result.get() }
    }
    return profiles
  }
}

extension StoredRows {
  fileprivate func profile(
    ofGroup group: [Field], top: Int, _ progress: Progress
  ) throws(EngineError) -> [ColumnProfile] {
    let names = group.map(\.name)
    var builder = TableProfile.Builder(Schema(group), top: top)
    try fold(Set(names), progress) { chunk throws(EngineError) in
      try EngineError.checking { () throws(Cancelled) in try builder.take(chunk.select(names), progress) }
      return true
    }
    let again = builder.wantedAgain()
    if !again.isEmpty {
      try fold(again, progress) { chunk throws(EngineError) in
        try EngineError.checking { () throws(Cancelled) in try builder.takeAgain(chunk, progress) }
        return true
      }
    }
    return builder.finish().columns
  }
}
