import Tables

extension Function {
  private static func row(
    _ function: Function, _ signature: String, _ summary: String, _ arguments: [Expression], _ result: Cell,
    _ otherNames: [String] = []
  ) -> CatalogueEntry {
    CatalogueEntry(function, signature, summary, .mathematics, arguments, result, otherNames)
  }

  static let mathematics: [CatalogueEntry] = [
    row(.abs, "abs(x)", "Size without its sign", [.int(-3)], .int(3)),
    row(.sign, "sign(x)", "-1, 0 or 1", [.float(-2.5)], .float(-1), ["sgn", "signum"]),
    row(.sqrt, "sqrt(x)", "Square root; missing below 0", [.int(9)], .float(3)),
    row(.exp, "exp(x)", "e to the power x", [.int(0)], .float(1)),
    row(.log, "log(x)", "Natural logarithm; missing at 0 and below", [.int(1)], .float(0), ["ln"]),
    row(.log2, "log2(x)", "Logarithm to base 2", [.int(8)], .float(3)),
    row(.log10, "log10(x)", "Logarithm to base 10", [.int(1000)], .float(3)),
    row(.log1p, "log1p(x)", "log(1 + x), exact near 0", [.int(0)], .float(0)),
    row(.expm1, "expm1(x)", "exp(x) - 1, exact near 0", [.int(0)], .float(0)),
    row(
      .round, "round(x, digits)", "Rounded, halves away from 0; digits is 0 unless given and may be negative",
      [.float(2.567), .int(2)], .float(2.57)),
    row(.floor, "floor(x)", "Rounded down, in the type of x", [.float(-1.5)], .float(-2)),
    row(.ceil, "ceil(x)", "Rounded up, in the type of x", [.float(1.2)], .float(2), ["ceiling"]),
    row(.trunc, "trunc(x)", "Rounded towards 0, in the type of x", [.float(-1.7)], .float(-1), ["fix"]),
    row(
      .mod, "mod(a, b)", "Remainder of a // b, with the sign of b; missing where b is 0", [.int(-7), .int(3)], .int(2),
      ["%", "%%", "fmod", "remainder"]),
    row(
      .pow, "pow(a, b)", "a to the power b, always a float", [.int(2), .float(0.5)], .float(1.4142135623730951),
      ["power"]),
    row(.sin, "sin(x)", "Sine of x in radians", [.int(0)], .float(0)),
    row(.cos, "cos(x)", "Cosine of x in radians", [.int(0)], .float(1)),
    row(.tan, "tan(x)", "Tangent of x in radians", [.int(0)], .float(0)),
    row(.asin, "asin(x)", "Arc sine in radians; missing outside -1 to 1", [.int(0)], .float(0)),
    row(.acos, "acos(x)", "Arc cosine in radians; missing outside -1 to 1", [.int(1)], .float(0)),
    row(.atan, "atan(x)", "Arc tangent in radians", [.int(0)], .float(0)),
    row(.atan2, "atan2(y, x)", "Angle of the point (x, y) in radians", [.int(0), .int(1)], .float(0)),
    row(.sinh, "sinh(x)", "Hyperbolic sine", [.int(0)], .float(0)),
    row(.cosh, "cosh(x)", "Hyperbolic cosine", [.int(0)], .float(1)),
    row(.tanh, "tanh(x)", "Hyperbolic tangent", [.int(0)], .float(0)),
    row(
      .min, "min(a, b, …)", "The least of the row's values; with one argument the aggregate", [.int(3), .float(0.5)],
      .float(0.5), ["least", "pmin"]),
    row(
      .max, "max(a, b, …)", "The greatest of the row's values; with one argument the aggregate", [.int(3), .int(4)],
      .int(4), ["greatest", "pmax"]),
    row(
      .clamp, "clamp(x, low, high)", "x held between low and high, which wins", [.int(12), .int(0), .int(10)], .int(10),
      ["clip"]),
    row(.sigmoid, "sigmoid(x)", "1 / (1 + exp(-x))", [.int(0)], .float(0.5), ["logistic", "expit", "plogis"]),
    row(.hypot, "hypot(a, b)", "Length of the hypotenuse", [.int(3), .int(4)], .float(5)),
  ]
}
