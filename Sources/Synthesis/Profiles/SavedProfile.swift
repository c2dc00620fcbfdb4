import Notation
import Tables

/// A copula in a file: distributions and correlations as JSON, without a row.
///
/// ```
/// {"profile": "mlp", "version": 1, "name": "penguins", "rows": 344, "by": "species",
///  "columns": [{"name": "bill_length_mm", "type": "float"}, …], "together": [0, …], "gaps": [[6], …],
///  "groups": [{"share": 0.44, "value": "Adelie", "columns": [{"quantiles": [32.1, …], "decimals": 1}, …], "missing": [0.04],
///              "correlations": [1, 0.31, 1, …]}, …]}
/// ```
public enum SavedProfile {
  /// The ending by which a file of it is told from one of rows.
  public static let ending = ".profile.json"
  /// The bytes that such a file may have.
  public static let limit = 256 << 20
  static let kind = "mlp"
  static let version: Int64 = 1

  public static func bytes(_ model: CopulaModel) -> [UInt8] {
    let columns = model.members.map { member -> JSONValue in
      ["name": .string(member.name), "type": .string(member.type.rawValue)]
    }
    let value: JSONValue = [
      "profile": .string(kind), "version": .int(version), "name": .string(model.name),
      "rows": .int(Int64(model.rowCount)), "by": model.classColumn.map(JSONValue.string) ?? .null,
      "columns": .array(columns), "together": .array(model.latent.map { .int(Int64($0)) }),
      "gaps": .array(model.patterns.map { .array($0.map { .int(Int64($0)) }) }),
      "groups": .array(model.groups.map(json)),
    ]
    return value.bytes + [UInt8(ascii: "\n")]
  }

  private static func json(_ group: CopulaModel.Group) -> JSONValue {
    [
      "share": .double(group.share), "value": json(group.value),
      "columns": .array(group.marginals.map { $0.map(json) ?? .null }),
      "missing": .array(group.missing.map(JSONValue.double)),
      "correlations": .array(group.correlations.entries.map(JSONValue.double)),
    ]
  }

  private static func json(_ value: Cell) -> JSONValue {
    switch value {
    case .missing, .vector: .null
    case .bool(let truth): .bool(truth)
    case .int(let value), .datetime(let value): .int(value)
    case .float(let value): .double(value)
    case .text(let text): .string(text)
    case .date(let days): .int(Int64(days))
    }
  }

  private static func json(_ marginal: Marginal) -> JSONValue {
    switch marginal {
    case .sequence(let first, let step): ["first": .int(first), "step": .int(step)]
    case .levels(let levels):
      ["values": .array(levels.values.map(json)), "shares": .array(levels.shares.map(JSONValue.double))]
    case .quantiles(let quantiles):
      switch quantiles.grain {
      case .free: ["quantiles": .array(quantiles.knots.map(JSONValue.double))]
      case .decimals(let digits):
        ["quantiles": .array(quantiles.knots.map(JSONValue.double)), "decimals": .int(Int64(digits))]
      case .multiple(let unit): ["quantiles": .array(quantiles.knots.map(JSONValue.double)), "unit": .int(unit)]
      }
    case .form(let form): json(form)
    }
  }

  private static func json(_ form: TextForm) -> JSONValue {
    switch form {
    case .email: ["form": "email"]
    case .url: ["form": "url"]
    case .person: ["form": "name"]
    case .sentence(let least, let most):
      ["form": "sentence", "least": .int(Int64(least)), "most": .int(Int64(most))]
    case .patterns(let patterns):
      [
        "form": "patterns",
        "patterns": .array(
          patterns.map { pattern -> JSONValue in
            let isFixed = pattern.isFixed.map { $0 ? "=" : "." }.joined()
            return [
              "share": .double(pattern.share), "text": .string(String(decoding: pattern.kinds, as: UTF8.self)),
              "fixed": .string(isFixed),
            ]
          }),
      ]
    }
  }
}
