import Kernels

/// Texts that look like those of a kind and belong to nobody: hosts, numbers and networks are those set aside for examples.
public enum Fake: String, Sendable, Hashable, CaseIterable {
  case name, email, phone, address, company, url, ip, uuid, sentence

  /// How a script calls it.
  public var word: String { "fake_\(rawValue)" }

  /// What it makes, in one line.
  public var summary: String {
    switch self {
    case .name: "first and last names"
    case .email: "addresses of mail at hosts for examples (RFC 2606)"
    case .phone: "telephone numbers set aside for fiction"
    case .address: "a street with a number, and a town with a code"
    case .company: "names of companies"
    case .url: "addresses of pages at hosts for examples"
    case .ip: "addresses of networks for documentation (RFC 5737)"
    case .uuid: "random UUIDs (RFC 9562, version 4)"
    case .sentence: "sentences of the words given, 4 to 12 without"
    }
  }

  func text(_ random: inout CounterRandom) -> String {
    switch self {
    case .name: Self.person(&random)
    case .email: Self.mail(&random)
    case .phone: "+1-\(200 + random.next(below: 800))-555-01\(Self.digits(2, &random))"
    case .address: Self.place(&random)
    case .company: Self.firm(&random)
    case .url: Self.page(&random)
    case .ip: Self.network(&random)
    case .uuid: Self.identifier(&random)
    case .sentence: FakeWords.sentence(4 + random.next(below: 9), &random)
    }
  }

  private static func person(_ random: inout CounterRandom) -> String {
    "\(FakeWords.one(of: FakeWords.firstNames, &random)) \(FakeWords.one(of: FakeWords.lastNames, &random))"
  }

  private static let hosts = ["example.com", "example.net", "example.org"]

  private static func mail(_ random: inout CounterRandom) -> String {
    let name = person(&random).lowercased().split(separator: " ").joined(separator: ".")
    return "\(name)\(random.next(below: 1000))@\(FakeWords.one(of: hosts, &random))"
  }

  private static func place(_ random: inout CounterRandom) -> String {
    let street = "\(FakeWords.one(of: FakeWords.streets, &random)) \(FakeWords.one(of: FakeWords.ways, &random))"
    let number = 1 + random.next(below: 199)
    return "\(number) \(street), \(digits(5, &random)) \(FakeWords.one(of: FakeWords.towns, &random))"
  }

  private static func firm(_ random: inout CounterRandom) -> String {
    let name = FakeWords.one(of: FakeWords.lastNames, &random)
    return
      "\(name) \(FakeWords.one(of: FakeWords.trades, &random)) \(FakeWords.one(of: FakeWords.legalForms, &random))"
  }

  private static func page(_ random: inout CounterRandom) -> String {
    let host = FakeWords.one(of: hosts, &random)
    let name = FakeWords.one(of: FakeWords.words, &random)
    return "https://www.\(host)/\(name)/\(random.next(below: 100_000))"
  }

  private static func network(_ random: inout CounterRandom) -> String {
    let network = FakeWords.one(of: ["192.0.2", "198.51.100", "203.0.113"], &random)
    return "\(network).\(1 + random.next(below: 254))"
  }

  private static func identifier(_ random: inout CounterRandom) -> String {
    var text = ""
    for place in 0..<32 {
      if [8, 12, 16, 20].contains(place) { text += "-" }
      let digit = place == 12 ? 4 : place == 16 ? 8 + random.next(below: 4) : random.next(below: 16)
      text += String(digit, radix: 16)
    }
    return text
  }

  private static func digits(_ count: Int, _ random: inout CounterRandom) -> String {
    (0..<count).map { _ in "\(random.next(below: 10))" }.joined()
  }
}
