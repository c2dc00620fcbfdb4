/// Words that are equal by their bytes, where Swift's own equality takes canonically equivalent texts for one.
struct WordList: Hashable {
  let words: [String]

  init(_ words: [String]) { self.words = words }

  static func == (a: WordList, b: WordList) -> Bool {
    a.words.count == b.words.count && zip(a.words, b.words).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words.count)
    for var word in words {
      word.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
      hasher.combine(0xFF as UInt8)
    }
  }
}
