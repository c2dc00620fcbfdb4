import Kernels
import Tables

@testable import Privacy

/// Columns of invented persons, and others that look like them and are not, each by its own rule.
struct GeneratedColumns {
  struct Generated {
    let name: String
    let column: Column
    /// What it holds; nil where it is about nobody.
    let kind: SensitiveKind?
  }

  private var random: CounterRandom

  static func all(seed: UInt64, each: Int) -> [Generated] {
    var maker = GeneratedColumns(random: CounterRandom(seed: seed, stream: 9))
    var all: [Generated] = []
    for place in 0..<each {
      for kind in SensitiveKind.allCases { all.append(maker.column(kind, place)) }
      for rule in 0..<others { all.append(maker.other(rule, place)) }
    }
    return all
  }

  // MARK: Persons

  private mutating func column(_ kind: SensitiveKind, _ place: Int) -> Generated {
    // Of kinds that values tell of, half have a name that says nothing.
    let isNamed = kind.certainty < 0.5 || place % 2 == 0
    let named = isNamed ? pick(kind.words).replacing(" ") : "column_\(place)"
    let style = random.next(below: 3)
    if kind == .birthDate, place % 2 == 0 {
      let days = (0..<150).map { _ in Int32(random.next(below: 20_000)) - 10_000 }
      return Generated(name: named, column: .date(Cells(days)), kind: kind)
    }
    let cells: [String?] = (0..<150).map { _ in
      switch random.next(below: 100) {
      case ..<5: nil
      case ..<8: pick(["unknown", "n/a", "?", "see file"])
      default: value(kind, style)
      }
    }
    return Generated(name: named, column: .text(TextCells(cells)), kind: kind)
  }

  private mutating func value(_ kind: SensitiveKind, _ style: Int) -> String {
    switch kind {
    case .email:
      return
        "\(pick(Self.names).lowercased())\(pick([".", "_", ""]))\(number(3))@\(pick(["mail.example.org", "x-y.no", "example.com"]))"
    case .phone:
      return style == 0
        ? "+\(pick(["1", "47", "44"]))-\(digits(3))-\(digits(3))-\(digits(4))"
        : style == 1
          ? "+\(pick(["47", "49"])) \(digits(2)) \(digits(3)) \(digits(3))" : "(\(digits(3))) \(digits(3))-\(digits(4))"
    case .card:
      let card = withLuhn("4\(digits(14))")
      return style == 0
        ? card
        : card.enumerated().map {
          $0.offset % 4 == 0 && $0.offset > 0 ? "\(style == 1 ? " " : "-")\($0.element)" : "\($0.element)"
        }.joined()
    case .iban: return iban(pick(["NO", "DE", "GB"]), digits(14))
    case .ip:
      return style == 0
        ? "2001:db8::\(pick(["a", "7f", "12"])):\(number(99))"
        : (0..<4).map { _ in "\(random.next(below: 256))" }.joined(separator: ".")
    case .nationalID:
      return style == 0
        ? "\(1 + random.next(below: 8))\(digits(1))\(1 + random.next(below: 9))-1\(digits(1))-\(digits(3))7"
        : style == 1 ? dni() : swedish()
    case .name: return "\(pick(Self.surnames))\(style == 0 ? ", " : " ")\(pick(Self.names))"
    case .birthDate: return "19\(digits(2))-0\(1 + random.next(below: 9))-1\(digits(1))"
    case .address: return "\(number(300)) \(pick(["Main Street", "Storgata", "Rue du Bac"])), \(pick(["Oslo", "Bern"]))"
    case .secret: return pick(Self.names) + digits(5)
    case .attribute, .quasiIdentifier: return pick(["a", "b", "c", "other"])
    }
  }

  private static let names = ["David", "Tariq", "Milan", "Ingrid", "Mei", "Zoë", "Amara", "Jon"]
  private static let surnames = ["Young", "Müller", "Adams", "Nordmann", "O'Brien", "Garcia", "Li-Chen"]

