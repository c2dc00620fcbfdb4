import Kernels
import Plan
import Tables

/// How a table is made anonymous: what its columns become, how many rows are left out, and what that gives and costs.
public struct Anonymising: Sendable {
  public struct Column: Sendable {
    public let name: String
    public let way: Generalisation
    /// How many values there were, and how many there are; a missing cell is one.
    public let before: Int
    public let after: Int
    /// The share of its entropy that is gone.
    public let lost: Double
  }

  public let columns: [Column]
  /// The steps that make the rows at hand anonymous.
  public let steps: [Step]
  public let left: Int
  /// From 0 to 1, over all columns, rows that are left out having lost all.
  public let lost: Double
  public let figures: Anonymity
  /// Whether no other generalisation of whole columns loses less.
  public let isLeast: Bool

  /// Of the columns of a table. Throws where the demand cannot be met by leaving out that share of the rows at most.
  public init(
    of table: Table, quasi: [String], sensitive: [String], _ demand: AnonymityDemand, leavingOut share: Double,
    _ progress: Progress
  ) throws(EngineError) {
    do throws(OutOfMemory) { try Memory.require(table.rowCount * 12 * (quasi.count + sensitive.count + 6)) } catch {
      throw EngineError(error, rows: table.rowCount)
    }
    var ladders: [GeneralisationLadder] = []
    for name in quasi { ladders.append(try GeneralisationLadder(name, of: table, k: demand.k, progress)) }
    var hidden: [SensitiveCodes] = []
    for name in sensitive {
      let (found, type) = try table.categories(of: name, progress)
      hidden.append(SensitiveCodes(name, found, type))
    }
    let mostLeft = Int((share * Double(table.rowCount)).rounded(.down))
    let search = GeneralisationSearch(ladders, hidden, demand, rows: table.rowCount, mostLeft: mostLeft)
    guard let found = try search.best(progress) else {
      throw EngineError(.privacy(.notAnonymous(demand: demand.words, rows: table.rowCount, leavingOut: mostLeft)))
    }
    columns = zip(ladders, found.rungs).map { ladder, rung in
      Column(
        name: ladder.column, way: ladder.rungs[rung], before: ladder.different[0], after: ladder.different[rung],
        lost: ladder.losses[rung])
    }
    steps = [
      .feature(AnonymisedColumns(columns.map { ($0.name, $0.way) }, demand)),
      .choose(HiddenRows(by: quasi, sensitive: sensitive, demand)),
    ]
    left = found.left
    lost = found.loss
    figures = found.figures
    isLeast = found.isLeast
  }
}
