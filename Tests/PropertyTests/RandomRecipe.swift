import Expressions
import Kernels
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
    switch random.next(below: 12) {
    case 0, 1: return impute(place, &random)
    case 2, 3: return scale(place, &random)
    case 4: return encode(place, &random)
    case 5, 6, 7: return derive(place, random.next(below: columns.count), &random)
    case 8: return cast(place, &random)
    case 9: return rename(place, &random)
    case 10: return choose(place, &random, isAfter: isAfter)
    default: return leaveOut(place, &random, isAfter: isAfter)
    }
  }

  private mutating func impute(_ place: Int, _ random: inout CounterRandom) -> String? {
    let column = columns[place]
    if column.type == .vector { return nil }
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
