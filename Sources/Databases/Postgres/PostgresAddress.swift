import Formats
import Notation
import Tables

/// `postgres://user:password@host:port/db?sslmode=require#TABLE or query`, taken apart (libpq's connection URIs).
///
/// Of the parts only `shown` and `name` may leave this module: the password is nowhere else.
struct PostgresAddress: Sendable {
  /// A machine that may have the database, and the port as it is written; one without a name is this machine's own socket.
  struct Host: Sendable, Hashable {
    let name: String
    let port: String?
  }

  let user: String?
  /// nil where none is stated, or only a mask.
  let password: String?
  let hosts: [Host]
  let database: String?
  /// libpq's other keywords.
  let parameters: [(name: String, value: String)]
  /// A table, a view or a query; nil for the only table.
  let part: String?

  /// Throws `badFormat`, which tells nothing of the address but its masked form.
  init(_ address: String) throws(SourceError) {
    let shown = Secrets.masked(address)
    func refused(_ words: String) -> SourceError { SourceError(source: shown, reason: .badFormat(words)) }
    func decoded(_ text: Substring) throws(SourceError) -> String {
      if let decoded = PercentCoding.decoded(text) { return decoded }
      throw refused("in an address a `%` is followed by two hexadecimal digits; `%25` stands for itself")
    }
    var rest = address.drop { $0 != ":" }.dropFirst()
    guard rest.hasPrefix("//") else { throw refused("`postgres://user@host/db#TABLE` is the form of its addresses") }
    rest = rest.dropFirst(2)
    let behind = Self.cut(&rest, at: "#")
    let query = Self.cut(&rest, at: "?")
    let path = Self.cut(&rest, at: "/")
    var password: String?
    if let at = rest.lastIndex(of: "@") {
      var user = rest[..<at]
      rest = rest[rest.index(after: at)...]
      if let secret = Self.cut(&user, at: ":") { password = try decoded(secret) }
      self.user = user.isEmpty ? nil : try decoded(user)
    } else {
      user = nil
    }
    var hosts: [Host] = []
    for host in rest.isEmpty ? [] : rest.split(separator: ",", omittingEmptySubsequences: false) {
      guard let (name, port) = Self.host(host) else {
        throw refused(
          "behind the host stands a port from 1 to 65535; in a password `:`, `/`, `@` and `#` are %3A, %2F, %40, %23")
      }
      hosts.append(Host(name: try decoded(name), port: port))
    }
    self.hosts = hosts
    database = try path.flatMap { $0.isEmpty ? nil : $0 }.map(decoded)
    var parameters: [(name: String, value: String)] = []
    for pair in query?.split(separator: "&") ?? [] {
      var name = pair
      guard let value = Self.cut(&name, at: "=") else {
        throw refused("behind `?` stand parameters, as in sslmode=require")
      }
      parameters.append((try decoded(name), try decoded(value)))
    }
    // What was left behind by a mask states none.
    self.parameters = parameters.filter { $0.value != Secrets.mask }
    self.password = password.flatMap { $0.isEmpty || $0 == Secrets.mask ? nil : $0 }
    part = behind.flatMap { DatabasePart.trimmed(String($0)) }
  }

  /// Cuts off what follows the first such character, and gives that; nil where there is none.
  private static func cut(_ text: inout Substring, at mark: Character) -> Substring? {
    guard let place = text.firstIndex(of: mark) else { return nil }
    defer { text = text[..<place] }
    return text[text.index(after: place)...]
  }

  /// `host`, `host:5432`, `[::1]:5432`; nil where what follows the host is no port.
  private static func host(_ text: Substring) -> (name: Substring, port: String?)? {
    var name = text
    var rest = Substring()
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      name = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
      if !rest.isEmpty, !rest.hasPrefix(":") { return nil }
      rest = rest.dropFirst()
    } else {
      rest = cut(&name, at: ":") ?? ""
    }
    if rest.isEmpty { return (name, nil) }
    guard rest.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(rest), (1...65535).contains(port) else {
      return nil
    }
    return (name, String(port))
  }

  // MARK: What is shown

  /// As it is shown: without its password, a long query cut.
  var shown: String {
    let login = user.map { $0 + (password == nil ? "" : ":" + Secrets.mask) + "@" } ?? ""
    let places = hosts.map { host in
      (host.name.contains(":") ? "[\(host.name)]" : host.name) + (host.port.map { ":" + $0 } ?? "")
    }.joined(separator: ",")
    let written = parameters.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    let address = "postgres://\(login)\(places)/\(database ?? "")" + (written.isEmpty ? "" : "?" + written)
    let masked = Secrets.masked(address)
    guard let part else { return masked }
    let whole = Secrets.masked(address + "#" + part)
    let shownPart = whole.hasPrefix(masked + "#") ? String(whole.dropFirst(masked.count + 1)) : Secrets.masked(part)
    return masked + "#" + DatabasePart.shown(shownPart)
  }

  /// What the table is called: by its name without schema, for a query by that of the database.
  var name: String {
    guard let part, !DatabasePart.isQuery(part) else { return database ?? "query" }
    return part.split(separator: ".").last.map(String.init) ?? part
  }

  // MARK: Bounds

  /// Parameters that lead to no file and no other machine.
  private static let harmless: Set<String> = [
    "sslmode", "connect_timeout", "application_name", "options", "target_session_attrs", "keepalives",
  ]

  /// What of the address a sandbox does not allow: a machine that is not this one by its address, or a parameter; nil where nothing is.
  var outsideSandbox: String? {
    if hosts.isEmpty { return "the local socket" }
    if let host = hosts.first(where: { !Loopback.contains($0.name) }) {
      return host.name.isEmpty ? "the local socket" : host.name
    }
    return parameters.first { !Self.harmless.contains($0.name) }?.name
  }

  /// libpq's keywords with their values.
  func keywords(isLoopbackOnly: Bool) -> [(name: String, value: String)] {
    var words: [(name: String, value: String)] = [("client_encoding", "UTF8"), ("fallback_application_name", "mlp")]
    if !hosts.isEmpty {
      words.append(("host", hosts.map(\.name).joined(separator: ",")))
      if hosts.contains(where: { $0.port != nil }) {
        words.append(("port", hosts.map { $0.port ?? "" }.joined(separator: ",")))
      }
    }
    if let user { words.append(("user", user)) }
    if let password { words.append(("password", password)) }
    if let database { words.append(("dbname", database)) }
    words += parameters
    if isLoopbackOnly {
      // Neither a service file nor a password file of whoever runs the sandbox counts.
      words.append(("hostaddr", hosts.map { $0.name == "localhost" ? "127.0.0.1" : $0.name }.joined(separator: ",")))
      words.append(("passfile", "/nonexistent"))
    }
    return words
  }

  /// How many seconds a server has to answer.
  var connectSeconds: Double {
    let stated = parameters.first { $0.name == "connect_timeout" }.flatMap { Int($0.value) } ?? 0
    return stated > 0 ? Double(min(stated, 3_600)) : 30
  }
}
