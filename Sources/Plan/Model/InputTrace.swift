/// Where a table with recorded steps holds the raw cells that a model takes.
///
/// A model takes raw columns and makes the rest itself. What it should be given are therefore the columns as they would be with the
/// steps that the model contains left out, and all others done. The trace names every column, step by step, by how it came about, once as
/// the table has it and once as it would be without the model's steps: where the two agree, the cells are at hand. It decides by the
/// steps' keys alone, never by words.
public struct InputTrace {
  /// Where the cells of an input are.
  public enum Place: Sendable, Hashable {
    /// The column `column` as the first `steps` recorded steps left it: 0 is the raw column, all of them the column as shown.
    case found(steps: Int, column: String)
    /// No column: it was never there, or was dropped.
    case absent
    /// A step that the model does not contain read what one that it contains had made: the cells that the model needs were never
    /// computed. Their words, the model's first.
    case mixed(contained: String, other: String)
  }

  /// How a column came about; `made` numbers the terms that the step read, -1 being one that cannot be had.
  private enum Term: Hashable {
    case raw(String)
    case made(step: Int, column: String, reads: [Int])
  }

  /// The recorded steps; one that drops several columns is one for each.
  private let steps: [Step]
  /// How many recorded steps there are up to each of them.
  private let counts: [Int]
  private let isContained: [Bool]
  /// The steps of the model that are not among the recorded ones.
  public let uncontained: Set<StepKey>
  private var numbers: [Term: Int] = [:]
  private var terms: [Term] = []
  /// Of each term that the table had at some time, after how many steps and under which name.
  private var seen: [Int: (steps: Int, column: String)] = [:]
  /// The table's columns, and those without the model's steps, as the steps so far left them.
  private var actual: [String: Int] = [:]
  private var wanted: [String: Int] = [:]
  private var label: String?
  /// The steps outside the model that gave a wanted column its name.
  private var renamed: [String: Int] = [:]

  /// Traces `recorded` steps on a table of the columns `raw`, for a model that contains steps of these keys.
  /// O(columns + steps × what they name).
  public init(_ recorded: [Step], raw: [String], contained keys: [StepKey]) {
    let parts = recorded.enumerated().flatMap { place, step in step.parts.map { (step: $0, count: place + 1) } }
    steps = parts.map(\.step)
    counts = parts.map(\.count)
    var left: [StepKey: Int] = [:]
    for key in keys { left[key, default: 0] += 1 }
    isContained = steps.map { step in
      guard let count = left[step.key], count > 0 else { return false }
      left[step.key] = count - 1
      return true
    }
    uncontained = Set(left.filter { $0.value > 0 }.keys)
    for name in raw {
      let term = number(.raw(name))
      actual[name] = term
      wanted[name] = term
      seen[term] = (0, name)
    }
    for place in steps.indices { follow(place) }
    // What is still there is taken as shown, which costs no further run of the steps.
    for (name, term) in actual where seen[term].map({ $0.steps > 0 }) ?? true { seen[term] = (recorded.count, name) }
  }

  /// Where the cells of a model's input are. O(1), but where they are mixed.
  public func place(of input: String) -> Place {
    guard let term = wanted[input] else { return .absent }
    if let found = seen[term] { return .found(steps: found.steps, column: found.column) }
    return conflict(at: term)
  }

  /// The words of the steps outside the model that made an input's cells or gave it its name, in order.
  public func others(making input: String) -> [String] {
    guard let term = wanted[input] else { return [] }
    return makers(of: term).union(renamed[input].map { [$0] } ?? []).sorted().map { steps[$0].words }
  }

  // MARK: Following a step

  private mutating func number(_ term: Term) -> Int {
    if let number = numbers[term] { return number }
    numbers[term] = terms.count
    terms.append(term)
    return terms.count - 1
  }

  private mutating func follow(_ place: Int) {
    change(\.actual, place)
    if !isContained[place] { change(\.wanted, place) }
    switch steps[place] {
    case .feature(let step):
      for name in step.writes { if let term = actual[name] { seen[term] = (counts[place], name) } }
      if !isContained[place] { for name in step.writes { renamed[name] = nil } }
    case .rename(let pairs) where !isContained[place]:
      for pair in pairs { renamed[pair.new] = place }
    case .label(let spec): label = spec.name
    default: break
    }
  }

  /// Changes the columns by a step. Without the model's steps a column that the step names may not be there.
  private mutating func change(_ columns: WritableKeyPath<InputTrace, [String: Int]>, _ place: Int) {
    switch steps[place] {
    case .select(let names):
      let kept = Set(names + (label.map { [$0] } ?? []))
      self[keyPath: columns] = self[keyPath: columns].filter { kept.contains($0.key) }
    case .drop(let names):
      for name in names { self[keyPath: columns][name] = nil }
    case .rename(let pairs):
      let old = pairs.map { self[keyPath: columns][$0.old] }
      for pair in pairs { self[keyPath: columns][pair.old] = nil }
      for (pair, term) in zip(pairs, old) {
        self[keyPath: columns][pair.new] = term ?? number(.made(step: place, column: pair.new, reads: [-1]))
      }
    case .feature(let step):
      let reads = step.reads.map { self[keyPath: columns][$0] ?? -1 }
      for name in step.writes {
        self[keyPath: columns][name] = number(.made(step: place, column: name, reads: reads))
      }
    case .choose, .label: break
    }
  }

  // MARK: Telling what is in the way

  /// The steps that a term comes from.
  private func makers(of term: Int) -> Set<Int> {
    var makers: Set<Int> = []
    var visited: Set<Int> = []
    var open = [term]
    while let next = open.popLast() {
      guard next >= 0, visited.insert(next).inserted, case .made(let step, _, let reads) = terms[next] else { continue }
      makers.insert(step)
      open += reads
    }
    return makers
  }

  /// The first step outside the model that read something else than it would have without the model's steps.
  private func conflict(at term: Int) -> Place {
    let unseen = Set(
      numbers.compactMap { key, number -> Int? in
        if case .made(let step, _, _) = key, seen[number] == nil { step } else { nil }
      })
    guard let other = makers(of: term).filter(unseen.contains).min() else { return .absent }
    let reads = steps[other].named.reads
    let contained = steps[..<other].indices.last {
      isContained[$0] && !Set(steps[$0].named.writes).isDisjoint(with: reads)
    }
    return .mixed(contained: contained.map { steps[$0].words } ?? "", other: steps[other].words)
  }
}

extension Step {
  /// The step as steps that each can be contained in a model: every dropped column is one.
  fileprivate var parts: [Step] {
    if case .drop(let names) = self { names.map { .drop([$0]) } } else { [self] }
  }

  /// The columns that the step reads and those that it makes.
  fileprivate var named: (reads: [String], writes: [String]) {
    switch self {
    case .feature(let step): (step.reads, step.writes)
    case .rename(let pairs): (pairs.map(\.old), pairs.map(\.new))
    case .select, .drop, .choose, .label: ([], [])
    }
  }
}

extension [Step] {
  /// What a model keeps of the steps that it contains.
  var keys: [StepKey] { flatMap(\.parts).map(\.key) }
}
