import Tables

/// What the first records tell of files that are read as one table.
struct RecordSurvey: Sendable {
  let fields: [RecordField]
  let keys: [KnownKey]
  /// Columns of keys that stand inside others.
  let nested: [String]
  /// Bytes that a record takes on average.
  let recordSize: Double
  /// The columns to keep, in the order that was asked for.
  private let kept: [String]?
  private let fileColumn: FileColumn?

  private static let (mostColumns, mostNameBytes) = (100_000, 64 << 20)

  /// `settled` are types that come before those of the samples, but not before what was stated. Throws `tooLarge` for more columns than
  /// a table can have; `source` is what they were found in.
  init(
    _ sample: RecordSample, _ request: ReadingRequest, settled: [String: ColumnType] = [:], source: String
  ) throws(SourceError) {
    let found = try SampledColumns(sample, most: (Self.mostColumns, Self.mostNameBytes), source)
    let types = request.options[ReadingOptions.types]?.byName ?? [:]
    let kept = request.options[ReadingOptions.columns]
    let wanted = kept.map { Set($0) }
    let absent = types.keys.filter { found.places[$0] == nil }.sorted()
    let columns = found.columns + absent.map { SampledColumns.Column(name: $0) }
    fields = columns.map { column in
      let name = column.name
      let expected = request.expected?[name]
      let stated = types[name] ?? expected
      var field = RecordField(
        name: name, type: stated == .vector ? column.kinds.type : stated ?? settled[name] ?? column.kinds.type,
        isStated: stated != nil, isExpected: types[name] == nil && expected != nil)
      field.isVaried = column.isVaried
      field.zone = request.options[ZoneOption.zone]
      field.isWanted = wanted?.contains(name) ?? true
      return field
    }
    var places = found.places
    for (place, name) in absent.enumerated() { places[name] = found.columns.count + place }
    keys = Self.known(sample, places)
    nested = found.columns.filter(\.isNested).map(\.name)
    recordSize = sample.recordSize
    self.kept = kept
    fileColumn = FileColumn(request.options)
  }

  /// Throws where the files have a column of the name that one for their own names is to have.
  func checkFileColumn(in path: String) throws(SourceError) { try fileColumn?.check(fields.map(\.name), in: path) }

  /// The keys, each leading to the column of its path; one that was only ever that of an object leads to none.
  private static func known(_ sample: RecordSample, _ places: [String: Int]) -> [KnownKey] {
    (1..<max(1, sample.keys.count)).map { key in
      let isOnlyObject = sample.keys.hasChildren(key) && sample.facts[key].kinds == []
      return KnownKey(
        name: sample.keys.name(key), parent: sample.keys.keys[key].parent,
        column: isOnlyObject || places.isEmpty ? nil : places[sample.keys.path(key)])
    }
  }

  /// The schema in the order that was asked for.
  var declared: DeclaredSchema {
    let wanted = ordered(fields.filter(\.isWanted), \.name)
    let open = wanted.filter { $0.type == nil || ($0.type == .int && !$0.isStated) }.map(\.name)
    let schema = Schema(wanted.map { Field($0.name, $0.type ?? .text) })
    return DeclaredSchema(schema: fileColumn?.added(to: schema) ?? schema, open: Set(open))
  }

  /// Things that have a column's name, in the order that was asked for, else as they are.
  func ordered<Element>(_ elements: [Element], _ name: (Element) -> String) -> [Element] {
    guard let kept else { return elements }
    let places = Dictionary(kept.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return elements.sorted { (places[name($0)] ?? 0) < (places[name($1)] ?? 0) }
  }
}

/// The columns that keys of samples make: one for each path at which a value has stood, or nothing that is inside others.
private struct SampledColumns {
  struct Column {
    let name: String
    var isNested = false
    var isVaried = false
    var kinds: RecordKinds = []
  }

  private(set) var columns: [Column] = []
  private(set) var places: [String: Int] = [:]

  init(_ sample: RecordSample, most: (columns: Int, bytes: Int), _ source: String) throws(SourceError) {
    var bytes = 0
    for key in sample.order {
      let fact = sample.facts[key]
      guard fact.kinds != [] || !sample.keys.hasChildren(key) else { continue }
      bytes += sample.keys.pathLength(key)
      if columns.count == most.columns || bytes > most.bytes {
        throw SourceError(
          source: source,
          reason: .tooLarge(
            bytes > most.bytes ? "column names of more than \(most.bytes) bytes" : "more than \(most.columns) columns"))
      }
      let name = sample.keys.path(key)
      if let place = places[name] {
        columns[place].kinds.formUnion(fact.kinds)
        continue
      }
      places[name] = columns.count
      columns.append(
        Column(name: name, isNested: sample.keys.isNested(key), isVaried: fact.isVaried, kinds: fact.kinds))
    }
  }
}
