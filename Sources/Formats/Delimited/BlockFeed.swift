import Kernels
import Tables

/// Hands blocks of texts to the threads that parse them and what they made of them, in order, to the one that takes the rows.
///
/// A bounded number of blocks is under way: who parses waits while who takes is behind.
final class BlockFeed: @unchecked Sendable {
  /// A block to read and parse.
  struct Claim {
    let sequence: Int
    let input: BlockInput
    let number: Int
    let stream: SampledStream?
    let failure: SourceError?
    let kinds: [CellKind]
  }

  /// What became of a block.
  struct Finished: Sendable {
    let input: BlockInput
    var text: TextBlock?
    var isFinal = false
    var failure: SourceError?
    /// nil for a block behind the text's end.
    var parsed: ParsedBlock?
  }

  let blockSize: Int
  /// How many blocks may be under way.
  let window: Int
  private let inputs: [BlockInput]
  private let recordLimit: Int
  private let monitor = Monitor()
  private var current = 0
  private var claimed = 0
  private var delivered = 0
  private var finished: [Int: Finished] = [:]
  private var isStopped = false
  private var kinds: [CellKind]
  private var spare: [TextBlock] = []
  private var bytesRead = 0
  private var share = 0.0
  /// The most blocks that were under way at once.
  private(set) var mostUnderWay = 0

  init(_ inputs: [BlockInput], kinds: [CellKind], blockSize: Int, window: Int, recordLimit: Int) {
    self.inputs = inputs
    self.kinds = kinds
    self.blockSize = blockSize
    self.window = window
    self.recordLimit = recordLimit
  }

  /// How many bytes of text were read so far.
  var byteCount: Int { monitor.within { bytesRead } }

  /// The part that was read so far, of texts of `expected` bytes or, where that is not known, of the compressed file at hand.
  func fraction(of expected: Int?) -> Double {
    monitor.within { min(1, expected.map { Double(bytesRead) / Double(max(1, $0)) } ?? share) }
  }

  /// How later blocks are to treat the cells of each column.
  func use(_ kinds: [CellKind]) { monitor.within { self.kinds = kinds } }

  func stop() {
    monitor.within {
      isStopped = true
      monitor.changed()
    }
  }

  /// The next block; waits while too many are under way; nil when there are no more.
  func claim() -> Claim? {
    monitor.within {
      while !isStopped, claimed >= delivered + window { monitor.wait() }
      while current < inputs.count, !inputs[current].hasMore { current += 1 }
      guard !isStopped, current < inputs.count else { return nil }
      let input = inputs[current]
      let number = input.claimed
      var stream: SampledStream?
      var failure: SourceError?
      switch input.claim(blockSize) {
      case .success(let found): stream = found
      case .failure(let error): failure = error
      }
      claimed += 1
      mostUnderWay = max(mostUnderWay, claimed - delivered)
      return Claim(
        sequence: claimed - 1, input: input, number: number, stream: stream, failure: failure, kinds: kinds)
    }
  }

  /// Reads a block and cuts it after its last row.
  func load(_ claim: Claim) -> Finished {
    var result = Finished(input: claim.input, failure: claim.failure)
    guard let stream = claim.stream else { return result }
    let block = monitor.within { spare.popLast() } ?? TextBlock(size: blockSize)
    var isRead = false
    do throws(SourceError) {
      isRead = try claim.input.readAside(block, claim.number, stream, blockSize)
    } catch { result.failure = error }
    let isLive = monitor.within {
      while !isStopped, claim.input.turn != claim.number { monitor.wait() }
      return !isStopped && !claim.input.isEnded
    }
    if isLive, result.failure == nil {
      do throws(SourceError) {
        if !isRead { try claim.input.readInTurn(block, stream, blockSize) }
        result.text = block
        try claim.input.cut(block, claim.number, recordLimit: recordLimit)
        result.isFinal = claim.input.isAtEnd
      } catch {
        result.failure = error
      }
    }
    monitor.within {
      if result.failure != nil || result.isFinal { claim.input.isEnded = true }
      if !isLive { result.failure = nil }
      bytesRead += result.text == nil ? 0 : block.freshCount
      if let size = stream.size { share = Double(stream.taken) / Double(max(1, size)) }
      if result.text == nil { spare.append(block) }
      claim.input.turn += 1
      monitor.changed()
    }
    return result
  }

  func put(_ sequence: Int, _ block: Finished) {
    monitor.within {
      finished[sequence] = block
      monitor.changed()
    }
  }

  /// The next block in the order of the texts; waits for it unless `isAlone`; nil when there are no more, or none yet where this thread
  /// is the one that parses.
  func next(isAlone: Bool, _ progress: Progress) -> Finished? {
    monitor.within {
      while finished[delivered] == nil {
        if isAlone || progress.isCancelled || isDone { return nil }
        monitor.wait()
      }
      let block = finished.removeValue(forKey: delivered)
      delivered += 1
      monitor.changed()
      return block
    }
  }

  /// Whether every block was handed out and taken.
  private var isDone: Bool { claimed == delivered && !inputs[current...].contains(where: \.hasMore) }

  /// Takes back the memory of a block.
  func recycle(_ block: TextBlock?) {
    guard let block else { return }
    monitor.within { if spare.count < window { spare.append(block) } }
  }
}
