import Expressions
import Scoring
import Tables

enum OnnxComparison {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

extension OnnxLowering {
  /// The first value beside the second.
  mutating func comparison(_ relation: OnnxComparison, _ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    try comparison(relation, (call.values[0], call.types[0]), (call.values[1], call.types[1]))
  }

  /// Whether the first lies between the others, which are included.
  mutating func within(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    let (values, types) = (call.values, call.types)
    let low = try comparison(.greaterOrEqual, (values[0], types[0]), (values[1], types[1]))
    let high = try comparison(.lessOrEqual, (values[0], types[0]), (values[2], types[2]))
    return try joined([low, high], winner: 0)
  }

  mutating func comparison(
    _ relation: OnnxComparison, _ left: (value: OnnxValue, type: ColumnType),
    _ right: (value: OnnxValue, type: ColumnType)
  ) throws(Unsupported) -> OnnxValue {
    switch (left.value, right.value) {
    case (.number(let a), .number(let b)):
      let type: ColumnType = left.type == right.type ? left.type : left.type.isTemporal ? .datetime : .float
      let (a, b) = (converted(a, left.type, to: type), converted(b, right.type, to: type))
      return truth(compared(relation, a, b), of: [left.value, right.value])
    case (.text(let a, _), .text(let b, _)) where relation == .equal || relation == .notEqual:
      let same = builder.equal(a, b)
      return truth(relation == .equal ? same : builder.not(same), of: [left.value, right.value])
    // any other order of texts
    default: throw refusal("ONNX compares texts by == and != only")
    }
  }

  private mutating func compared(_ relation: OnnxComparison, _ a: String, _ b: String) -> String {
    switch relation {
    case .equal: builder.equal(a, b)
    case .notEqual: builder.not(builder.equal(a, b))
    case .less: builder.less(a, b)
    case .lessOrEqual: builder.atMost(a, b)
    case .greater: builder.less(b, a)
    case .greaterOrEqual: builder.atMost(b, a)
    }
  }

  /// Kleene's `and` (winner 0) and `or` (winner 1): one winner decides, else a missing one leaves it open.
  mutating func joined(_ values: [OnnxValue], winner: Double) throws(Unsupported) -> OnnxValue {
    let names = values.compactMap { if case .number(let name) = $0 { name } else { nil } }
    guard var result = names.first, names.count == values.count else { throw refusal("ONNX joins truths only") }
    for name in names.dropFirst() {
      let decides = builder.either(builder.equal(result, winner), builder.equal(name, winner))
      // 1 · 1 and 0 + 0 are the loser; what is missing stays missing.
      let rest = winner == 0 ? builder.multiply(result, name) : builder.add(result, name)
      result = builder.choose(decides, builder.number(winner), rest)
    }
    return .number(result)
  }

  mutating func choice(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    guard case .number(let condition) = call.values[0] else { throw noForm(call) }
    let isTrue = builder.equal(condition, 1)
    switch (call.values[1], call.values[2]) {
    case (.number(let a), .number(let b)):
      let (a, b) = (
        converted(a, call.types[1], to: call.type), converted(b, call.types[2], to: call.type)
      )
      return .number(builder.missing(where: builder.isNaN(condition), else: builder.choose(isTrue, a, b)))
    case (.text(let a, let noA), .text(let b, let noB)):
      let missing = builder.either(builder.both(isTrue, noA), builder.both(builder.not(isTrue), noB))
      return .text(builder.choose(isTrue, a, b), missing: builder.either(builder.isNaN(condition), missing))
    case (.number, .text), (.text, .number): throw noForm(call)
    }
  }

  mutating func coalesced(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    var result = call.values[0]
    if case .number(let name) = result { result = .number(converted(name, call.types[0], to: call.type)) }
    for (value, type) in zip(call.values, call.types).dropFirst() {
      switch (result, value) {
      case (.number(let a), .number(let b)):
        let other = converted(b, type, to: call.type)
        result = .number(builder.choose(builder.isNaN(a), other, a))
      case (.text(let a, let noA), .text(let b, let noB)):
        result = .text(builder.choose(noA, b, a), missing: builder.both(noA, noB))
      case (.number, .text), (.text, .number): throw noForm(call)
      }
    }
    return result
  }

