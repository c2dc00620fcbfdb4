import Kernels
import Tables

/// A table in a file of one record a line, plain or gzip, whatever the records are written in.
///
/// Columns and types are found from the first 64 KiB and hold for the whole file. The table is the same on any number of
/// threads.
struct RecordSource: TableSource {
  private enum Origin: Sendable { case file, memory([UInt8]) }

  let path: String
  let request: ReadingRequest
  private let origin: Origin
  let parse: RecordParser
  /// What is wrong with a file that begins so; nil where nothing is.
  private let complaint: @Sendable ([UInt8]) -> String?
  /// How many bytes one line may hold, and a compressed file.
  let lineLimit = 64 << 20
  private let expandedLimit = 16 << 30

  init(
    path: String, bytes: [UInt8]? = nil, _ request: ReadingRequest,
    complaint: @escaping @Sendable ([UInt8]) -> String? = { _ in nil }, parse: @escaping RecordParser
  ) {
    self.path = path
    self.request = request
    self.parse = parse
    self.complaint = complaint
    origin = bytes.map(Origin.memory) ?? .file
  }

  var name: String { path == "-" ? "input" : FileName.stem(path) }

  func declaredSchema() throws(SourceError) -> DeclaredSchema? { try RecordFiles([self]).declaredSchema() }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    try RecordFiles([self]).scan(request, progress, take)
  }

  /// Takes the sample's lines up; false where it has no whole one.
  func look(_ stream: SampledStream, _ survey: inout RecordBlock) throws(SourceError) -> Bool {
    guard stream.isWhole || stream.sample.contains(0x0A) else { return false }
    if let words = complaint(stream.sample) { throw SourceError(source: path, reason: .badFormat(words), line: 1) }
    stream.sample.withUnsafeBufferPointer { survey.read($0, isCut: !stream.isWhole, parse) }
    return true
  }

  /// The same, the sample being extended until it has a whole line.
  func lookAtLine(_ stream: SampledStream, _ survey: inout RecordBlock) throws(SourceError) {
    while !(try look(stream, &survey)) {
      guard stream.sample.count < lineLimit else {
        throw SourceError(source: path, reason: .tooLarge("a line longer than \(lineLimit) bytes"), line: 1)
      }
      try stream.extend()
    }
  }

  /// nil where only what can be read again is asked for and this cannot.
  func open(onlyRepeatable: Bool) throws(SourceError) -> SampledStream? {
    switch origin {
    case .memory(let bytes):
      return try SampledStream(MemoryStream(bytes), source: path, expandedLimit: expandedLimit)
    case .file:
      if onlyRepeatable, !(try FileStream.isRepeatable(path)) { return nil }
      return try SampledStream(try FileStream(path: path), source: path, expandedLimit: expandedLimit)
    }
  }
}

/// What the first lines tell of a file of records.
struct RecordSurvey: Sendable {
  let fields: [RecordField]
  let keys: RecordKeys
  /// Columns of keys that stand inside others.
  let nested: [String]
  /// The columns to keep, in the order that was asked for.
  private let kept: [String]?

  /// `settled` are types that come before those of the samples, but not before what was stated.
  init(_ block: RecordBlock, _ request: ReadingRequest, settled: [String: ColumnType] = [:]) {
    let types = request.options[ReadingOptions.types]?.byName ?? [:]
    var fields: [RecordField] = []
    var places: [String: Int] = [:]
    var kinds: [RecordKinds] = []
    var nested: [String] = []
    for node in block.order.map({ block.keys[$0] }) where node.kinds != [] || !node.hasChildren {
      if let place = places[node.path] {
        kinds[place].formUnion(node.kinds)
        continue
      }
      places[node.path] = kinds.count
      kinds.append(node.kinds)
      fields.append(RecordField(name: node.path, type: nil, isStated: false, isExpected: false))
      if node.isNested { nested.append(node.path) }
    }
    for (name, type) in types.sorted(by: { $0.key < $1.key }) where places[name] == nil {
      places[name] = fields.count
      kinds.append([])
      fields.append(RecordField(name: name, type: type, isStated: true, isExpected: false))
    }
    kept = request.options[ReadingOptions.columns]
    let wanted = kept.map { Set($0) }
    self.fields = zip(fields, kinds).map { field, kinds in
      let expected = request.expected?[field.name]
      let stated = types[field.name] ?? expected
      var field = RecordField(
        name: field.name, type: stated == .vector ? kinds.type : stated ?? settled[field.name] ?? kinds.type,
        isStated: stated != nil,
        isExpected: types[field.name] == nil && expected != nil)
      field.isWanted = wanted?.contains(field.name) ?? true
      return field
    }
    keys = block.keys.leading(to: places)
    self.nested = nested
  }

  /// The schema in the order that was asked for.
  var declared: DeclaredSchema {
    let wanted = ordered(fields.filter(\.isWanted), \.name)
    let open = wanted.filter { $0.type == nil || ($0.type == .int && !$0.isStated) }.map(\.name)
    return DeclaredSchema(schema: Schema(wanted.map { Field($0.name, $0.type ?? .text) }), open: Set(open))
  }

  /// Things that have a column's name, in the order that was asked for, else as they are.
  func ordered<Element>(_ elements: [Element], _ name: (Element) -> String) -> [Element] {
    guard let kept else { return elements }
    let places = Dictionary(kept.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return elements.sorted { (places[name($0)] ?? 0) < (places[name($1)] ?? 0) }
  }
}
