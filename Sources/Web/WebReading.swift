import Descriptions
import Formats
import Notation
import Tables

/// Files that are fetched by HTTP.
public enum WebReading: AddressReading {
  public static let schemes = ["http", "https"]

  public static let description = Description(
    name: "http", summary: "A file that is fetched by HTTP: `\"https://host/x.csv\"`", group: "Places",
    signature: "\"https://HOST/PATH\" or \"http://…\"",
    details: [
      """
      The file is fetched when the script runs, kept in a nameless file in `TMPDIR` while it is needed, and then read as any \
      file: in the format that its name tells, else that of `format:`, else the one that the server says. Its columns are not \
      known before, unless `columns:` names them or `schema: locked(…)` does. A report states the SHA-256 of its bytes.
      """,
      """
      At most 10 redirections are followed, to http and https only. A transfer that is cut goes on where it stopped, if the \
      server can give the rest of the same file; a server that is silent for 60 seconds is given up. Proxies and certificates \
      are curl's: `https_proxy`, `no_proxy`, `SSL_CERT_FILE`. In a sandbox only this machine is asked.
      """,
      """
      A user and a password may stand in the address (`https://ann:secret@host/x.csv`) and go to that host alone. Nothing that \
      mlp shows or writes holds them, nor the values of parameters that are called `token`, `key`, `signature` or the like.
      """,
      "It needs libcurl, which Debian has in the package libcurl4.",
    ],
    otherNames: ["https", "url", "web"],
    references: ["RFC 9110 (HTTP Semantics)", "RFC 3986 (URI)"])

  public static func place(_ address: String, _ bounds: AddressBounds) throws(SourceError) -> AddressedPlace {
    let parsed = try WebAddress(address)
    if bounds.isLoopbackOnly, !Loopback.contains(parsed.host) {
      throw SourceError(source: parsed.shown, reason: .place(.outsideSandbox(parsed.host)))
    }
    return .remote(WebFile(parsed, isLoopbackOnly: bounds.isLoopbackOnly))
  }
}
