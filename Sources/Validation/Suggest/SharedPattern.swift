/// What texts have in common as signs in a row: so many digits, so many capitals, a dash, and so on. Taken up text by text, the same in
/// any order.
public struct SharedPattern: Sendable {
  private enum Sign: Sendable, Hashable {
    case digit, capital, small
    case mark(UInt8)
  }

  private struct Run: Sendable {
    let sign: Sign
    var least: Int
    var most: Int
  }

  /// More runs than that are prose.
  private static let mostRuns = 12

  private var runs: [Run] = []
  /// How many texts were taken up.
  public private(set) var count = 0
  /// Whether two texts have different signs, or one has a sign beyond ASCII's visible ones.
  public private(set) var isBroken = false

  public init() {}

  /// Takes up a text. O(length).
  public mutating func add(_ text: String) {
    if isBroken { return }
    guard let found = Self.runs(of: text) else {
      isBroken = true
      return
    }
    count += 1
    guard count > 1 else {
      runs = found
      return
    }
    guard found.count == runs.count, zip(found, runs).allSatisfy({ $0.sign == $1.sign }) else {
      isBroken = true
      return
    }
    for place in runs.indices {
      runs[place].least = min(runs[place].least, found[place].least)
      runs[place].most = max(runs[place].most, found[place].most)
    }
  }

  /// nil for a text that has no shape.
  private static func runs(of text: String) -> [Run]? {
    var runs: [Run] = []
    for byte in text.utf8 {
      guard let sign = sign(byte) else { return nil }
      if let last = runs.indices.last, runs[last].sign == sign {
        runs[last].least += 1
        runs[last].most += 1
      } else {
        guard runs.count < mostRuns else { return nil }
        runs.append(Run(sign: sign, least: 1, most: 1))
      }
    }
    return runs.isEmpty ? nil : runs
  }

  private static func sign(_ byte: UInt8) -> Sign? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .capital
    case UInt8(ascii: "a")...UInt8(ascii: "z"): .small
    case 0x20...0x7E: .mark(byte)
    default: nil
    }
  }

  /// A pattern that all texts match, as `^[A-Z]{2}-[0-9]{4,6}$`; nil where they have no shape in common, or one of letters alone, which
  /// says little.
  public var pattern: String? {
    guard !isBroken, count > 0, runs.contains(where: { $0.sign != .small && $0.sign != .capital }) else { return nil }
    return "^" + runs.map { Self.pattern(of: $0) }.joined() + "$"
  }

  private static func pattern(of run: Run) -> String {
    let many = run.least == run.most ? (run.least == 1 ? "" : "{\(run.least)}") : "{\(run.least),\(run.most)}"
    switch run.sign {
    case .digit: return "[0-9]" + many
    case .capital: return "[A-Z]" + many
    case .small: return "[a-z]" + many
    case .mark(let byte):
      let mark = Character(UnicodeScalar(byte))
      return (#"\^$.|?*+()[]{}"#.contains(mark) ? #"\"# : "") + String(mark) + many
    }
  }
}
