import Kernels

/// What is known of a column's texts, in parts that merge: how often each occurs, extremes, lengths. Texts are told apart by bytes.
///
/// Texts are followed by the rules of `KeyTally`: exactly up to `limit` different ones, and beyond it those met most often
/// within the first `limit` rows, while the others are estimated in number.
struct TextTally: Sendable {
  private let limit: Int
  private let firstRow: Int
  private var words = WordTable()
  private var counts: [Int] = []
  /// How often each word was met within the first rows, once these are over; none of the words that came later.
  private var early: [Int] = []
  /// Characters of each word.
  private var characters: [Int] = []
  private var isPastWindow: Bool
  private var sketch: DistinctSketch?
  /// Characters of all texts that are not followed.
  private var otherCharacters = 0
  private var shortest = Int.max
  private var longest = 0
  private(set) var valid = 0
  private(set) var minimum: [UInt8] = []
  private(set) var maximum: [UInt8] = []
  /// Some of the words, chosen before most were let go.
  private var drawn: [String]?
  private var places: [Int32] = []

  init(firstRow: Int = 0, limit: Int = ValueCounts.limit) {
    self.limit = limit
    self.firstRow = firstRow
    isPastWindow = firstRow >= limit
  }

  private mutating func endWindow() {
    guard !isPastWindow else { return }
    isPastWindow = true
    early = counts
  }

  // MARK: Adding

  /// Adds all texts of a column, the first of which is row `first`. O(rows + bytes).
  mutating func add(_ cells: TextCells, first: Int, _ progress: Progress) throws(Cancelled) {
    // A dictionary is looked through once for each stretch.
    var most = 1 << 12
    if case .dictionary = cells.storage { most = 1 << 20 }
    var row = 0
    while row < cells.count {
      try progress.checkpoint()
      let next = min(cells.count, row + most, isPastWindow ? .max : limit - first)
      add(cells, row..<next)
      if first + next >= limit { endWindow() }
      row = next
    }
  }

  private mutating func add(_ cells: TextCells, _ rows: Range<Int>) {
    switch cells.storage {
    case .dictionary(let codes, let all):
      var occurrences = [Int](repeating: 0, count: all.count)
      for row in rows where cells.isValid(row) { occurrences[Int(codes[row])] += 1 }
      for (var word, count) in zip(all, occurrences) where count > 0 {
        word.withUTF8 { _ = add($0, count: count, early: 0) }
      }
    case .plain(let offsets, let bytes):
      bytes.withUnsafeBufferPointer { bytes in
        offsets.withUnsafeBufferPointer { offsets in add(bytes, offsets, rows, cells.validity) }
      }
    }
  }

