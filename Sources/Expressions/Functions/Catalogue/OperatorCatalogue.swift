import Tables

extension Function {
  private static func row(
    _ function: Function, _ signature: String, _ summary: String, _ arguments: [Expression], _ result: Cell,
    _ otherNames: [String] = []
  ) -> CatalogueEntry {
    CatalogueEntry(function, signature, summary, .operators, arguments, result, otherNames)
  }

  static let operators: [CatalogueEntry] = [
    row(
      .add, "a + b", "Sum; joined text; a date some days on, a datetime some seconds on", [.int(2), .int(3)], .int(5)),
    row(
      .subtract, "a - b", "Difference; days between dates, seconds between datetimes",
      [.day(2026, 3, 1), .day(2026, 2, 1)], .int(28)),
    row(.multiply, "a * b", "Product", [.int(6), .float(0.5)], .float(3)),
    row(.divide, "a / b", "Quotient, always a float; missing where b is 0", [.int(7), .int(2)], .float(3.5)),
    row(
      .floorDivide, "a // b", "Quotient rounded down; missing where b is 0", [.int(-7), .int(2)], .int(-4),
      ["div", "%/%"]),
    row(.negate, "-a", "The negative", [.float(2.5)], .float(-2.5)),
    row(.power, "a ^ b", "a to the power b, always a float", [.int(2), .int(10)], .float(1024), ["**"]),
    row(
      .equal, "a == b", "Whether equal; text by its bytes, an int and a float exactly", [.int(1), .float(1)],
      .bool(true)),
    row(.notEqual, "a != b", "Whether different", [.text("a"), .text("b")], .bool(true), ["<>"]),
    row(.less, "a < b", "Whether before; text in the order of code points", [.text("Z"), .text("a")], .bool(true)),
    row(.lessOrEqual, "a <= b", "Whether before or equal", [.int(3), .int(3)], .bool(true)),
    row(.greater, "a > b", "Whether after", [.float(0.2), .float(0.1)], .bool(true)),
    row(
      .greaterOrEqual, "a >= b", "Whether after or equal", [.day(2026, 1, 2), .day(2026, 1, 1)], .bool(true)),
    row(
      .and, "a and b", "Whether both are true: false if either is false, else missing if either is missing",
      [.bool(false), .missing(.bool)], .bool(false), ["&&", "&"]),
    row(
      .or, "a or b", "Whether either is true: true if either is true, else missing if either is missing",
      [.bool(true), .missing(.bool)], .bool(true), ["||", "|"]),
    row(.not, "not a", "Whether false", [.bool(false)], .bool(true), ["!"]),
    row(
      .in, "x in [a, b]", "Whether equal to an element; a missing among them is met by a missing x",
      [.text("b"), .text("a"), .text("b")], .bool(true), ["isin", "%in%"]),
    row(
      .between, "x in a..b", "Whether at least a and at most b", [.int(5), .int(1), .int(5)], .bool(true), ["between"]),
    row(
      .matches, "text ~ r\"pattern\"", "Whether the pattern is found anywhere in the text",
      [.text("a@b.no"), .text("@.+[.]no$")], .bool(true), ["regexp_matches", "str_detect", "grepl", "like", "rlike"]),
    row(
      .isMissing, "x == missing", "Whether missing; never missing itself", [.missing(.int)], .bool(true),
      ["isna", "isnull", "is_null", "is.na"]),
    row(
      .isPresent, "x != missing", "Whether there is a value; never missing itself", [.int(1)], .bool(true),
      ["notna", "notnull"]),
    row(
      .ifElse, "if c then a else b", "a where c is true, b where it is false, missing where it is missing",
      [.bool(true), .text("yes"), .text("no")], .text("yes"), ["ifelse", "iff", "iif", "where", "case_when"]),
    CatalogueEntry(
      .coalesce, "coalesce(a, b, …)", "The first that is not missing", .operators, [.missing(.int), .int(3)], .int(3),
      ["ifnull", "nvl", "fillna", "replace_na"]),
  ]
}
