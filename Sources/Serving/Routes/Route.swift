/// An address of the server.
enum Route: Equatable {
  case predict
  /// The inference protocol's, with the model's name and, where the address has one, its version.
  case infer(model: String, version: String?)
  case metadata(model: String, version: String?)
  case modelReady(model: String, version: String?)
  case serverMetadata, live, ready, health, page, metrics

  /// The route of a path without its query; nil where there is none.
  init?(path: String) {
    switch path {
    case "/v1/predict": self = .predict
    case "/v2/health/live": self = .live
    case "/v2/health/ready": self = .ready
    case "/v2", "/v2/": self = .serverMetadata
    case "/healthz": self = .health
    case "/metrics": self = .metrics
    case "/": self = .page
    default:
      guard let route = Self.model(path) else { return nil }
      self = route
    }
  }

  /// `/v2/models/NAME[/versions/VERSION][/ready|/infer]`
  private static func model(_ path: String) -> Route? {
    let prefix = "/v2/models/"
    guard path.hasPrefix(prefix), path.utf8.count <= 1024 else { return nil }
    var parts = path.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)[...]
    guard let name = parts.popFirst().flatMap(decoded), !name.isEmpty else { return nil }
    var version: String?
    if parts.first == "versions" {
      parts = parts.dropFirst()
      guard let text = parts.popFirst().flatMap(decoded) else { return nil }
      version = text
    }
    switch Array(parts) {
    case []: return .metadata(model: name, version: version)
    case ["ready"]: return .modelReady(model: name, version: version)
    case ["infer"]: return .infer(model: name, version: version)
    default: return nil
    }
  }

  /// Undoes percent-encoding; nil where it is malformed or does not give UTF-8.
  private static func decoded(_ part: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = part.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
        return nil
      }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }

  var takesPost: Bool {
    switch self {
    case .predict, .infer: true
    default: false
    }
  }

  /// For `Allow`.
  var methods: String { takesPost ? "POST" : "GET, HEAD" }

  func takes(_ method: String) -> Bool { takesPost ? method == "POST" : method == "GET" || method == "HEAD" }

  /// What figures are counted under: an address without names in it, so that callers cannot make up new ones.
  var counted: String {
    switch self {
    case .predict: "/v1/predict"
    case .infer: "/v2/models/NAME/infer"
    case .metadata: "/v2/models/NAME"
    case .modelReady: "/v2/models/NAME/ready"
    case .serverMetadata: "/v2"
    case .live: "/v2/health/live"
    case .ready: "/v2/health/ready"
    case .health: "/healthz"
    case .page: "/"
    case .metrics: "/metrics"
    }
  }
}
