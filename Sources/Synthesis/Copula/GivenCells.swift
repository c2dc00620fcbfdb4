import Plan
import Tables

/// Cells that all made rows have.
struct GivenCells: Sendable {
  private let model: CopulaModel
  private let cells: [Int: Cell]

  /// Throws `badOption` for a column whose cells are made up, and `unknownColumn`.
  init(_ given: [(column: String, value: Cell)], _ model: CopulaModel) throws(EngineError) {
    self.model = model
    var cells: [Int: Cell] = [:]
    for (name, value) in given {
      guard let place = model.members.firstIndex(where: { $0.name == name }) else {
        throw EngineError(.column(.unknown(name, in: model.name)))
      }
      let isMadeUp = model.groups.allSatisfy { place != model.by && !($0.marginals[place]?.isLatent ?? true) }
      if isMadeUp, value != .missing { throw EngineError(.synthesis(.notGiven(name))) }
      cells[place] = value
    }
    self.cells = cells
  }

  func value(of column: Int) -> Cell? { cells[column] }

  /// What to say where no group has the cells.
  var impossible: SynthesisProblem {
    let place = cells.keys.sorted().first { place in
      model.groups.allSatisfy { likelihood(place, cells[place] ?? .missing, $0) == 0 }
    }
    let named = place ?? cells.keys.sorted().first ?? 0
    return .neverMade(cells[named]?.description ?? "", column: model.members.isEmpty ? "" : model.members[named].name)
  }

  /// How likely the cells are in a group, up to a factor that all groups share; of several columns as if they hung together in no way.
  func likelihood(in group: CopulaModel.Group) -> Double {
    cells.keys.sorted().reduce(1) { $0 * likelihood($1, cells[$1] ?? .missing, group) }
  }

  private func likelihood(_ column: Int, _ value: Cell, _ group: CopulaModel.Group) -> Double {
    if column == model.by { return group.value == value ? 1 : 0 }
    let missing = pattern(of: column).map { group.missing[$0] } ?? (group.marginals[column] == nil ? 1 : 0)
    if value == .missing { return missing }
    switch group.marginals[column] {
    case .levels(let levels)?: return levels.place(of: value).map { levels.shares[$0] * (1 - missing) } ?? 0
    case .quantiles(let quantiles)?: return value.place.map { quantiles.density($0) * (1 - missing) } ?? 0
    case .sequence?, .form?, nil: return 0
    }
  }

  private func pattern(of column: Int) -> Int? { model.patterns.firstIndex { $0.contains(column) } }

  /// Between which normal numbers the given dimensions of a group lie.
  func bounds(in group: CopulaModel.Group) -> [Int: ClosedRange<Double>] {
    var bounds: [Int: ClosedRange<Double>] = [:]
    for column in cells.keys.sorted() where column != model.by {
      let value = cells[column] ?? .missing
      if let pattern = pattern(of: column) {
        let threshold = NormalDistribution.quantile(group.missing[pattern])
        bounds[model.latent.count + pattern] =
          value == .missing ? -Double.infinity...threshold : threshold...Double.infinity
      }
      guard let dimension = model.latent.firstIndex(of: column) else { continue }
      switch group.marginals[column] {
      case .levels(let levels)?:
        guard let place = levels.place(of: value) else { continue }
        bounds[dimension] = levels.bounds[place]...levels.bounds[place + 1]
      case .quantiles(let quantiles)?:
        guard let number = value.place else { continue }
        let z = NormalDistribution.quantile(min(max(quantiles.share(below: number), 1e-6), 1 - 1e-6))
        bounds[dimension] = z...z
      case .sequence?, .form?, nil: continue
      }
    }
    return bounds
  }
}

extension Quantiles {
  /// How dense values are at a number, 0 outside of the knots: the share of a flat part, or what lies on a line over its length.
  fileprivate func density(_ value: Double) -> Double {
    guard let first = knots.first, let last = knots.last, value >= first, value <= last else { return 0 }
    let (low, high) = (knots.lowestPlace { $0 >= value }, knots.lowestPlace { $0 > value })
    let count = Double(knots.count - 1)
    if high > low + 1 { return Double(high - low) / count }
    let above = min(max(1, high), knots.count - 1)
    let length = knots[above] - knots[above - 1]
    return length > 0 ? 1 / (count * length) : 1 / count
  }
}
