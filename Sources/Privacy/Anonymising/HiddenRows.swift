import Kernels
import Plan
import Tables

/// Keeps the rows whose classes meet a demand, and leaves out the others.
public struct HiddenRows: RowChooser {
  private let quasi: [String]
  private let sensitive: [String]
  private let demand: AnonymityDemand

  public init(by quasi: [String], sensitive: [String], _ demand: AnonymityDemand) {
    self.quasi = quasi
    self.sensitive = sensitive
    self.demand = demand
  }

  public var words: String { "anonymise \(quasi.joined(separator: ", ")): only rows that hide, \(demand.words)" }
  public var key: StepKey {
    StepKey("hidden rows", [demand.words, "\(quasi.count)"] + quasi.sorted() + sensitive.sorted())
  }
  public var reads: [String] { quasi + sensitive }
  public var choice: RowDependence { .rows }

  public func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows {
    var codes: [[Int32]] = []
    for name in quasi { codes.append(try table.categories(of: name, progress).found.codes) }
    var hidden: [SensitiveCodes] = []
    for name in sensitive {
      let (found, type) = try table.categories(of: name, progress)
      hidden.append(SensitiveCodes(name, found, type))
    }
    let classes = RowClasses(rows: table.rowCount, by: codes)
    let rows = ClassedRows(classes, weights: [Int](repeating: 1, count: table.rowCount))
    let isKept = demand.met(by: rows, hidden)
    return ChosenRows(rows: classes.ids.indices.filter { isKept[classes.ids[$0]] })
  }
}
