/// What the records of samples tell of their keys.
struct RecordSample: RecordTaker {
  /// What has stood at a key.
  struct Fact {
    var kinds: RecordKinds = []
    /// Whether a value, or that there was none, has been noted.
    var isNoted = false
    var texts = 0
    var words: Set<String> = []

    /// Texts of which nine in ten stand once.
    var isVaried: Bool { texts >= 64 && words.count * 10 > texts * 9 }
  }

  let keys = RecordKeys()
  private(set) var facts: [Fact] = [Fact()]
  /// Keys by when they were first seen with or without a value.
  private(set) var order: [Int] = []
  private(set) var records = 0
  /// Bytes of the records.
  private(set) var bytes = 0

  /// Bytes that a record takes on average; those of a usual one where there is none.
  var recordSize: Double { records == 0 ? 256 : max(2, Double(bytes) / Double(records)) }

  /// Takes a record up, as far as it is right.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    records += 1
    bytes += text.count + 1
    _ = JSONObject.read(text, &self)
  }

  mutating func key(_ name: String, below parent: Int) -> Int? {
    let key = keys.child(of: parent, name)
    if key == facts.count { facts.append(Fact()) }
    if keys.keys[key].record == records { return nil }
    keys.keys[key].record = records
    return key
  }

  mutating func take(_ cell: RecordCell, at key: Int, place: Int, written: @autoclosure () -> String) -> Bool {
    if !facts[key].isNoted { order.append(key) }
    facts[key].isNoted = true
    facts[key].kinds.formUnion(cell.kind)
    switch cell {
    case .text(let text): note(text, at: key)
    case .list: note(written(), at: key)
    case .missing, .bool, .int, .float, .big, .moment: break
    }
    return true
  }

  private mutating func note(_ text: String, at key: Int) {
    facts[key].texts += 1
    facts[key].words.insert(text)
  }
}
