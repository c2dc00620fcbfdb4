import Expressions
import Glibc
import Kernels
import Language
import Tables

/// Random recorded steps that a script may hold, with what each makes of the columns.
struct RandomRecipe {
  private struct State {
    var name: String
    var type: ColumnType
    var isFitted = false
    /// Whether it may hold ints that no double holds: no fill may make them floats.
    var isWide = false

    var written: String { Expression.quoted(name: name) }
  }

  /// Before and after `split`.
  private(set) var before: [String] = []
  private(set) var after: [String] = []
  private var columns: [State]
  private var made = 0
  private let choosesRows: Bool

  /// `choosesRows` whether there may be steps before `split` that choose rows.
  init(_ table: RandomTable, choosesRows: Bool = true, _ random: inout CounterRandom) {
    self.choosesRows = choosesRows
    columns = table.columns.map { State(name: $0.name, type: $0.type, isWide: $0.type == .int) }
    for _ in 0..<random.next(below: 5) { if let words = step(&random, isAfter: false) { before.append(words) } }
    for _ in 0..<random.next(below: 3) { if let words = step(&random, isAfter: true) { after.append(words) } }
  }

  private mutating func step(_ random: inout CounterRandom, isAfter: Bool) -> String? {
    let place = random.next(below: columns.count)
    switch random.next(below: 20) {
    case 0, 1: return impute(place, &random)
    case 2, 3: return scale(place, &random)
    case 4: return encode(place, &random)
    case 5, 6, 7: return derive(place, random.next(below: columns.count), &random)
    case 8: return cast(place, &random)
    case 9: return rename(place, &random)
    case 10, 11: return choose(place, &random, isAfter: isAfter)
    case 12: return replace(place, &random)
    case 13, 14: return fix(place, &random)
    case 15: return outliers(place, &random)
    case 16: return dates(place, &random)
    case 17, 18: return mask(place, &random)
    default: return leaveOut(place, &random, isAfter: isAfter)
    }
  }

  private mutating func impute(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    if column.type == .vector { return nil }
    let other = columns[random.next(below: columns.count)]
    if random.next(below: 3) == 0, let words = impute(place, with: other, &random) { return words }
    var methods = ["mode"]
    if column.type.isNumeric { methods += column.isWide ? ["3"] : ["mean", "median", "3", "0.5"] }
    if column.type == .text { methods += ["\"none\"", "\"é\""] }
    let method = methods[random.next(below: methods.count)]
    let isFitted = ["mode", "mean", "median"].contains(method)
    columns[place].isFitted = column.isFitted || isFitted
    if column.type == .int, ["mean", "median", "0.5", "3"].contains(method) {
      columns[place].type = method == "3" ? .int : .float
    }
    let flag = column.name + "_missing"
    guard random.next(below: 3) == 0, !columns.contains(where: { $0.name == flag }) else {
      return "impute \(column.written) = \(method)"
    }
    columns.append(State(name: flag, type: .bool, isFitted: column.isFitted))
    return "impute \(column.written) = \(method), flag: true"
  }

  /// From the nearest rows, by equations, or by groups.
  private mutating func impute(_ place: Int, with other: State, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    guard other.name != column.name, other.type != .vector else { return nil }
    guard column.type.isNumeric, !column.isWide, other.type.isNumeric || other.type == .bool else {
      columns[place].isFitted = true
      return "impute \(column.written) = mode, by: \(other.written)"
    }
    let methods = ["knn(3)", "iterative", "iterative(max_iter: 2)", "median", "mode"]
    let method = methods[random.next(below: methods.count)]
    columns[place].isFitted = true
    if method != "mode" { columns[place].type = .float }
    let isOfGroups = method == "median" || method == "mode"
    return "impute \(column.written) = \(method), \(isOfGroups ? "by: \(other.written)" : "from: [\(other.written)]")"
  }

  private mutating func scale(_ place: Int, _ random: inout CounterRandom) -> String? {
    guard columns[place].type.isNumeric else { return nil }
    columns[place].isFitted = true
    columns[place].type = .float
    return "scale \(columns[place].written) = \(["standard", "minmax", "robust"][random.next(below: 3)])"
  }

