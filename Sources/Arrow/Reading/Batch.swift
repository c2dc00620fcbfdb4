import Kernels
import Tables

/// A batch of rows as it stands in a file, with the dictionaries that count for it.
struct Batch: Sendable {
  let head: BatchHead
  let body: BatchBody
  let dictionaries: [Int64: DictionaryValues]
  let source: String
  let progress: Progress
  /// How many rows were in the batches before it.
  let firstRow: Int
  /// Where the buffers of each node begin.
  private let starts: [Int]

  /// Throws `badFormat` where the batch has not the nodes and buffers that `nodes` ask for.
  init(
    _ head: BatchHead, _ body: BatchBody, nodes: [ArrowSchema.Node],
    _ dictionaries: [Int64: DictionaryValues] = [:], source: String, firstRow: Int, _ progress: Progress
  ) throws(SourceError) {
    self.head = head
    self.body = body
    self.dictionaries = dictionaries
    self.source = source
    self.firstRow = firstRow
    self.progress = progress
    starts = try Self.starts(head, nodes)
    guard head.nodeCount >= nodes.count, head.bufferCount >= starts.last ?? 0 else {
      throw SourceError(source: source, reason: .badFormat("a batch of its rows has not the columns of its schema"))
    }
  }

  private static func starts(_ head: BatchHead, _ nodes: [ArrowSchema.Node]) throws(SourceError) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(nodes.count + 1)
    var (end, views) = (0, 0)
    for node in nodes {
      end += node.bufferCount + (node.hadBitmap && head.isBeforeV5 ? 1 : 0)
      if node.isVariadic {
        end += try head.variadicCount(views)
        views += 1
      }
      starts.append(end)
    }
    return starts
  }

  /// A buffer of a node.
  func buffer(_ node: Int, _ place: Int) throws(SourceError) -> BufferSpan { try head.buffer(starts[node] + place) }

  /// How many buffers a node has.
  func bufferCount(_ node: Int) -> Int { starts[node + 1] - starts[node] }

  func failure(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
}
