import Kernels
import Tables

/// What texts look like that tell rows apart: enough to make others that look the same, and no text itself.
enum TextForm: Sendable, Hashable {
  case email, url, person
  /// Sentences of so many words.
  case sentence(least: Int, most: Int)
  /// Characters by kind, each pattern with its share.
  case patterns([Pattern])

  /// A text's characters: `9` stands for a digit, `A` and `a` for a letter, and all others for themselves; `fixed` are those that all
  /// texts of the pattern have in common.
  struct Pattern: Sendable, Hashable {
    let share: Double
    let kinds: [UInt8]
    let isFixed: [Bool]
  }

  /// A text of the form at a place of a random stream.
  func text(_ random: inout CounterRandom) -> String {
    switch self {
    case .email: Fake.email.text(&random)
    case .url: Fake.url.text(&random)
    case .person: Fake.name.text(&random)
    case .sentence(let least, let most): FakeWords.sentence(least + random.next(below: most - least + 1), &random)
    case .patterns(let patterns): Self.text(patterns, &random)
    }
  }

  private static func text(_ patterns: [Pattern], _ random: inout CounterRandom) -> String {
    var left = random.nextUniform()
    guard var chosen = patterns.last else { return "" }
    for pattern in patterns {
      left -= pattern.share
      if left < 0 {
        chosen = pattern
        break
      }
    }
    var bytes = chosen.kinds
    for place in bytes.indices where !chosen.isFixed[place] {
      guard let (first, count) = range(bytes[place]) else { continue }
      bytes[place] = first + UInt8(random.next(below: count))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What a kind of character is drawn from.
  private static func range(_ kind: UInt8) -> (first: UInt8, count: Int)? {
    switch kind {
    case UInt8(ascii: "9"): (UInt8(ascii: "0"), 10)
    case UInt8(ascii: "A"): (UInt8(ascii: "A"), 26)
    case UInt8(ascii: "a"): (UInt8(ascii: "a"), 26)
    default: nil
    }
  }
}

extension TextForm {
  /// A pattern of fewer texts might tell who they are of.
  private static let leastCount = 5
  private static let longest = 64
  /// How large a share of the texts has to be of a form.
  private static let most = 0.9

  /// The form of some texts, of which there is at least one; what texts of a pattern have in common is kept where `keepsCommon` says so.
  /// O(characters).
  init(_ texts: [String], keepsCommon: Bool = true) {
    func share(_ test: (String) -> Bool) -> Double { Double(texts.count(where: test)) / Double(texts.count) }
    if share(Self.isMail) >= Self.most {
      self = .email
    } else if share({ $0.hasPrefix("http://") || $0.hasPrefix("https://") }) >= Self.most {
      self = .url
    } else if share(Self.isPerson) >= Self.most {
      self = .person
    } else if share({ $0.split(separator: " ").count > 3 }) >= 0.5 {
      let counts = texts.map { min(60, $0.split(separator: " ").count) }.sorted()
      self = .sentence(
        least: max(1, counts[counts.count / 20]), most: max(1, counts[counts.count - 1 - counts.count / 20]))
    } else {
      self = .patterns(Self.found(in: texts, keepsCommon))
    }
  }

  private static func isMail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].dropFirst().contains(".") && !text.contains(" ")
  }

  /// Two to six words, each beginning with a capital letter, of letters and what stands in names.
  private static func isPerson(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard words.count >= 2, words.count <= 6 else { return false }
    let capitals = words.count { $0.first?.isUppercase ?? false }
    let marks: Set<Character> = ["-", "'", ".", ",", "(", ")", "\""]
    return capitals >= 2 && text.allSatisfy { $0.isLetter || $0 == " " || marks.contains($0) }
  }

  private static func kind(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar {
    case "0"..."9": UInt8(ascii: "9")
    case "A"..."Z": UInt8(ascii: "A")
    case "a"..."z": UInt8(ascii: "a")
    default: scalar.isASCII ? UInt8(truncatingIfNeeded: scalar.value) : UInt8(ascii: "a")
    }
  }

  /// The patterns that at least `leastCount` texts have, by their shares; where there is none that of the first text in order, with no
  /// character in common.
  private static func found(in texts: [String], _ keepsCommon: Bool) -> [Pattern] {
    var members: [[UInt8]: [[UInt8]]] = [:]
    for text in texts {
      let scalars = text.unicodeScalars.prefix(longest)
      members[scalars.map(kind), default: []].append(scalars.map { UInt8(exactly: $0.value) ?? 0 })
    }
    let common = members.filter { $0.value.count >= leastCount }
    let known = common.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    guard !known.isEmpty else {
      let all = members.keys.sorted { $0.lexicographicallyPrecedes($1) }
      return all.prefix(100).map {
        Pattern(share: 1 / Double(min(100, all.count)), kinds: $0, isFixed: $0.map { _ in false })
      }
    }
    let sum = Double(known.reduce(0) { $0 + $1.value.count })
    return known.prefix(1000).map { kinds, texts in
      let isFixed = kinds.indices.map { place in
        keepsCommon && texts.allSatisfy { $0[place] == texts[0][place] && $0[place] < 128 }
      }
      let written = kinds.indices.map { isFixed[$0] ? texts[0][$0] : kinds[$0] }
      return Pattern(share: Double(texts.count) / sum, kinds: written, isFixed: isFixed)
    }
  }
}

private func < (left: (Int, [UInt8]), right: (Int, [UInt8])) -> Bool {
  left.0 == right.0 ? left.1.lexicographicallyPrecedes(right.1) : left.0 < right.0
}
