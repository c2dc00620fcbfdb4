import Kernels

/// Finds for each text the first earlier one that stands for it.
///
/// Two texts with at most k changes between them share one of any k + 1 pieces that the one is cut into, moved by k places at most: only
/// texts that share a piece are compared (Li, Deng, Wang and Feng, Pass-Join: A Partition-based Method for Similarity Joins, 2011).
struct NearSearch {
  /// Looks into the index, texts found there and letters compared, together, at most: half a minute or so.
  private static let mostWork = 400_000_000
  /// How much is done between two looks at the clock.
  private static let stretch = 1_000_000
  /// About what a place in the index takes.
  private static let bytesPerPiece = 128

  private let texts: NearTexts
  private let limit: NearLimit
  /// The texts that have a piece, by a hash of it and of where it stands: a few that have another are found too.
  private var index: [UInt64: [Int32]] = [:]
  /// For each text the kinds of its letters, a bit for each 64th.
  private let kinds: [UInt64]
  /// For each text the last one that it was found for, so that it is found once.
  private var seen: [Int32]
  /// The lengths of the texts in the index.
  private var lengths: Set<Int> = []
  private var distance = TextDistance()
  private let words: String
  private let progress: Progress
  private var work = 0
  private var workAtCheck = 0
  /// Pieces in the index, and how many of them memory was asked for.
  private var pieces = (held: 0, asked: 0)

  /// `words` are the step's.
  init(_ texts: NearTexts, _ limit: NearLimit, _ words: String, _ progress: Progress) {
    self.texts = texts
    self.limit = limit
    self.words = words
    self.progress = progress
    kinds = texts.letters.map { letters in letters.reduce(0) { $0 | 1 << UInt64($1 & 63) } }
    seen = texts.letters.map { _ in -1 }
  }

  /// For each text the place of the one that stands for it, itself where none does. Throws `tooLarge` where texts are so much alike, or
  /// so long, that comparing them would not end, and `interrupted`.
  mutating func leaders() throws(EngineError) -> [Int] {
    var leaders: [Int] = []
    leaders.reserveCapacity(texts.letters.count)
    for text in texts.letters.indices {
      if let leader = try leader(of: text) {
        leaders.append(leader)
      } else {
        leaders.append(text)
        try add(text)
      }
    }
    return leaders
  }

  private mutating func spend(_ more: Int) throws(EngineError) {
    work += min(more, Self.mostWork)
    guard work - workAtCheck > Self.stretch else { return }
    workAtCheck = work
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    if work >= Self.mostWork { throw EngineError(.rows(.tooManyComparisons(words))) }
  }

  // MARK: Index

  private mutating func hold(_ more: Int) throws(EngineError) {
    pieces.held += more
    guard pieces.held - pieces.asked > 1 << 14 else { return }
    do throws(OutOfMemory) {
      try Memory.require((pieces.held - pieces.asked) * Self.bytesPerPiece)
    } catch {
      throw EngineError(.rows(.memory(error)))
    }
    pieces.asked = pieces.held
  }

  /// How texts of a length are cut: each piece has a letter at least.
  private func cuts(of length: Int) -> [Range<Int>] {
    let count = min(length, limit.mostAllowed(length - texts.separators) + 1)
    return (0..<count).map { length * $0 / count..<length * ($0 + 1) / count }
  }

  private mutating func add(_ text: Int) throws(EngineError) {
    let letters = texts.letters[text]
    lengths.insert(letters.count)
    let ranges = cuts(of: letters.count)
    try hold(ranges.count)
    try spend(ranges.count + letters.count / 8)
    for (place, range) in ranges.enumerated() {
      index[piece(letters, range, place, of: letters.count, texts.buckets[text]), default: []]
        .append(Int32(truncatingIfNeeded: text))
    }
  }

  /// FNV-1a over what tells a piece from others.
  private func piece(
    _ letters: [UInt32], _ range: Range<Int>, _ place: Int, of length: Int, _ bucket: Int32
  ) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func mix(_ value: UInt64) { hash = (hash ^ value) &* 0x100_0000_01B3 }
    mix(UInt64(truncatingIfNeeded: bucket))
    mix(UInt64(truncatingIfNeeded: length))
    mix(UInt64(truncatingIfNeeded: place))
    for at in range { mix(UInt64(letters[at])) }
    return hash
  }

  // MARK: Search

  /// The first of the texts in the index that is near.
  private mutating func leader(of text: Int) throws(EngineError) -> Int? {
    let letters = texts.letters[text]
    var found: [Int] = []
    let most = limit.mostAllowed(letters.count - texts.separators)
    for length in max(1, letters.count - most)...letters.count + most where lengths.contains(length) {
      let allowed = limit.allowed(max(length, letters.count) - texts.separators)
      if abs(length - letters.count) <= allowed { try look(text, length, allowed, &found) }
    }
    for other in found.sorted() {
      let allowed = limit.allowed(max(texts.letters[other].count, letters.count) - texts.separators)
      // Ahead of the work, so that two long texts do not hold up an interrupt.
      try spend(1 + allowed * letters.count / 16)
      if distance.isWithin(allowed, texts.letters[other], letters) { return other }
    }
    return nil
  }

  /// Texts of a length that share a piece, and have no more kinds of letters that the other lacks than may differ.
  private mutating func look(
    _ text: Int, _ length: Int, _ allowed: Int, _ found: inout [Int]
  ) throws(EngineError) {
    let letters = texts.letters[text]
    for (place, range) in cuts(of: length).enumerated() {
      let first = max(0, range.lowerBound - allowed)
      let last = min(letters.count - range.count, range.lowerBound + allowed)
      guard first <= last else { continue }
      for start in first...last {
        let key = piece(letters, start..<start + range.count, place, of: length, texts.buckets[text])
        try spend(1 + range.count / 16)
        guard let others = index[key] else { continue }
        try spend(others.count)
        for other in others.lazy.map(Int.init) where seen[other] != text {
          seen[other] = Int32(truncatingIfNeeded: text)
          guard texts.buckets[other] == texts.buckets[text] else { continue }
          let (own, its) = (kinds[text] & ~kinds[other], kinds[other] & ~kinds[text])
          if max(own.nonzeroBitCount, its.nonzeroBitCount) <= allowed { found.append(other) }
        }
      }
    }
  }
}