  // MARK: Others

  private static let others = 12

  private mutating func other(_ rule: Int, _ place: Int) -> Generated {
    let names = [
      "order", "amount", "version", "created", "isbn", "city", "description", "url", "uuid", "code", "duration",
      "ratio",
    ]
    let cells: [String?] = (0..<150).map { _ in random.next(below: 20) == 0 ? nil : otherValue(rule) }
    let numbers = [1: true, 11: true][rule] ?? false
    let column: Column =
      numbers
      ? .float(Cells(cells.map { $0.flatMap(Double.init) }, filler: 0)) : .text(TextCells(cells))
    return Generated(name: "\(names[rule])_\(place)", column: column, kind: nil)
  }

  private mutating func otherValue(_ rule: Int) -> String {
    switch rule {
    case 0: digits(16)
    case 1: "\(number(100_000)).\(digits(2))"
    case 2: "\(number(9)).\(number(20)).\(number(40))"
    case 3: "20\(digits(2))-0\(1 + random.next(below: 9))-1\(digits(1)) 1\(digits(1)):30"
    case 4: "978-\(digits(1))-\(digits(4))-\(digits(4))-\(digits(1))"
    case 5: pick(["New York", "Oslo", "Rio de Janeiro", "Bern", "Paris"])
    case 6: "\(pick(["blue", "large", "old"])) \(pick(["chair", "table"])) of \(number(90)) cm"
    case 7: "https://example.org/\(number(999))?q=\(digits(3))"
    case 8: "\(hex(8))-\(hex(4))-\(hex(4))-\(hex(12))"
    case 9: "\(pick(["AB", "XK", "QZ"]))\(digits(6))"
    case 10: "\(number(24)):\(digits(1))5:1\(digits(1))"
    default: "0.\(digits(6))"
    }
  }

  // MARK: Drawing

  private mutating func pick<Value>(_ values: [Value]) -> Value { values[random.next(below: values.count)] }
  private mutating func number(_ bound: Int) -> String { "\(1 + random.next(below: bound))" }
  private mutating func digits(_ count: Int) -> String { (0..<count).map { _ in "\(random.next(below: 10))" }.joined() }
  private mutating func hex(_ count: Int) -> String {
    (0..<count).map { _ in String(random.next(below: 16), radix: 16) }.joined()
  }

  /// With the digit that makes the sum of ISO/IEC 7812 a multiple of ten.
  private func withLuhn(_ digits: String) -> String {
    for last in 0...9 {
      let all = (digits + "\(last)").compactMap(\.wholeNumberValue)
      let sum = all.reversed().enumerated().reduce(0) { sum, entry in
        let doubled = entry.element * (1 + entry.offset % 2)
        return sum + doubled / 10 + doubled % 10
      }
      if sum % 10 == 0 { return digits + "\(last)" }
    }
    return digits
  }

  /// With check digits of 98 less what is left by 97 when they are zeros (ISO 13616).
  private func iban(_ country: String, _ account: String) -> String {
    let numbers = (account + country + "00").compactMap {
      $0.isNumber ? $0.wholeNumberValue : $0.asciiValue.map { Int($0) - 55 }
    }
    let rest = numbers.reduce(0) { ($0 * ($1 > 9 ? 100 : 10) + $1) % 97 }
    let check = 98 - rest
    return country + (check < 10 ? "0" : "") + "\(check)" + account
  }

  private mutating func dni() -> String {
    let number = digits(8)
    return number + String(Array("TRWAGMYFPDXBNJZSQVHLCKE")[(Int(number) ?? 0) % 23])
  }

  private mutating func swedish() -> String {
    let day = "\(digits(2))0\(1 + random.next(below: 9))1\(digits(1))"
    let all = withLuhn(day + digits(3))
    return all.prefix(6) + "-" + all.suffix(4)
  }
}

extension String {
  fileprivate func replacing(_ blank: Character) -> String { String(map { $0 == blank ? "_" : $0 }) }
}
