import Display
import Expressions
import Plan
import Tables

extension CellChanges {
  /// Values that are named in a line.
  private static let mostNamed = 6

  var words: String {
    var parts: [String] = []
    if isListed || cells > 0 { parts.append("\(counted(cells, "cell")) changed" + (isListed ? pairWords : "")) }
    if unread + twofold > 0 { parts.append(unreadWords) }
    return (parts + unusedWords + signWords).joined(separator: "; ")
  }

  /// The pairs that were asked for, the most frequent first.
  private var pairWords: String {
    let met = frequent(Self.mostNamed).map { "\($0.from.written) → \($0.to.written) \($0.cells)" }
    let more = changes.filter { $0.cells > 0 }.count - met.count
    return met.isEmpty ? "" : ": " + met.joined(separator: ", ") + (more > 0 ? ", and \(more) more values" : "")
  }

  private var unusedWords: [String] {
    let unused = isListed ? changes.filter { $0.cells == 0 }.map(\.from.written) : []
    return unused.isEmpty ? [] : ["no cell is \(listed(unused, limit: Self.mostNamed))"]
  }

  /// How many cells could not be read, with examples.
  var unreadWords: String {
    var parts: [String] = []
    if unread > 0 { parts.append("\(unread) cannot be read\(Self.named(unreadExamples))") }
    if twofold > 0 { parts.append("\(twofold) can be read in two ways\(Self.named(twofoldExamples))") }
    return parts.joined(separator: ", ")
  }

  private static func named(_ texts: [String]) -> String {
    " (" + texts.map { Discretion.told(Cell.text($0).written) }.joined(separator: ", ") + ")"
  }

  /// What to state so that cells are read in one way.
  var twofoldAdvice: [String] {
    if twofold == 0 { return [] }
    if reading == .date { return ["`dates: dmy`, `dates: mdy` or `dates: ymd` says what comes first" + orderWords] }
    return ["`decimal: \".\"` or `decimal: \",\"` says which mark is the decimal one"]
  }

  /// What the days tell that can be read in one way only.
  private var orderWords: String {
    let first = [(DateReading.dmy, "day"), (.mdy, "month"), (.ymd, "year")].compactMap { order, word in
      signs[.order(order)].map { "\($0) have the \(word) first" }
    }
    return first.isEmpty ? "" : "; of those that tell it " + first.joined(separator: ", ")
  }

  private var signWords: [String] {
    var parts = twofoldAdvice
    if let count = signs[.percentage] {
      parts.append("\(count) \(count == 1 ? "is a percentage" : "are percentages"), 5% being 0.05")
    }
    let currencies = signs.compactMap { sign, count -> (String, Int)? in
      if case .currency(let name) = sign { (name, count) } else { nil }
    }
    // Amounts in one currency are one quantity.
    if currencies.count > 1 {
      let named = currencies.sorted { $0.1 == $1.1 ? $0.0 < $1.0 : $0.1 > $1.1 }.map { "\($0.0) \($0.1)" }
      parts.append("\(currencies.count) currencies are mixed: \(listed(named, limit: Self.mostNamed))")
    }
    return parts
  }
}

extension Fenced {
  var words: String {
    switch open {
    case .noValue?: return "no cell has a value"
    case .noSpread?: return "the values that tell how far they spread are all the same, so none counts as an outlier"
    case .tooFew(let count)?: return "none of \(counted(count, "value")) can lie that far out"
    case nil: break
    }
    let done =
      switch act {
      case .left: ""
      case .clipped: ", clipped"
      case .missing: ", now missing"
      case .flagged: ", flagged"
      }
    return "\(below) below and \(above) above \(range)\(below + above > 0 ? done : "")"
  }

  /// `-3.5..20`, an open side without a number.
  private var range: String { "\(low.map(Self.figure) ?? "")..\(high.map(Self.figure) ?? "")" }

  private static func figure(_ cell: Cell) -> String {
    if case .float(let value) = cell { NumberText.figure(value) } else { cell.description }
  }
}

extension NearGroups {
  var words: String {
    count == 0 ? "none is near another" : "near \(counted(count, "other"))"
  }
}

extension Cell {
  /// As a script holds it: a text in quotes.
  fileprivate var written: String { Scalar.cell(self).description }
}
