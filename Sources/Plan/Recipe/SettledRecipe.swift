import Expressions
import Kernels
import Tables

/// Recorded steps whose statistics are settled on all rows, through which the rows go a chunk at a time.
///
/// What comes out, chunk after chunk, are the rows that fitting the recipe on the whole table gives, whatever the sizes of the chunks.
public struct SettledRecipe: Sendable {
  private enum Stage: Sendable {
    /// Looks at each row by itself.
    case step(Step)
    case fitted(any FeatureStep, any FittedStep)
    case choose(any RowChooser)
    /// The rows to keep of those that reach the stage, in ascending order.
    case keep([Int32])
  }

  private var stages: [Stage] = []

  public init() {}

  /// The recipe with one more step, and what the step has to say.
  ///
  /// `rows` gives the columns named of all rows that the recipe leaves so far. Throws what the step throws, and `tooLarge` for an order
  /// of rows, which no chunk can know alone.
  public func appending(
    _ step: Step, _ progress: Progress,
    rows: ([String]) throws(EngineError) -> Table
  ) throws(EngineError) -> (recipe: SettledRecipe, remarks: [StageRemark]) {
    var next = self
    switch step {
    case .feature(let feature) where feature.isFitted:
      let fitted = try feature.fit(on: try rows(feature.reads), progress)
      next.stages.append(.fitted(feature, fitted))
      return (next, fitted.remark.map { [$0] } ?? [])
    case .choose(let chooser): return try appending(chooser, progress, rows: rows)
    case .feature, .select, .drop, .rename, .label:
      next.stages.append(.step(step))
      return (next, [])
    }
  }

  private func appending(
    _ chooser: any RowChooser, _ progress: Progress, rows: ([String]) throws(EngineError) -> Table
  ) throws(EngineError) -> (recipe: SettledRecipe, remarks: [StageRemark]) {
    var next = self
    switch chooser.choice {
    case .none:
      next.stages.append(.choose(chooser))
      return (next, [])
    case .statistics:
      next.stages.append(.choose(try chooser.settled(on: try rows(chooser.reads), progress)))
      return (next, [])
    case .rows:
      let table = try rows(chooser.reads)
      let chosen = try chooser.choose(from: table, progress)
      var count = ChoiceCount()
      count.add(chosen, of: table.rowCount)
      next.stages.append(.keep(chosen.rows.map { Int32(truncatingIfNeeded: $0) }))
      return (next, count.remarks(of: chooser))
    case .order:
      throw EngineError(.rows(.unordered(chooser.words)))
    }
  }

  /// The steps that it takes to make the columns named, and the raw columns that those read.
  public func restricted(to columns: Set<String>) -> (recipe: SettledRecipe, reads: Set<String>) {
    var needed = columns
    var kept: [Stage] = []
    for stage in stages.reversed() {
      switch stage {
      case .step(.rename(let pairs)):
        let asked = pairs.filter { needed.contains($0.new) }
        needed.subtract(asked.map(\.new))
        needed.formUnion(asked.map(\.old))
        if !asked.isEmpty { kept.append(.step(.rename(asked))) }
        // The others are gone by their old names: one may be that of another column from here on.
        let others = pairs.filter { pair in !asked.contains { $0.old == pair.old } }.map(\.old)
        if !others.isEmpty { kept.append(.step(.drop(others))) }
        continue
      case .step(.feature(let feature)), .fitted(let feature, _):
        if needed.isDisjoint(with: feature.writes) { continue }
        needed.subtract(feature.writes)
        needed.formUnion(feature.reads)
      case .choose(let chooser): needed.formUnion(chooser.reads)
      case .step, .keep: break
      }
      kept.append(stage)
    }
    var recipe = SettledRecipe()
    recipe.stages = kept.reversed()
    return (recipe, needed)
  }

  /// Whether the rows go through as they are.
  public var isEmpty: Bool { stages.isEmpty }

  /// The steps on their way through the rows from the first chunk to the last.
  public func pass() -> Pass { Pass(self) }

  /// One going through all rows.
  public struct Pass: Sendable {
    private let stages: [Stage]
    /// For each stage that keeps rows by their places how many reached it.
    private var reached: [Int]
    private var counts: [ChoiceCount]
    private var made: [EvaluationCounts]
    /// What a stage filled.
    private var fills: [[FilledColumn]]
    /// What a stage did to the cells that it read.
    private var changes: [CellChanges?]

    fileprivate init(_ recipe: SettledRecipe) {
      stages = recipe.stages
      reached = stages.map { _ in 0 }
      counts = stages.map { _ in ChoiceCount() }
      made = stages.map { _ in EvaluationCounts() }
      fills = stages.map { _ in [] }
      changes = stages.map { _ in nil }
    }

    /// Whether a stage keeps rows by their places among all, so that chunks have to come in their order.
    public var isOfPlaces: Bool { stages.contains { if case .keep = $0 { true } else { false } } }

    /// Takes up what another going through has to say of the chunks that went through it.
    public mutating func add(_ other: Pass) {
      for place in stages.indices {
        counts[place].add(other.counts[place])
        made[place] += other.made[place]
        fills[place] = fills[place].followed(by: other.fills[place])
        change(place, other.changes[place])
      }
    }

    /// The rows that come of the next chunk.
    public mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> Table {
      var run = RecipeRun(raw: chunk, rows: RowList(0..<chunk.rowCount), steps: [])
      run.isPart = true
      for (place, stage) in stages.enumerated() {
        run.counts = EvaluationCounts()
        run.changes = nil
        run.fills = []
        switch stage {
        case .step(let step): try run.apply(step, at: place, choosing: true, progress)
        case .fitted(let feature, let fitted): try run.transform(feature, by: fitted, progress)
        case .choose(let chooser):
          let chosen = try chooser.choose(from: run.table(chooser.reads), progress)
          counts[place].add(chosen, of: run.rowCount)
          run.keep(rows: RowList(chosen.rows))
        case .keep(let kept): run.keep(rows: rows(of: kept, at: place, count: run.rowCount))
        }
        made[place] += run.counts
        change(place, run.changes)
        fills[place] = fills[place].followed(by: run.fills)
      }
      return run.result.table
    }

    private mutating func change(_ place: Int, _ more: CellChanges?) {
      guard let more else { return }
      changes[place] = changes[place]?.followed(by: more) ?? more
    }

    /// Of the rows that a stage keeps in all, those of the chunk at hand, by their places in it.
    private mutating func rows(of kept: [Int32], at place: Int, count: Int) -> RowList {
      let first = reached[place]
      reached[place] += count
      let start = kept.partition(below: first)
      let end = kept.partition(below: first + count)
      return RowList(kept[start..<end].map { Int($0) - first })
    }

    /// What the last stage has to say of the rows that went through it.
    public func lastRemarks() -> [StageRemark] {
      guard let stage = stages.last, let place = stages.indices.last else { return [] }
      var remarks: [StageRemark] = []
      if case .choose(let chooser) = stage { remarks += counts[place].remarks(of: chooser) }
      remarks += made[place].remarks
      return remarks + [changes[place]?.remark, fills[place].remark].compactMap { $0 }
    }
  }
}

extension [Int32] {
  /// How many of ascending numbers are below one. O(log n).
  fileprivate func partition(below bound: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle]) < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
