import Tables

@testable import Arrow

/// A column of a made batch: its field in the schema, and its nodes and buffers as they stand in the body.
struct MadeColumn {
  var field: FlatValue
  /// Cells and missing cells of each node.
  var nodes: [(length: Int, missing: Int)]
  var buffers: [[UInt8]]
  /// How many buffers the values of views have.
  var variadicCounts: [Int] = []

  /// A column of one node: `type` is the number of its type among Arrow's.
  init(
    _ name: String, type: UInt8, _ parameters: [FlatValue?] = [], rows: Int, missing: Int = 0, buffers: [[UInt8]],
    dictionary: FlatValue? = nil
  ) {
    field = Self.field(name, type, parameters, dictionary)
    nodes = [(rows, missing)]
    self.buffers = buffers
  }

  static func field(
    _ name: String, _ type: UInt8, _ parameters: [FlatValue?], _ dictionary: FlatValue? = nil,
    children: [FlatValue] = []
  ) -> FlatValue {
    .table([.text(name), .bool(true), .byte(type), .table(parameters), dictionary, .tables(children)])
  }

  /// Values of a number type, none of which is missing unless `valid` says so.
  init<Number: FixedWidthInteger>(
    _ name: String, type: UInt8, _ parameters: [FlatValue?] = [], _ values: [Number], valid: [Bool]? = nil
  ) {
    self.init(
      name, type: type, parameters, rows: values.count, missing: valid?.count { !$0 } ?? 0,
      buffers: [valid.map(bits) ?? [], bytes(values)])
  }

  /// Texts with offsets of 32 bits.
  init(_ name: String, texts: [String]) {
    self.init(name, type: 5, rows: texts.count, buffers: Self.buffers(texts))
  }

  static func buffers(_ texts: [String]) -> [[UInt8]] {
    var ends: [Int32] = [0]
    for text in texts { ends.append((ends.last ?? 0) + Int32(text.utf8.count)) }
    return [[], bytes(ends), texts.flatMap { Array($0.utf8) }]
  }
}

/// Numbers one after the other, the lowest byte first.
func bytes<Number: FixedWidthInteger>(_ numbers: [Number]) -> [UInt8] {
  numbers.reduce(into: []) { $0.append(littleEndian: $1) }
}

/// One bit each, the lowest first.
func bits(_ flags: [Bool]) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: (flags.count + 7) / 8)
  for (place, flag) in flags.enumerated() where flag { bytes[place / 8] |= 1 << UInt8(place % 8) }
  return bytes
}

/// A stream put together message by message: what the encoder writes, and what it never would.
struct MadeStream {
  private(set) var bytes: [UInt8] = []
  private let version: Int16

  /// `version` is that of the metadata, counted from 0.
  init(version: Int16 = 4) { self.version = version }

  /// A stream of one batch.
  static func of(_ columns: [MadeColumn], rows: Int? = nil) -> [UInt8] {
    var stream = MadeStream()
    stream.schema(columns.map(\.field))
    stream.batch(columns, rows: rows)
    return stream.bytes
  }

  mutating func schema(_ fields: [FlatValue], isBigEndian: Bool = false) {
    put(1, [.short(isBigEndian ? 1 : 0), .tables(fields)], body: [])
  }

  mutating func batch(_ columns: [MadeColumn], rows: Int? = nil, codec: UInt8? = nil) {
    let (head, body) = Self.batch(columns, rows, codec)
    put(3, head, body: body)
  }

  mutating func dictionary(_ id: Int64, _ column: MadeColumn, isDelta: Bool = false) {
    let (head, body) = Self.batch([column], nil, nil)
    put(2, [.long(id), .table(head), .bool(isDelta)], body: body)
  }

  private static func batch(_ columns: [MadeColumn], _ rows: Int?, _ codec: UInt8?) -> ([FlatValue?], [UInt8]) {
    var (nodes, spans, body): ([UInt8], [UInt8], [UInt8]) = ([], [], [])
    for column in columns {
      for node in column.nodes { nodes += ArrowTests.bytes([Int64(node.length), Int64(node.missing)]) }
      for buffer in column.buffers {
        spans += ArrowTests.bytes([Int64(body.count), Int64(buffer.count)])
        body += buffer + [UInt8](repeating: 0, count: -buffer.count & 7)
      }
    }
    let variadic = columns.flatMap(\.variadicCounts).map { Int64($0) }
    let head: [FlatValue?] = [
      .long(Int64(rows ?? columns.first?.nodes.first?.length ?? 0)), .structs(nodes, count: nodes.count / 16),
      .structs(spans, count: spans.count / 16), codec.map { .table([.byte($0), .byte(0)]) },
      .structs(ArrowTests.bytes(variadic), count: variadic.count),
    ]
    return (head, body)
  }

  /// A message as it is given.
  mutating func put(_ kind: UInt8, _ header: [FlatValue?], body: [UInt8], bodyLength: Int? = nil) {
    let metadata = FlatBuilder.message([
      .short(version), .byte(kind), .table(header), .long(Int64(bodyLength ?? body.count)),
    ])
    bytes.append(littleEndian: FramePrefix.mark)
    bytes.append(littleEndian: UInt32(metadata.count))
    bytes += metadata + body
  }
}