  private mutating func encode(_ place: Int, _ random: inout CounterRandom) -> String? {
    guard columns[place].type != .vector else { return nil }
    columns[place].isFitted = true
    let isVector = random.next(below: 2) == 0
    columns[place].type = isVector ? .vector : .float
    return "encode \(columns[place].written) = \(isVector ? "onehot" : "ordinal")"
  }

  private mutating func derive(_ place: Int, _ other: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    let a = column.written
    let b = columns[other].type == column.type ? columns[other].written : a
    var forms: [(String, ColumnType)]
    switch column.type {
    case .int:
      forms = [
        ("\(a) * 2", .int), ("\(a) / max(\(b), 1)", .float), ("\(a) - mean(\(a))", .float), ("\(a) > \(b)", .bool),
      ]
    case .float:
      forms = [
        ("\(a) + \(b)", .float), ("round(\(a))", .float), ("sqrt(\(a))", .float), ("\(a) / sd(\(a))", .float),
        ("if \(a) > 0 then \(b) else missing", .float),
      ]
    case .text:
      forms = [("lower(\(a))", .text), ("trim(\(a))", .text), ("length(\(a))", .int), ("\(a) == \"é\"", .bool)]
    case .bool: forms = [("not \(a)", .bool), ("if \(a) then \"on\" else \"off\"", .text)]
    case .date, .datetime: forms = [("year(\(a))", .int), ("weekday(\(a))", .int), ("\(a) == missing", .bool)]
    case .vector: return nil
    }
    let (words, type) = forms[random.next(below: forms.count)]
    let isFitted =
      column.isFitted || words.contains("mean(") || words.contains("sd(")
      || (words.contains(b) && columns.first { $0.written == b }?.isFitted == true)
    let isWide = type == .int && column.type == .int
    if random.next(below: 3) == 0 {
      columns[place].type = type
      columns[place].isFitted = isFitted
      columns[place].isWide = isWide
      return "derive \(a) = \(words)"
    }
    made += 1
    columns.append(State(name: "d\(made)", type: type, isFitted: isFitted, isWide: isWide))
    return "derive d\(made) = \(words)"
  }

  private mutating func cast(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    let types: [ColumnType]
    switch column.type {
    case .int: types = [.float, .text]
    case .float: types = [.int, .text]
    case .bool: types = [.int, .text]
    case .text: types = [.float, .int]
    case .date: types = [.text, .datetime]
    case .datetime: types = [.text, .date]
    case .vector: return nil
    }
    columns[place].type = types[random.next(below: types.count)]
    return "cast \(column.written) = \(columns[place].type.rawValue)"
  }

  // MARK: Cleaning

  private mutating func replace(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    func text() -> String {
      SyntaxPrinter.text(.text(RandomColumn.texts[random.next(below: RandomColumn.texts.count)]))
    }
    let pairs: [String]
    switch column.type {
    case .bool: pairs = ["true: false", "true: missing, false: true", "missing: true"]
    case .int:
      pairs = ["0: missing, 7: -7", "missing: 3", "-5: 5, 9007199254740993: 1"] + (column.isWide ? [] : ["0: 0.5"])
    case .float: pairs = ["0: 1.5", "0.1: missing, 0.2: 2, 0.3: -0.5", "missing: 0"]
    case .text:
      let (a, b) = (text(), text())
      pairs = ["\(a): \(text())", "missing: \(text())"] + (a == b ? [] : ["\(a): missing, \(b): \(a)"])
    case .date: pairs = ["@2000-01-01: @2001-01-01", "missing: @1999-12-31"]
    case .datetime: pairs = ["missing: @1999-12-31T23:59:59Z"]
    case .vector: return nil
    }
    let chosen = pairs[random.next(below: pairs.count)]
    if chosen == "0: 0.5" { columns[place].type = .float }
    return "replace \(column.written) = {\(chosen)}"
  }

  private mutating func fix(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    guard column.type == .text else { return nil }
    switch random.next(below: 7) {
    case 0: return "fix \(column.written)"
    case 1: return "fix \(column.written), case: \(["lower", "upper", "title"][random.next(below: 3)])"
    case 2, 3:
      columns[place].isFitted = true
      return "fix \(column.written), \(["case: most", "variants: true"][random.next(below: 2)])"
    case 4:
      columns[place].type = .float
      return "fix \(column.written) = number" + (random.next(below: 2) == 0 ? ", decimal: \".\"" : "")
    case 5:
      columns[place].type = .date
      return "fix \(column.written) = date" + (random.next(below: 2) == 0 ? ", dates: dmy" : "")
    default:
      columns[place].isFitted = true
      return "fix \(column.written), case: lower, variants: true"
    }
  }

