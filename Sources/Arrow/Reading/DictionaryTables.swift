import Kernels
import Tables

/// The values of a dictionary, as columns take them.
enum DictionaryValues: Sendable {
  /// Few texts: the word of each value, -1 for a missing one, and the words, each once.
  case words(places: [Int32], words: [String])
  /// Values of any other type, and more texts than a column of codes should have; behind them a missing cell.
  case column(Column)
}

/// The dictionaries of a file as its messages state, extend and replace them.
struct DictionaryTables {
  /// A text column of more words is kept plain.
  private static let wordLimit = 1 << 16

  private let schema: ArrowSchema
  private var columns: [Int64: Column] = [:]
  /// What was made of the columns, until they change.
  private var made: [Int64: DictionaryValues] = [:]

  init(_ schema: ArrowSchema) { self.schema = schema }

  mutating func take(_ head: DictionaryHead, _ body: MessageBody, _ progress: Progress) throws(SourceError) {
    guard let type = schema.dictionaries[head.id] else { return }
    let values = try Self.column(type, head, body, schema.source, progress)
    made[head.id] = nil
    guard head.isDelta, let known = columns[head.id] else {
      columns[head.id] = values
      return
    }
    var builder = ColumnBuilder(expectedRows: known.count + values.count)
    builder.append(known)
    builder.append(values)
    columns[head.id] = builder.finish()
  }

  private static func column(
    _ type: ArrowType, _ head: DictionaryHead, _ body: MessageBody, _ source: String, _ progress: Progress
  ) throws(SourceError) -> Column {
    let rows = head.values.rowCount
    guard rows < Int(Int32.max) else {
      throw SourceError(source: source, reason: .tooLarge("a dictionary of \(rows) values"))
    }
    let contents = BatchBody(body, head.values.codec, isShared: false, source: source, progress)
    let batch = try Batch(
      head.values, contents, nodes: [ArrowSchema.Node(type)], source: source, firstRow: 0, progress)
    // Before its cells are allocated: what claims many values must have bytes for them.
    try progress.makeRoom(rows * 8, source: source)
    let column = ArrowSchema.Column(
      name: "a dictionary", type: type, dictionary: nil, node: 0, parents: [])
    var decoder = ColumnDecoder(batch, column, 0..<rows, reading: WideReading.widest(type))
    return try decoder.decoded()
  }

  /// Those of the ids that are there.
  mutating func values(_ ids: Set<Int64>) -> [Int64: DictionaryValues] {
    var values: [Int64: DictionaryValues] = [:]
    for id in ids {
      guard let column = columns[id] else { continue }
      let found = made[id] ?? Self.values(column)
      made[id] = found
      values[id] = found
    }
    return values
  }

  private static func values(_ column: Column) -> DictionaryValues {
    if case .text(let cells) = column, cells.count <= wordLimit {
      let (places, words) = cells.encoded()
      return .words(places: places, words: words)
    }
    let none = Column.missing(column.type, count: 1)
    var builder = ColumnBuilder(expectedRows: column.count + 1)
    builder.append(column)
    builder.append(none)
    return .column(builder.finish() ?? none)
  }
}
