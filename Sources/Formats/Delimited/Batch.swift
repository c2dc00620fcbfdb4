import CVector
import Tables

/// A stretch of the text in memory: what was left of the one before, then fresh bytes. Cut into segments of a fixed
/// size, so that results do not depend on who parses which.
final class Batch: @unchecked Sendable {
  static let segmentSize = 1 << 20
  static let segments = 12
  /// Room in front of the fresh bytes for what was left over.
  private static let headroom = 1 << 20

  private var memory: UnsafeMutablePointer<UInt8>
  private var freshStart = Batch.headroom
  private(set) var start = Batch.headroom
  private(set) var end = Batch.headroom
  /// The stream ended within this batch.
  private(set) var isLast = false
  private var quotes: [Int] = []
  var failure: SourceError?

  init() { memory = .allocate(capacity: Batch.headroom + Batch.segmentSize * Batch.segments + FieldScanner.padding) }

  deinit { memory.deallocate() }

  var bytes: UnsafePointer<UInt8> { UnsafePointer(memory) }

  /// Fills the batch with fresh bytes and counts the quotes of each segment.
  func fill(from stream: any ByteStream) {
    let wanted = Batch.segmentSize * Batch.segments
    start = freshStart
    end = freshStart
    quotes = []
    do throws(SourceError) {
      let got = try stream.fill(memory + freshStart, wanted)
      end = freshStart + got
      isLast = got < wanted
    } catch {
      failure = error
      return
    }
    for segment in stride(from: freshStart, to: end, by: Batch.segmentSize) {
      quotes.append(mlp_count_byte(memory + segment, min(Batch.segmentSize, end - segment), FieldScanner.quote))
    }
  }

  /// Puts the rest of the batch before in front of the fresh bytes.
  func prepend(_ rest: UnsafePointer<UInt8>, _ count: Int) {
    if count > freshStart {
      let wider = max(count, freshStart * 2)
      let target = UnsafeMutablePointer<UInt8>.allocate(
        capacity: wider + Batch.segmentSize * Batch.segments + FieldScanner.padding)
      (target + wider).update(from: memory + freshStart, count: end - freshStart)
      memory.deallocate()
      memory = target
      end += wider - freshStart
      freshStart = wider
    }
    start = freshStart - count
    (memory + start).update(from: rest, count: count)
  }

  /// Likely starts of rows, one a segment, the first being certain.
  ///
  /// With `trustsQuotes` a line break counts where the number of quotes before it is even, as RFC 4180 has it; without,
  /// every line break does, which is the better guess for files with stray quotes.
  func cuts(terminator: UInt8, trustsQuotes: Bool) -> [Int] {
    var cuts = [start]
    var isInside = mlp_count_byte(memory + start, freshStart - start, FieldScanner.quote) % 2 == 1
    for (index, count) in quotes.enumerated() {
      let segment = freshStart + index * Batch.segmentSize
      if index > 0, let cut = firstBreak(segment, terminator, isInside && trustsQuotes, trustsQuotes), cut < end {
        cuts.append(cut)
      }
      if count % 2 == 1 { isInside.toggle() }
    }
    return cuts
  }

  private func firstBreak(_ from: Int, _ terminator: UInt8, _ startsInside: Bool, _ trustsQuotes: Bool) -> Int? {
    var isInside = startsInside
    for place in from..<min(from + Batch.segmentSize, end) {
      if memory[place] == FieldScanner.quote, trustsQuotes { isInside.toggle() }
      if memory[place] == terminator, !isInside { return place + 1 }
    }
    return nil
  }
}
