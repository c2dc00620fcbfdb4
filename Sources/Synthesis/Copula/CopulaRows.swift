import Kernels
import Plan
import Tables

/// Makes rows as a copula says: normal numbers that hang together, each turned into a value of its column.
public struct CopulaRows: RowMaking {
  public let fields: [Field]
  private let model: CopulaModel
  private let groups: [DrawnGroup]
  /// Shares of the groups, one added to the other.
  private let bounds: [Double]
  private let seed: UInt64
  /// Of text columns of few values the values of all groups.
  private let words: [[String]]

  /// - Parameter given: columns that have one value in all rows; the others are as they are in rows with it. Throws `badOption` for a value
  ///   that no row has.
  public init(
    _ model: CopulaModel, given: [(column: String, value: Cell)] = [], seed: UInt64
  ) throws(EngineError) {
    self.model = model
    self.seed = seed
    fields = model.members.map { Field($0.name, $0.type) }
    let given = try GivenCells(given, model)
    let words = model.members.indices.map { model.words(of: $0) }
    self.words = words
    var groups: [DrawnGroup] = []
    var shares: [Double] = []
    for group in model.groups {
      let weight = group.share * given.likelihood(in: group)
      guard weight > 0 else { continue }
      groups.append(DrawnGroup(group, model, given, words))
      shares.append(weight)
    }
    guard !groups.isEmpty else { throw EngineError(.synthesis(given.impossible)) }
    self.groups = groups
    let all = shares.reduce(0, +)
    var sum = 0.0
    bounds = shares.map {
      sum += $0 / all
      return sum
    }
  }

  /// As many as keep the numbers that are drawn within some megabytes.
  public var rowsAtOnce: Int { max(128, min(8192, (1 << 20) / max(1, model.dimensions))) }

  /// The streams of random numbers; each text column has its own behind them.
  private enum Stream { static let group: UInt64 = 1, numbers: UInt64 = 2, texts: UInt64 = 16 }

  public func rows(_ numbers: Range<Int>) -> Table {
    var places = [[Int]](repeating: [], count: groups.count)
    let choice = CounterRandom(seed: seed, stream: Stream.group)
    for number in numbers { places[group(choice.uniform(at: UInt64(number)))].append(number - numbers.lowerBound) }
    var cells = zip(model.members, words).map { MadeCells($0.type, words: $1, count: numbers.count) }
    let random = CounterRandom(seed: seed, stream: Stream.numbers)
    for (group, places) in zip(groups, places) where !places.isEmpty {
      let drawn = group.draw(places.map { UInt64(numbers.lowerBound + $0) }, random)
      for column in cells.indices {
        let texts = CounterRandom(seed: seed, stream: Stream.texts &+ UInt64(column))
        group.decode(column, drawn, at: places, first: numbers.lowerBound, texts, into: &cells[column])
      }
    }
    return Table(names: fields.map(\.name), columns: cells.map { $0.column() }, rowCount: numbers.count)
  }

  private func group(_ share: Double) -> Int { min(bounds.lowestPlace { $0 > share }, groups.count - 1) }
}

extension CopulaModel {
  /// The texts of a column of few values, of all groups.
  fileprivate func words(of place: Int) -> [String] {
    guard members[place].type == .text else { return [] }
    var words: [String] = []
    var known: Set<TextBytes> = []
    func add(_ value: Cell) {
      if case .text(let word) = value, known.insert(TextBytes(word)).inserted { words.append(word) }
    }
    for group in groups {
      if place == by { add(group.value) }
      if case .levels(let levels)? = group.marginals[place] { levels.values.forEach(add) }
    }
    return words
  }
}
