import Notation

/// An alias that was put at a version. Moves are kept for good: where an alias stands is what its moves say.
public struct AliasMove: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case promoted
    /// Back to the version before, as if the move that is taken back had not been.
    case rolledBack = "rolled back"
  }

  public let alias: String
  public let kind: Kind
  public let version: Int
  /// Where it stood before; nil where it stood nowhere.
  public let from: Int?
  /// Microseconds since 1970-01-01T00:00:00Z.
  public let moment: Int64

  public init(alias: String, kind: Kind, version: Int, from: Int?, moment: Int64) {
    self.alias = alias
    self.kind = kind
    self.version = version
    self.from = from
    self.moment = moment
  }

  /// As every kind of registry keeps it.
  var json: JSONValue {
    [
      "alias": .string(alias), "kind": .string(kind.rawValue), "version": .int(Int64(version)),
      "from": from.map { .int(Int64($0)) } ?? .null, "moment": .int(moment),
    ]
  }

  /// nil for what is not as `json` writes it.
  init?(_ json: JSONValue) {
    guard let alias = json["alias"]?.string, let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)),
      let version = json["version"]?.int.flatMap({ Int(exactly: $0) }), let moment = json["moment"]?.int
    else { return nil }
    self.init(
      alias: alias, kind: kind, version: version, from: json["from"]?.int.flatMap { Int(exactly: $0) }, moment: moment)
  }
}
