import Kernels
import Plan
import Storage
import Tables

/// Reads a source through filters: of the rows that do not pass only their number and what is missing in them are kept.
struct SiftedReading {
  private let reading: SourceReading
  private let filters: [any RowChooser]

  init(_ reading: SourceReading, _ filters: [any RowChooser]) {
    self.reading = reading
    self.filters = filters
  }

  /// The rows before the first filter, which know those after it; nil where the rows have to be there to be filtered: a column that a
  /// filter reads turned to another type on the way, or a filter failed, which is for its own stage to tell.
  func rows(_ progress: Progress) throws(EngineError) -> Collected? {
    let screen = FilterScreen(filters)
    let request = ScanRequest(columns: reading.columns, screen: screen)
    var sieve: Sieve
    let report: ScanReport
    do throws(SourceError) {
      let expected = try reading.source.expectedRows(request)
      sieve = Sieve(filters, Spilling(expectedRows: expected, rowsPerChunk: reading.rowsPerChunk))
      report = try reading.source.scan(request, progress) { chunk in
        sieve.take(chunk, progress) ? .more : .stop
      }
    } catch {
      throw EngineError(error)
    }
    if progress.isCancelled { throw .cancelled }
    if let failure = sieve.failure { throw EngineError(failure) }
    if let screen { sieve.add(screen.passed, as: report.schema) }
    guard sieve.isGood(for: report) else { return nil }
    var rows = try SpilledRows.checking { () throws(ChunkFileError) in try sieve.kept.rows(report) }
    for place in filters.indices.reversed() {
      let remarks = sieve.choices[place].remarks(of: filters[place])
      let notes = remarks.map { StageNote(step: filters[place].words, $0) }
      let next = Collected(rows: rows, notes: notes)
      let facts = sieve.facts[place].facts(as: report.schema)
      rows = .stored(SiftedRows(reading, Array(filters[...place]), facts, next: next))
    }
    return reading.collected(rows, report.notes)
  }
}

/// Filters that chunks go through one after the other.
private struct Sieve {
  let filters: [any RowChooser]
  /// What is known of the rows that reach each filter, and what it chose of them.
  private(set) var facts: [RowFacts.Count]
  private(set) var choices: [ChoiceCount]
  private(set) var kept: Spilling
  private(set) var failure: ChunkFileError?
  private var first: Schema?
  private var hasStopped = false
  private let reads: Set<String>

  init(_ filters: [any RowChooser], _ kept: Spilling) {
    self.filters = filters
    self.kept = kept
    facts = filters.map { _ in RowFacts.Count() }
    choices = filters.map { _ in ChoiceCount() }
    reads = Set(filters.flatMap(\.reads))
  }

  /// Takes the next chunk; false when there is no use in more.
  mutating func take(_ chunk: Table, _ progress: Progress) -> Bool {
    let schema = first ?? chunk.schema
    first = schema
    hasStopped = !reads.allSatisfy { chunk.schema[$0] == schema[$0] }
    if hasStopped { return false }
    var rows = chunk
    do throws(EngineError) {
      for (place, filter) in filters.enumerated() {
        facts[place].add(rows)
        let chosen = try filter.choose(from: rows, progress)
        choices[place].add(chosen, of: rows.rowCount)
        rows = rows.take(RowList(chosen.rows))
      }
    } catch {
      hasStopped = true
      return false
    }
    if rows.rowCount == 0 { return true }
    do throws(ChunkFileError) { try kept.take(rows) } catch { failure = error }
    return failure == nil
  }

  /// Adds rows that were not read.
  mutating func add(_ passed: [FilterScreen.Passed], as schema: Schema) {
    for (place, rows) in passed.enumerated() where rows.rows > 0 {
      facts[place].add(rows.rows, missing: rows.missing)
      choices[place].add(kept: rows.kept, missing: rows.missingTests, of: rows.rows)
      first = first ?? schema
    }
  }

  /// Whether the filters saw the columns as what they are at the end, and whether every missing cell was seen to be one: a text that
  /// turns out to be a number may be.
  func isGood(for report: ScanReport) -> Bool {
    guard !hasStopped, let first else { return false }
    return report.schema.fields.allSatisfy { field in
      let seen = first[field.name]
      return seen == field.type || (seen != .text && !reads.contains(field.name))
    }
  }
}

/// The rows of a source of which only those were kept that its filters leave. Nothing is to look at the others; whoever does has the source
/// read again.
struct SiftedRows: StoredRows {
  private let reading: SourceReading
  /// Those that the rows have passed, and the one that is next.
  private let passed: [any RowChooser]
  private let filter: any RowChooser
  private let next: Collected
  private let whole = CollectedRows()
  let schema: Schema
  let rowCount: Int
  let missing: [Int]
  var isByColumn: Bool { false }

  /// `filters` end in the one that is next.
  fileprivate init(_ reading: SourceReading, _ filters: [any RowChooser], _ facts: RowFacts, next: Collected) {
    self.reading = reading
    passed = Array(filters.dropLast())
    filter = filters[filters.count - 1]
    self.next = next
    schema = facts.schema
    rowCount = facts.rowCount
    missing = facts.missing
  }

  /// The rows after a step; nil where it is not the filter that was expected.
  func after(_ step: Step) -> Collected? { step.key == filter.key ? next : nil }

  private func all(_ progress: Progress) throws(EngineError) -> Rows {
    if let rows = whole.current { return rows.rows }
    let rows = try reading.rows(progress)
    whole.keep(rows)
    return rows.rows
  }

  func fold(
    _ columns: Set<String>?, _ progress: Progress, _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError) {
    try all(progress).fold(nil, progress) { chunk throws(EngineError) in
      var rows = chunk
      for filter in passed { rows = rows.take(RowList(try filter.choose(from: rows, progress).rows)) }
      return try take(rows.select(rows.names.filter { columns?.contains($0) ?? true }))
    }
  }
}
