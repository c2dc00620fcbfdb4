/// Functions and methods of other languages that are forms of this one: operators, `if` and comparisons with missing. Those that are
/// functions here under another name are in those functions' own descriptions.
public enum ForeignCall {
  /// What a call means here, `isna(a)` being `a == missing`; nil for any other function, or another number of arguments.
  public static func mended(_ call: Call) -> Expr.Kind? {
    guard call.options.isEmpty else { return nil }
    let name = call.function.text.lowercased().filter { $0 != "_" && $0 != "." }
    switch call.arguments.count {
    case 1: return mended(name, call.arguments[0])
    case 2: return mended(name, call.arguments[0], call.arguments[1])
    case 3: return mended(name, call.arguments[0], call.arguments[1], call.arguments[2])
    default: return several(name, call.arguments)
    }
  }

  private static func mended(_ name: String, _ value: Expr) -> Expr.Kind? {
    switch name {
    case "isna", "isnull", "isnan", "ismissing", "isblank": .binary(.equal, value, missing)
    case "notna", "notnull", "isnotnull", "isnotna", "isnotnan", "ispresent": .binary(.notEqual, value, missing)
    case "not": .unary(.not, value)
    case "col", "column":
      // `pl.col("age")`: a column stands alone.
      if case .literal(.text(let column)) = value.kind { .name(column) } else { nil }
    case "asnumeric", "tonumeric", "asdouble": .call(Call(Name("number"), [value]))
    case "asinteger": .call(Call(Name("int"), [value]))
    case "ascharacter", "asfactor": .call(Call(Name("text"), [value]))
    case "aslogical": .call(Call(Name("bool"), [value]))
    case "asdate": .call(Call(Name("date"), [value]))
    default: nil
    }
  }

  private static func mended(_ name: String, _ value: Expr, _ other: Expr) -> Expr.Kind? {
    switch name {
    case "isin", "inlist": .binary(.contains, value, other)
    case "eq": .binary(.equal, value, other)
    case "ne": .binary(.notEqual, value, other)
    case "lt": .binary(.less, value, other)
    case "le": .binary(.lessOrEqual, value, other)
    case "gt": .binary(.greater, value, other)
    case "ge": .binary(.greaterOrEqual, value, other)
    default: several(name, [value, other])
    }
  }

  private static func mended(_ name: String, _ first: Expr, _ second: Expr, _ third: Expr) -> Expr.Kind? {
    switch name {
    case "between", "isbetween", "inrange": .binary(.contains, first, Expr(.range(second, third)))
    case "ifelse", "iif", "if", "where", "when": .conditional(condition: first, then: second, otherwise: third)
    default: several(name, [first, second, third])
    }
  }

  /// `AND(a, b, …)` and `inlist(a, 1, 2)`.
  private static func several(_ name: String, _ values: [Expr]) -> Expr.Kind? {
    guard values.count >= 2, values.count <= 20 else { return nil }
    switch name {
    case "and", "or":
      let sign = name == "and" ? BinaryOperator.and : .or
      return values.dropFirst().reduce(values[0]) { Expr(.binary(sign, $0, $1)) }.kind
    case "inlist": return .binary(.contains, values[0], Expr(.list(Array(values.dropFirst()))))
    default: return nil
    }
  }

  private static var missing: Expr { Expr(.literal(.missing)) }
}