  private mutating func add(
    _ bytes: UnsafeBufferPointer<UInt8>, _ offsets: UnsafeBufferPointer<Int>, _ rows: Range<Int>, _ validity: Bitmap?
  ) {
    var places = self.places
    self.places = []
    if places.count < rows.count { places = [Int32](repeating: 0, count: rows.count) }
    let ends = UnsafeBufferPointer(rebasing: offsets[rows.lowerBound..<rows.upperBound + 1])
    places.withUnsafeMutableBufferPointer { places in
      guard let base = places.baseAddress else { return }
      words.find(bytes, ends, into: base)
      for (place, row) in rows.enumerated() where validity?[row] ?? true {
        if places[place] >= 0, places[place] < counts.count {
          counts[Int(places[place])] &+= 1
          valid &+= 1
        } else if let found = add(
          UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]), count: 1, early: 0)
        {
          // What follows may be meant for words that were let go.
          if found { words.find(bytes, ends, into: base) }
        }
      }
    }
    self.places = places
  }

  /// Adds what was counted of one text. Whether this made the tally let words go; nil where it was there before.
  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, count: Int, early more: Int) -> Bool? {
    valid += count
    if let place = words.place(of: text) {
      counts[place] += count
      if place < early.count { early[place] += more }
      return nil
    }
    let length = measure(text)
    if sketch == nil, firstRow == 0, counts.count >= limit {
      saturate()
      add(unfollowed: text, length * count)
      return true
    }
    guard sketch == nil else {
      add(unfollowed: text, length * count)
      return false
    }
    words.append(text, hash: WordTable.hash(text))
    counts.append(count)
    characters.append(length)
    if more > 0 {
      early += [Int](repeating: 0, count: counts.count - 1 - early.count)
      early.append(more)
    }
    return false
  }

  private mutating func add(unfollowed text: UnsafeBufferPointer<UInt8>, _ characters: Int) {
    sketch?.add(hash: WordTable.hash(text))
    otherCharacters += characters
  }

  /// The characters of a text that may be an extreme.
  private mutating func measure(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    for byte in text { count &+= byte & 0xC0 == 0x80 ? 0 : 1 }
    if shortest == .max || text.lexicographicallyPrecedes(minimum) { minimum = Array(text) }
    if shortest == .max || maximum.lexicographicallyPrecedes(text) { maximum = Array(text) }
    shortest = min(shortest, count)
    longest = max(longest, count)
    return count
  }

  /// From counting to estimating. Only words that were met most often within the first rows are followed on.
  private mutating func saturate() {
    var sketch = DistinctSketch()
    drawn = examples
    let (old, oldCounts, oldEarly, oldCharacters) = (words, counts, early, characters)
    (words, counts, early, characters) = (WordTable(), [], [], [])
    let least = MostFrequent.least(oldEarly, most: limit >> 7)
    for place in oldCounts.indices {
      old.word(place).withUnsafeBufferPointer { word in
        let hash = WordTable.hash(word)
        sketch.add(hash: hash)
        guard place < oldEarly.count, oldEarly[place] >= least else {
          otherCharacters += oldCharacters[place] * oldCounts[place]
          return
        }
        words.append(word, hash: hash)
        counts.append(oldCounts[place])
        characters.append(oldCharacters[place])
      }
    }
    self.sketch = sketch
  }

  // MARK: Merging and results

  /// Adds a tally of the rows that come next. O(different texts of `next`).
  mutating func merge(_ next: TextTally, end: Int) {
    if next.isPastWindow { endWindow() }
    for place in next.counts.indices {
      next.words.word(place).withUnsafeBufferPointer { word in
        _ = add(word, count: next.counts[place], early: place < next.early.count ? next.early[place] : 0)
      }
    }
    if end >= limit { endWindow() }
  }

  /// Lengths in characters; nil without a text.
  var lengths: TextLengths? {
    guard valid > 0 else { return nil }
    let total = zip(counts, characters).reduce(otherCharacters) { $0 + $1.0 * $1.1 }
    return TextLengths(minimum: shortest, mean: Double(total) / Double(valid), maximum: longest)
  }

  /// Of the texts that are followed.
  var blankTwins: BlankTwins? { BlankTwins(words) }

  /// Of the texts that are followed.
  var caseTwins: CaseTwins? { sketch == nil ? CaseTwins(words, counts) : nil }

  /// How many cells have blanks at the ends of their text; nil where not all texts are followed.
  var padded: Int? {
    guard sketch == nil else { return nil }
    return counts.indices.reduce(0) { sum, place in
      BlankTwins.isPadded(words.word(place)) ? sum + counts[place] : sum
    }
  }

  /// How many of the different texts are drawn.
  private static let mostExamples = 512

  /// The different texts with the least hashes, up to a few, in the order of their bytes: an even sample whatever their order.
  var examples: [String] {
    if let drawn { return drawn }
    var chosen = Array(0..<words.count)
    if chosen.count > Self.mostExamples {
      let hashes = chosen.map { place in words.word(place).withUnsafeBufferPointer { WordTable.hash($0) } }
      let rank = OrderStatistics.select(hashes, ranks: [Self.mostExamples - 1])[0]
      chosen = chosen.filter { hashes[$0] <= rank }
    }
    return chosen.sorted { words.word($0).lexicographicallyPrecedes(words.word($1)) }.map(words.text)
  }

  var distinct: DistinctCount {
    guard let sketch else { return DistinctCount(count: counts.count, isApproximate: false) }
    return DistinctCount(count: max(limit + 1, sketch.estimate), isApproximate: true)
  }

  /// The most frequent texts, equally frequent ones in their order.
  func top(_ wanted: Int) -> [ValueCount] {
    MostFrequent.places(counts, wanted) { words.word($0).lexicographicallyPrecedes(words.word($1)) }.map { place in
      ValueCount(value: .text(words.text(place)), count: counts[place])
    }
  }
}
