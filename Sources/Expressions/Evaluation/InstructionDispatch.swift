extension Registers {
  /// Every instruction has its line here, so that one without is not built.
  @inline(__always)
  func run(_ instruction: Instruction, _ out: Register, _ rows: Int) {
    switch instruction {
    case .float2(let op, let a, let b): float2(op, a, b, out, rows)
    case .float1(let op, let a): float1(op, a, out, rows)
    case .int2(let op, let a, let b): int2(op, a, b, out, rows)
    case .int1(let op, let a): int1(op, a, out, rows)
    case .roundFloat(let a, let digits): roundFloat(a, digits, out, rows)
    case .roundInt(let a, let digits): roundInt(a, digits, out, rows)
    case .convert(let conversion, let a): convert(conversion, a, out, rows)
    case .readNumber(let a, let reader): readNumber(a, reader, out, rows)

    case .compareInts(let op, let a, let b): compareInts(op, a, b, out, rows)
    case .compareFloats(let op, let a, let b): compareFloats(op, a, b, out, rows)
    case .compareIntFloat(let op, let a, let b): compareIntFloat(op, a, b, out, rows)
    case .compareTexts(let op, let a, let b): compareTexts(op, a, b, out, rows)
    case .minText(let a, let b): pickText(a, b, out, rows, greater: false)
    case .maxText(let a, let b): pickText(a, b, out, rows, greater: true)

    case .and(let a, let b): join(a, b, out, rows, winner: 0)
    case .or(let a, let b): join(a, b, out, rows, winner: 1)
    case .not(let a): not(a, out, rows)
    case .isMissing(let a): testMissing(a, out, rows, expected: true)
    case .isPresent(let a): testMissing(a, out, rows, expected: false)
    case .choose(let kind, let condition, let a, let b): choose(kind, condition, a, b, out, rows)
    case .coalesce(let kind, let a, let b): coalesce(kind, a, b, out, rows)
    case .intIn(let a, let list): intIn(a, list, out, rows)
    case .floatIn(let a, let list): floatIn(a, list, out, rows)
    case .textIn(let a, let list): textIn(a, list, out, rows)

    case .dateField(let field, let a, let isMoment): dateField(field, a, isMoment, out, rows)
    case .between(let unit, let a, let b): between(unit, a, b, out, rows)
    case .dateTrunc(let unit, let a, let isMoment): dateTrunc(unit, a, isMoment, out, rows)
    case .dateAdd(let unit, let a, let n, let isMoment): dateAdd(unit, a, n, isMoment, out, rows)
    case .makeDate(let a, let b, let c): makeDate(a, b, c, out, rows)
    case .epoch(let a): epoch(a, out, rows)
    case .addSeconds(let a, let b): addSeconds(a, b, out, rows)
    case .momentDifference(let a, let b): momentDifference(a, b, out, rows)
    case .parseDate(let a, let format, let isMoment): parseDate(a, format, isMoment, out, rows)

    case .textToText(let op, let a): textToText(op, a, out, rows)
    case .textToInt(let op, let a): textToInt(op, a, out, rows)
    case .luhn(let a): luhn(a, out, rows)
    case .testText(let test, let a, let b): testText(test, a, b, out, rows)
    case .indexOf(let a, let b): indexOf(a, b, out, rows)
    case .joinText(let a, let b): joinText(a, b, out, rows)
    case .replaceText(let a, let from, let to): replaceText(a, from, to, out, rows)
    case .splitPart(let a, let separator, let n): splitPart(a, separator, n, out, rows)
    case .cutText(let cut, let a, let n): cutText(cut, a, n, out, rows)
    case .substring(let a, let start, let count): substring(a, start, count, out, rows)
    case .pad(let left, let a, let width, let fill): pad(left: left, a, width, fill, out, rows)
    case .matches(let a, let pattern): matches(a, pattern, out, rows)
    case .regexReplace(let a, let pattern, let to): regexReplace(a, pattern, to, out, rows)
    case .regexExtract(let a, let pattern, let group): regexExtract(a, pattern, group, out, rows)
    }
  }
}