  private mutating func outliers(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    guard column.type.isNumeric else { return nil }
    let rule = ["method: iqr, k: 0.5", "method: z, k: 1", "method: mad"][random.next(below: 3)]
    let flag = column.name + "_outlier"
    if random.next(below: 3) == 0, !columns.contains(where: { $0.name == flag }) {
      columns.append(State(name: flag, type: .bool, isFitted: true))
      return "outliers \(column.written), \(rule), do: flag"
    }
    columns[place].isFitted = true
    return "outliers \(column.written), \(rule), do: \(["clip", "missing"][random.next(below: 2)])"
  }

  private mutating func mask(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    if column.type == .vector { return nil }
    setenv("MLP_RECIPE_KEY", "a key of sixteen bytes or more", 1)
    let key = ", key: \"env:MLP_RECIPE_KEY\""
    let (method, type): (String, ColumnType)
    switch (random.next(below: 3), column.type) {
    case (0, .int), (0, .float): (method, type) = (["generalise(5)", "bin"][random.next(below: 2)], column.type)
    case (0, .date), (0, .datetime): (method, type) = ("generalise(month)", column.type)
    case (0, .text): (method, type) = ("generalise(2)", .text)
    case (1, _): (method, type) = (["partial", "redact"][random.next(below: 2)], .text)
    default: (method, type) = (["token\(key)", "hash\(key)"][random.next(below: 2)], .text)
    }
    columns[place].type = type
    columns[place].isFitted = column.isFitted || method == "bin"
    columns[place].isWide = column.isWide && type == .int
    return "mask \(column.written) = \(method)"
  }

  private mutating func dates(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    guard column.type == .date || column.type == .datetime else { return nil }
    let made: [(String, ColumnType)] = [
      ("month", .int), ("is_weekend", .bool), ("month_sin", .float), ("month_cos", .float),
      ("days", column.type == .date ? .int : .float),
    ]
    let names = made.map { "\(column.name)_\($0.0)" }
    guard !columns.contains(where: { names.contains($0.name) }) else { return nil }
    for (name, part) in zip(names, made) {
      columns.append(State(name: name, type: part.1, isFitted: column.isFitted))
    }
    return "dates \(column.written), parts: [month, is_weekend], cyclic: true, since: @2000-01-01"
  }

  private mutating func rename(_ place: Int, _ random: inout CounterRandom) -> String? {
    made += 1
    let old = columns[place].written
    // A name that another column had before is the hardest one to follow.
    let free = RandomTable.names.filter { name in !columns.contains { $0.name == name } }
    columns[place].name = random.next(below: 2) == 0 ? free.first ?? "r\(made)" : "r\(made)"
    return "rename \(columns[place].written) = \(old)"
  }

  private mutating func choose(_ place: Int, _ random: inout CounterRandom, isAfter: Bool) -> String? {
    if !isAfter, !choosesRows { return nil }
    let column = columns[place]
    if column.isFitted || column.type == .vector { return nil }
    if random.next(below: 4) == 0 {
      if column.type.isNumeric { return "outliers \(column.written), k: 1" }
      if column.type == .text { return "dedupe near: [\(column.written)], distance: 2" }
    }
    switch random.next(below: 4) {
    case 0: return "sort \(column.written)" + (random.next(below: 2) == 0 ? " = down" : "")
    case 1: return "sample 0.9"
    case 2 where isAfter:
      return "dedupe \(columns.filter { !$0.isFitted && $0.type != .vector }.map(\.written).joined(separator: ", "))"
    default:
      switch column.type {
      case .int, .float: return "filter \(column.written) < 900"
      case .text: return "filter \(column.written) != \"b\""
      default: return "filter \(column.written) != missing"
      }
    }
  }

  private mutating func leaveOut(_ place: Int, _ random: inout CounterRandom, isAfter: Bool) -> String? {
    guard columns.count > 2 else { return nil }
    let gone = columns.remove(at: place)
    if isAfter || random.next(below: 2) == 0 { return "drop \(gone.written)" }
    return "select " + (columns.map(\.written) + ["y"]).joined(separator: ", ")
  }
}
