import Kernels
import Plan
import Tables

/// The generalisation of some columns, the same for all rows of each, that loses least while the classes meet a demand (full-domain
/// generalisation with suppression: Samarati 2001, Protecting Respondents' Identities in Microdata Release).
///
/// The ways to take one rung of each column's ladder are a lattice. It is gone through by what the rungs lose, least first, so that the
/// search ends as soon as nothing that is left can be better, as in Flash (Kohlmayer et al. 2012) and OLA (El Emam et al. 2009). A column
/// starts at the lowest rung at which it meets k by itself: below it no other column helps (LeFevre et al. 2005, Incognito's subset
/// property). A lattice too large is climbed instead, always the column that tells most apart (Sweeney 2002, Datafly), and then down again
/// where that still will do. Which of both is done hangs on the rows alone: the same rows always give the same.
struct GeneralisationSearch {
  /// What was found.
  struct Found {
    /// A rung of each ladder.
    let rungs: [Int]
    /// From 0 to 1: what the rows that are kept lost on average, and all for the others.
    let loss: Double
    let left: Int
    let figures: Anonymity
    /// Whether no other way loses less.
    var isLeast: Bool
  }

  private let ladders: [GeneralisationLadder]
  private let sensitive: [SensitiveCodes]
  private let demand: AnonymityDemand
  /// How many rows may be left out.
  private let mostLeft: Int
  /// Of each ladder the places of the values; rows that are alike are one with a weight.
  private let places: [[Int32]]
  private let weights: [Int]
  private let rows: Int

  private static let mostNodes = 50_000
  /// So many rows are put into classes at most before a lattice is climbed.
  private static let mostWork = 40_000_000

  init(
    _ ladders: [GeneralisationLadder], _ sensitive: [SensitiveCodes], _ demand: AnonymityDemand, rows: Int,
    mostLeft: Int
  ) {
    self.ladders = ladders
    self.demand = demand
    self.rows = rows
    self.mostLeft = mostLeft
    let alike = RowClasses(
      rows: rows, by: ladders.map(\.places) + sensitive.map { $0.places.map { Int32(truncatingIfNeeded: $0) } })
    var weights = [Int](repeating: 0, count: alike.count)
    var first = [Int](repeating: 0, count: alike.count)
    for (row, own) in alike.ids.enumerated().reversed() {
      weights[own] += 1
      first[own] = row
    }
    self.weights = weights
    places = ladders.map { ladder in first.map { ladder.places[$0] } }
    self.sensitive = sensitive.map { column in
      SensitiveCodes(
        name: column.name, places: first.map { column.places[$0] }, count: column.count, isOrdered: column.isOrdered)
    }
  }

  /// The best way; nil where even one value for all will not do.
  func best(_ progress: Progress) throws(EngineError) -> Found? {
    let start = try lowest(progress)
    guard let nodes = nodes(from: start) else { return try climb(from: start, progress) }
    var best: Found?
    var work = 0
    for node in nodes {
      if let best, node.loss >= best.loss { return best }
      guard work < Self.mostWork else {
        guard var best else { return try climb(from: start, progress) }
        best.isLeast = false
        return best
      }
      work += weights.count
      if let found = try result(of: node.rungs, progress), found.loss < best?.loss ?? .infinity { best = found }
    }
    return best
  }

  // MARK: Nodes

  /// Of each ladder the lowest rung that leaves no more rows below k than may be left out, whatever the others do.
  private func lowest(_ progress: Progress) throws(EngineError) -> [Int] {
    var start: [Int] = []
    for (place, ladder) in ladders.enumerated() {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      let rung = ladder.rungs.indices.first { rung in
        var sizes = [Int](repeating: 0, count: ladder.width(rung))
        for (value, weight) in zip(places[place], weights) { sizes[Int(ladder.codes[rung][Int(value)])] += weight }
        return sizes.reduce(0) { $1 < demand.k ? $0 + $1 : $0 } <= mostLeft
      }
      start.append(rung ?? ladder.rungs.count - 1)
    }
    return start
  }

  /// All nodes from one on, those that lose least first, then those of the lowest rungs; nil where there are too many.
  private func nodes(from start: [Int]) -> [(rungs: [Int], loss: Double)]? {
    var count = 1
    for (ladder, rung) in zip(ladders, start) {
      count *= ladder.rungs.count - rung
      if count > Self.mostNodes { return nil }
    }
    var all: [(rungs: [Int], loss: Double)] = []
    var rungs = start
    for _ in 0..<count {
      all.append((rungs, loss(of: rungs)))
      for place in rungs.indices.reversed() {
        rungs[place] += 1
        if rungs[place] < ladders[place].rungs.count { break }
        rungs[place] = start[place]
      }
    }
    return all.sorted { one, other in
      let (low, high) = (one.rungs.reduce(0, +), other.rungs.reduce(0, +))
      if one.loss != other.loss { return one.loss < other.loss }
      return low != high ? low < high : one.rungs.lexicographicallyPrecedes(other.rungs)
    }
  }

  private func loss(of rungs: [Int]) -> Double {
    zip(ladders, rungs).reduce(0) { $0 + $1.0.losses[$1.1] } / Double(max(1, ladders.count))
  }

  /// What a node gives; nil where it leaves out more rows than it may, or all.
  private func result(of rungs: [Int], _ progress: Progress) throws(EngineError) -> Found? {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let codes = ladders.indices.map { place in
      let codes = ladders[place].codes[rungs[place]]
      return places[place].map { codes[Int($0)] }
    }
    let classed = ClassedRows(RowClasses(rows: weights.count, by: codes), weights: weights)
    let isKept = demand.met(by: classed, sensitive)
    let kept = zip(classed.sizes, isKept).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
    guard kept > 0, rows - kept <= mostLeft else { return nil }
    let share = Double(kept) / Double(rows)
    return Found(
      rungs: rungs, loss: loss(of: rungs) * share + 1 - share, left: rows - kept,
      figures: Anonymity(classed, sensitive, in: isKept), isLeast: true)
  }

  // MARK: Climbing

  private func climb(from start: [Int], _ progress: Progress) throws(EngineError) -> Found? {
    var rungs = start
    var reached = try result(of: rungs, progress)
    while reached == nil {
      let open = rungs.indices.filter { rungs[$0] + 1 < ladders[$0].rungs.count }
      let most = open.map { ladders[$0].different[rungs[$0]] }.max()
      guard let next = open.first(where: { ladders[$0].different[rungs[$0]] == most }) else { return nil }
      rungs[next] += 1
      reached = try result(of: rungs, progress)
    }
    for place in rungs.indices {
      while rungs[place] > start[place] {
        rungs[place] -= 1
        guard let lower = try result(of: rungs, progress), lower.loss < reached?.loss ?? .infinity else {
          rungs[place] += 1
          break
        }
        reached = lower
      }
    }
    reached?.isLeast = false
    return reached
  }
}
