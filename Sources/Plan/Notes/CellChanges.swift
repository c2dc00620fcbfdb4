import Expressions
import Tables

/// What a step that cleans a column did to its cells. What is told of the rows' chunks, put together in the order of the rows, is what is
/// told of all rows at once.
public struct CellChanges: Sendable, Hashable {
  /// A value that became another one.
  public struct Change: Sendable, Hashable {
    public let from: Cell
    public let to: Cell
    public fileprivate(set) var cells: Int

    public init(from: Cell, to: Cell, cells: Int) {
      self.from = from
      self.to = to
      self.cells = cells
    }
  }

  /// What is worth saying of the way in which cells were read.
  public enum Sign: Sendable, Hashable {
    /// A percentage, taken as its hundredth.
    case percentage
    /// An amount of this currency.
    case currency(String)
    /// A day whose order is told by itself: day first, month first or year first.
    case order(DateReading)
  }

  /// What texts were read as.
  public enum Reading: Sendable, Hashable { case number, date }

  /// Different values that are told apart; of more only how many cells they are is known.
  private static let most = 10_000
  private static let mostExamples = 3

  public let column: String
  /// What its texts were to be; nil where no cell has to be read.
  public let reading: Reading?
  /// Cells that got another value.
  public private(set) var cells = 0
  /// The values that changed, in the order in which they first came.
  public private(set) var changes: [Change] = []
  /// Cells that could not be read, and the first different ones of them.
  public private(set) var unread = 0
  public private(set) var unreadExamples: [String] = []
  /// Cells that could be read in two ways, and the first different ones of them.
  public private(set) var twofold = 0
  public private(set) var twofoldExamples: [String] = []
  public private(set) var signs: [Sign: Int] = [:]
  /// Whether every change was asked for by its value, so that one which no cell had is told too.
  public private(set) var isListed = false
  private var places: [Change.Pair: Int] = [:]

  public init(of column: String, reading: Reading? = nil) {
    self.column = column
    self.reading = reading
  }

  /// Values that were asked for, before any cell was looked at.
  public init(of column: String, asked pairs: [(from: Cell, to: Cell)]) {
    self.init(of: column)
    isListed = true
    for pair in pairs { add(Change(from: pair.from, to: pair.to, cells: 0)) }
  }

  /// Cells with one value that became another.
  public mutating func add(_ change: Change) {
    cells += change.cells
    let pair = Change.Pair(from: change.from, to: change.to)
    if let place = places[pair] {
      changes[place].cells += change.cells
    } else {
      places[pair] = changes.count
      changes.append(change)
    }
  }

  /// Cells with a text that could not be read, or could be read in two ways.
  public mutating func add(unread text: String, cells: Int, isTwofold: Bool) {
    if isTwofold {
      twofold += cells
      Self.keep(text, in: &twofoldExamples)
    } else {
      unread += cells
      Self.keep(text, in: &unreadExamples)
    }
  }

  public mutating func add(_ sign: Sign, cells: Int) { signs[sign, default: 0] += cells }

  private static func keep(_ text: String, in examples: inout [String]) {
    if examples.count < mostExamples, !examples.contains(text) { examples.append(text) }
  }

  /// This with what was done to the rows behind.
  func followed(by next: CellChanges) -> CellChanges {
    var all = self
    all.isListed = isListed || next.isListed
    for change in next.changes {
      if all.changes.count < Self.most || all.places[Change.Pair(from: change.from, to: change.to)] != nil {
        all.add(change)
      } else {
        all.cells += change.cells
      }
    }
    // What the chunk itself could not tell apart.
    all.cells += next.cells - next.changes.reduce(0) { $0 + $1.cells }
    all.unread += next.unread
    for text in next.unreadExamples { Self.keep(text, in: &all.unreadExamples) }
    all.twofold += next.twofold
    for text in next.twofoldExamples { Self.keep(text, in: &all.twofoldExamples) }
    for (sign, count) in next.signs { all.signs[sign, default: 0] += count }
    return all
  }

  /// The changes that most cells had, the earlier of equals first.
  public func frequent(_ count: Int) -> [Change] {
    let order = changes.indices.sorted { left, right in
      let (a, b) = (changes[left].cells, changes[right].cells)
      return a == b ? left < right : a > b
    }
    return order.prefix(count).map { changes[$0] }.filter { $0.cells > 0 }
  }

  /// nil where nothing happened that is worth a word.
  var remark: StageRemark? {
    let isTold = isListed || cells + unread + twofold > 0 || !signs.isEmpty
    return isTold ? .changed(CellChanges(of: column, reading: reading).followed(by: self)) : nil
  }
}

extension CellChanges.Change {
  fileprivate struct Pair: Sendable, Hashable {
    let from: Cell
    let to: Cell
  }
}