  // MARK: Membership

  /// `x in [a, b]`: literals by one look-up, everything else as `==`, a bare missing as `x == missing`.
  mutating func membership(_ call: OnnxCall) throws(Unsupported) -> OnnxValue {
    let subject = call.values[0]
    var parts: [OnnxValue] = []
    var cells: [Cell] = []
    for (place, element) in call.arguments.enumerated().dropFirst() {
      switch element {
      case .missing: parts.append(.number(builder.double(missing(subject))))
      case .literal(let cell): cells.append(cell)
      case .column, .call, .aggregate, .window:
        parts.append(try comparison(.equal, (subject, call.types[0]), (call.values[place], call.types[place])))
      }
    }
    if !cells.isEmpty || parts.isEmpty { parts.append(literalMembership(subject, call.types[0], cells)) }
    return try joined(parts, winner: 1)
  }

  private mutating func literalMembership(_ subject: OnnxValue, _ type: ColumnType, _ cells: [Cell]) -> OnnxValue {
    switch subject {
    case .text(let name, _):
      let words = cells.compactMap { if case .text(let word) = $0 { word } else { nil } }
      return .number(builder.missing(where: missing(subject), else: code(name, words, unseen: 0) { _ in 1 }))
    case .number(let name):
      let wanted: ColumnType = cells.contains { $0.type == .datetime } ? .datetime : type
      let numbers = cells.compactMap { number($0, for: wanted) }
      guard !numbers.isEmpty else { return .number(builder.missing(where: missing(subject), else: builder.number(0))) }
      let equal = builder.double(builder.equal(converted(name, type, to: wanted), builder.row(numbers)))
      let any = builder.call("ReduceMax", [equal, builder.constant(.ints([1]))], [.int("keepdims", 1)])
      return .number(builder.missing(where: missing(subject), else: any))
    }
  }

  private func number(_ cell: Cell, for type: ColumnType) -> Double? {
    switch cell {
    case .bool(let value): value ? 1 : 0
    case .int(let value): type == .float ? Double(exactly: value) : Double(value)
    case .float(let value): value.isFinite ? value : nil
    case .date(let days): type == .datetime ? Double(days) * OnnxTime.day : Double(days)
    case .datetime(let value): Double(value)
    case .missing, .text, .vector: nil
    }
  }

  /// A text to a number by a table: `value` of the word's first place, `unseen` for others.
  mutating func code(_ text: String, _ words: [String], unseen: Double, _ value: (Int) -> Double) -> String {
    let (keys, places) = table(of: words)
    let values = places.isEmpty ? [unseen] : places.map(value)
    return encoded(text, keys, .doubles(values), otherwise: .doubles([unseen]))
  }

  /// A text to another by a table: `value` of the word's first place, the empty text for others.
  mutating func recoded(_ text: String, _ words: [String], _ value: (Int) -> String) -> String {
    let (keys, places) = table(of: words)
    let values = places.isEmpty ? [""] : places.map(value)
    return encoded(text, keys, .texts(values), otherwise: .texts([""]))
  }

  /// The words, each once, and their first places. A table has to have a row: without words it has one whose answer is that of the unseen.
  private func table(of words: [String]) -> (keys: [String], places: [Int]) {
    var seen: Set<[UInt8]> = []
    let places = words.indices.filter { seen.insert(Array(words[$0].utf8)).inserted }
    return (places.isEmpty ? [""] : places.map { words[$0] }, places)
  }

  private mutating func encoded(
    _ text: String, _ keys: [String], _ values: OnnxTensor, otherwise other: OnnxTensor
  ) -> String {
    builder.call(
      "LabelEncoder", [text],
      [
        .tensor("keys_tensor", .texts(keys)), .tensor("values_tensor", values), .tensor("default_tensor", other),
      ], domain: "ai.onnx.ml")
  }
}
