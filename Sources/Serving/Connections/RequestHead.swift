import NIOHTTP1

/// What the server needs of a request's head, beside its body.
struct RequestHead {
  let call: Call
  let keepsAlive: Bool
  /// The length that the head promises, where it does.
  let length: Int?
  let awaitsContinue: Bool

  init(_ head: HTTPRequestHead, client: String) {
    call = Call(
      method: head.method.rawValue, path: Self.path(head.uri), client: client,
      host: head.headers.first(name: "host") ?? "localhost", encoding: head.headers.first(name: "content-encoding"))
    // The parser stops at an upgrade that it was asked for, and this server makes none: the connection ends there.
    let upgrades = head.method == .CONNECT || head.headers.contains(name: "upgrade")
    keepsAlive = head.isKeepAlive && !upgrades
    length = head.headers.first(name: "content-length").flatMap { Int($0) }
    awaitsContinue = head.headers.first(name: "expect")?.lowercased() == "100-continue"
  }

  /// The path of a request target: without query and fragment, and without scheme and host where a proxy sent them.
  private static func path(_ target: String) -> String {
    var path = target[...]
    if !path.hasPrefix("/"), let scheme = path.firstRange(of: "://") {
      let rest = path[scheme.upperBound...]
      path = rest.firstIndex(of: "/").map { rest[$0...] } ?? "/"
    }
    return String(path.prefix { $0 != "?" && $0 != "#" })
  }
}
