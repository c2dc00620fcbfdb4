import Kernels
import Tables

/// Hands blocks of texts to the threads that parse them and what they made of them, in order, to the one that takes the rows.
///
/// A bounded number of blocks is under way: who parses waits while who takes is behind. `Setting` is what the rows so far tell the
/// parsers of later blocks.
final class BlockFeed<Input: BlockInput, Setting: Sendable, Parsed: Sendable>: @unchecked Sendable {
  /// A block to read and parse.
  struct Claim {
    let sequence: Int
    let input: Input
    let number: Int
    let stream: SampledStream?
    let failure: SourceError?
    let setting: Setting
  }

  /// What became of a block.
  struct Finished: Sendable {
    let input: Input
    var text: TextBlock?
    var isFinal = false
    var failure: SourceError?
    /// nil for a block behind the text's end.
    var parsed: Parsed?
  }

  let blockSize: Int
  /// How many blocks may be under way.
  let window: Int
  private let inputs: [Input]
  private let recordLimit: Int
  private let monitor = Monitor()
  private var current = 0
  private var claimed = 0
  private var delivered = 0
  private var finished: [Int: Finished] = [:]
  private var isStopped = false
  private var setting: Setting
  private var spare: [TextBlock] = []
  private var bytesRead = 0
  private var share = 0.0
  /// The most blocks that were under way at once.
  private(set) var mostUnderWay = 0

  init(_ inputs: [Input], _ setting: Setting, blockSize: Int, window: Int, recordLimit: Int) {
    self.inputs = inputs
    self.setting = setting
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

  /// What later blocks are to be parsed by.
  func use(_ setting: Setting) { monitor.within { self.setting = setting } }

  private func stop() {
    monitor.within {
      isStopped = true
      monitor.changed()
    }
  }

  /// The next block; waits while too many are under way; nil when there are no more.
  private func claim() -> Claim? {
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
        sequence: claimed - 1, input: input, number: number, stream: stream, failure: failure, setting: setting)
    }
  }

  /// Reads a block and cuts it after its last row.
  private func load(_ claim: Claim) -> Finished {
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

  private func put(_ sequence: Int, _ block: Finished) {
    monitor.within {
      finished[sequence] = block
      monitor.changed()
    }
  }

  /// The next block in the order of the texts; waits for it unless `isAlone`; nil when there are no more, or none yet where this thread
  /// is the one that parses.
  private func next(isAlone: Bool, _ progress: Progress) -> Finished? {
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
  private func recycle(_ block: TextBlock?) {
    guard let block else { return }
    monitor.within { if spare.count < window { spare.append(block) } }
  }

  /// Parses a block's text: `isFinal` where the whole text ends with it, so that no line break may follow its last row.
  typealias Parse = (_ claim: Claim, _ text: TextBlock, _ isFinal: Bool) -> Parsed

  /// Parses the blocks on `threads` threads, each of which makes a parser of its own, and gives what came of them to `take`, in order and
  /// on this thread, until it says so. `check` is called between blocks, and throws where the reading is to end.
  func run(
    threads: Int, _ progress: Progress, _ makeParser: @escaping @Sendable () -> Parse,
    check: () throws(SourceError) -> Void, take: (Finished) throws(SourceError) -> ScanStep
  ) throws(SourceError) {
    let team = WorkerTeam(threads > 1 ? threads : 0) { _ in
      let parse = makeParser()
      while self.parseNext(parse) {}
    }
    defer {
      stop()
      team.join()
    }
    // Where there is no other thread, this one parses.
    let own = team.size == 0 ? makeParser() : nil
    while true {
      if let own, !parseNext(own) { return }
      guard let block = next(isAlone: own != nil, progress) else {
        try check()
        if own != nil { continue }
        return
      }
      let step = try take(block)
      recycle(block.text)
      try check()
      if step == .stop { return }
    }
  }

  /// Reads and parses the next block; false when there is none left.
  private func parseNext(_ parse: Parse) -> Bool {
    guard let claim = claim() else { return false }
    var block = load(claim)
    if let text = block.text { block.parsed = parse(claim, text, block.isFinal) }
    put(claim.sequence, block)
    return true
  }
}
