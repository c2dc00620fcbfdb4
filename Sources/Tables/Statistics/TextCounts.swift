import Kernels

/// What a pass over a text column finds: how often each text occurs, extremes, lengths. Texts are told apart by bytes.
struct TextCounts {
  private(set) var lengths: (minimum: Int, total: Int, maximum: Int) = (.max, 0, 0)
  private(set) var valid = 0
  private var slots = [Int32](repeating: -1, count: 1 << 10)
  private var hashes: [UInt64] = []
  private var ends: [Int] = []
  private var bytes: [UInt8] = []
  private var counts: [Int] = []
  private var sketch: DistinctSketch?
  private(set) var minimum: [UInt8] = []
  private(set) var maximum: [UInt8] = []

  /// All the texts of a column.
  init(_ cells: TextCells, _ progress: Progress) throws(Cancelled) {
    switch cells.storage {
    case .dictionary(let codes, let words):
      var occurrences = [Int](repeating: 0, count: words.count)
      for row in 0..<codes.count where cells.isValid(row) { occurrences[Int(codes[row])] += 1 }
      for (word, count) in zip(words, occurrences) where count > 0 {
        try progress.checkpoint()
        let spelled = Array(word.utf8)
        spelled.withUnsafeBufferPointer { add($0, times: count) }
      }
    case .plain(let offsets, let text):
      var row = 0
      while row < cells.count {
        try progress.checkpoint()
        let end = min(cells.count, row + 1 << 14)
        text.withUnsafeBufferPointer { text in
          for row in row..<end where cells.isValid(row) {
            add(UnsafeBufferPointer(rebasing: text[offsets[row]..<offsets[row + 1]]), times: 1)
          }
        }
        row = end
      }
    }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, times: Int) {
    measure(text, times)
    let hash = Self.hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if hashes[place] == hash, equals(place, text) {
        counts[place] += times
        return
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    insert(text, hash, slot, times)
  }

  private mutating func measure(_ text: UnsafeBufferPointer<UInt8>, _ times: Int) {
    var characters = 0
    for byte in text { characters += byte & 0xC0 == 0x80 ? 0 : 1 }
    lengths = (min(lengths.minimum, characters), lengths.total + characters * times, max(lengths.maximum, characters))
    valid += times
  }

  private static func isLess(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    left.lexicographicallyPrecedes(right)
  }

  private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, _ hash: UInt64, _ slot: Int, _ times: Int) {
    if counts.isEmpty || Self.isLess(text, minimum) { minimum = Array(text) }
    if counts.isEmpty || Self.isLess(maximum, text) { maximum = Array(text) }
    if sketch != nil || counts.count >= ValueCounts.limit {
      if sketch == nil { saturate() }
      sketch?.add(hash: hash)
      return
    }
    slots[slot] = Int32(counts.count)
    hashes.append(hash)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    counts.append(times)
    if counts.count * 2 > slots.count { grow() }
  }

  /// From exact counting to estimating; what was seen once only is let go.
  private mutating func saturate() {
    var sketch = DistinctSketch()
    for known in hashes { sketch.add(hash: known) }
    self.sketch = sketch
    let kept = counts.indices.filter { counts[$0] > 1 }
    var (keptBytes, keptEnds): ([UInt8], [Int]) = ([], [])
    for place in kept {
      keptBytes += word(place)
      keptEnds.append(keptBytes.count)
    }
    (hashes, counts) = (kept.map { hashes[$0] }, kept.map { counts[$0] })
    (bytes, ends) = (keptBytes, keptEnds)
    rehash(slots: 1 << 10)
  }

  private mutating func grow() { rehash(slots: slots.count * 4) }

  private mutating func rehash(slots wanted: Int) {
    var count = wanted
    while count < counts.count * 2 { count *= 2 }
    slots = [Int32](repeating: -1, count: count)
    for (place, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  private func word(_ place: Int) -> ArraySlice<UInt8> { bytes[(place == 0 ? 0 : ends[place - 1])..<ends[place]] }

  private func equals(_ place: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = place == 0 ? 0 : ends[place - 1]
    guard ends[place] - start == text.count else { return false }
    for index in 0..<text.count where bytes[start + index] != text[index] { return false }
    return true
  }

  /// Eight bytes at a time, folded by a wide multiplication.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
    let raw = UnsafeRawBufferPointer(text)
    var at = 0
    while at < text.count {
      var word: UInt64 = 0
      if at + 8 <= text.count {
        word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      } else {
        for index in at..<text.count { word = word << 8 | UInt64(text[index]) }
      }
      let product = (hash ^ word).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
      hash = product.high ^ product.low
      at += 8
    }
    return KeyCounts.hash(hash)
  }

  var distinct: DistinctCount {
    guard let sketch else { return DistinctCount(count: counts.count, isApproximate: false) }
    return DistinctCount(count: max(ValueCounts.limit + 1, sketch.estimate), isApproximate: true)
  }

  func top(_ wanted: Int) -> [ValueCount] {
    MostFrequent.places(counts, wanted) { Self.isLess(word($0), word($1)) }.map { place in
      ValueCount(value: .text(String(decoding: word(place), as: UTF8.self)), count: counts[place])
    }
  }
}
