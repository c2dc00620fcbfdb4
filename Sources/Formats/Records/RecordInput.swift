import Tables

/// How records stand in a text.
enum RecordLayout: Sendable {
  /// One a line.
  case lines
  /// As the elements of one list, with commas between them.
  case list
}

/// Where the records of a text begin.
struct RecordStart: Sendable {
  let layout: RecordLayout
  /// Bytes before them, the line breaks among these, and the bytes behind the last of the breaks.
  let offset: Int
  let line: Int
  let column: Int

  static let ofLines = RecordStart(layout: .lines, offset: 0, line: 0, column: 0)
}

/// A text of records that is read in blocks.
class RecordInput: BlockInput, @unchecked Sendable {
  let start: RecordStart

  init(
    path: String, _ start: RecordStart, stream: SampledStream?,
    open: @escaping @Sendable () throws(SourceError) -> SampledStream
  ) {
    self.start = start
    super.init(path: path, start: start.offset, nil, stream: stream, open: open)
  }

  /// The same in the layout that its start tells.
  static func of(
    _ path: String, _ start: RecordStart, stream: SampledStream?,
    open: @escaping @Sendable () throws(SourceError) -> SampledStream
  ) -> RecordInput {
    switch start.layout {
    case .lines: RecordInput(path: path, start, stream: stream, open: open)
    case .list: JSONListInput(path: path, start, stream: stream, open: open)
    }
  }
}
