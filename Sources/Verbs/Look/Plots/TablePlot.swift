import Display
import Interpreter
import Kernels
import Notation
import Plan
import Tables

/// A plot of rows that was asked for: columns by name, the mark once their types are known.
struct TablePlot: Sendable {
  let mark: PlotMark
  let columns: [String]
  var by: String?
  var facet: String?
  var bins: Int?
  var measure: Associations.Measure?
  var scale = Plot.Scale.linear

  /// The columns that it reads.
  var names: Set<String> { Set(columns + [by, facet].compactMap { $0 }) }

  /// The plot with notes on what it leaves out. Throws what computing the rows throws.
  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    switch mark {
    case .hist:
      var displays: [Display] = []
      for column in columns { displays += try HistogramPlot(self, column).displays(looked, progress) }
      return displays
    case .bar, .line: return try SumPlot(self).displays(looked, progress)
    case .box: return try BoxPlot(self).displays(looked, progress)
    case .scatter: return try ScatterPlot(self).displays(looked, progress)
    case .heatmap: return try HeatmapPlot(self).displays(looked, progress)
    case .correlation: return try CorrelationPlot(self).displays(looked, progress)
    case .pairs: return try PairsPlot(self).displays(looked, progress)
    case .missing: return try MissingPlot(self).displays(looked, progress)
    case .roc, .pr, .calibration, .confusion, .residuals, .importance, .coefficients, .tree: return []
    }
  }

  /// One plot for each column, by what its type asks for.
  static func overview(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    let known = looked.rows.columns.compactMap { column, _ in
      PlotMark.standard([column.type]).map { TablePlot(mark: $0, columns: [column.name]) }
    }
    var displays: [Display] = []
    for plot in known.prefix(PlotMark.mostColumns) { displays += try plot.displays(looked, progress) }
    if known.count > PlotMark.mostColumns {
      let rest = known.dropFirst(PlotMark.mostColumns).flatMap(\.columns)
      displays.append(.note("plot: \(counted(rest.count, "more column")): \(NameList.of(rest))"))
    }
    return displays
  }

  /// `age by sex in titanic, 1309 rows`
  func title(_ what: String, _ looked: LookedRows) -> String {
    let groups = [by.map { " by \($0)" }, facet.map { " for each \($0)" }].compactMap { $0 }.joined()
    return "\(what)\(groups) in \(looked.name), \(counted(looked.rows.rowCount, "row"))"
  }

  /// What is said of rows without a value.
  static func missing(_ count: Int, _ names: [String]) -> [String] {
    guard count > 0 else { return [] }
    return ["\(counted(count, "row")) without \(names.count > 1 ? "a value of " : "")\(NameList.of(names)) left out"]
  }

  /// What is said where no row can be drawn: of columns without any value, or of rows that have not all of them.
  func nothing(_ looked: LookedRows) -> Display {
    let empty = looked.rows.columns(columns).filter { $0.missing == looked.rows.rowCount }.map(\.field.name)
    if empty.isEmpty { return .note("plot: no row has a value to draw of \(NameList.of(columns))") }
    return .note("plot: \(NameList.of(empty)) \(empty.count > 1 ? "have" : "has") no value to draw")
  }

  static func notes(_ words: [String]) -> [Display] {
    words.isEmpty ? [] : [.notes(words.map { Note("plot: \($0)") })]
  }
}

/// Sums of rows by a place on the x axis, the value of `by` and that of `facet`.
struct PlotSums {
  struct Key: Hashable {
    let x: Int
    let by: Int
    let facet: Int
  }

  private let plot: TablePlot
  private var by = ValuePlaces(most: ValuePlaces.mostGroups)
  private var facet = ValuePlaces(most: ValuePlaces.mostGroups)
  private var sums: [Key: Sum] = [:]

  private struct Sum {
    /// By which the numbers are made smaller, so that no count of rows adds them up to more than a number can be.
    private static let scale = 0x1p-64

    private(set) var rows = 0
    private var sum = 0.0
    private var scaled = 0.0

    mutating func add(_ number: Double) {
      rows += 1
      sum += number
      scaled += number * Self.scale
    }

    var mean: Double { sum.isFinite ? sum / Double(rows) : scaled / Double(rows) / Self.scale }
  }

  init(_ plot: TablePlot) { self.plot = plot }

  /// Adds rows at these places, −1 for none; of `numbers` what is missing counts not at all. Gives how many of them had a place.
  mutating func add(_ chunk: Table, at places: [Int], _ numbers: Column? = nil) -> Int {
    let byPlaces = plot.by.flatMap { chunk[$0] }.map { by.places(of: $0) }
    let facetPlaces = plot.facet.flatMap { chunk[$0] }.map { facet.places(of: $0) }
    var added = 0
    for (row, x) in places.enumerated() where x >= 0 {
      let key = Key(x: x, by: byPlaces?[row] ?? 0, facet: facetPlaces?[row] ?? 0)
      var number = 0.0
      if let numbers {
        guard let place = numbers[row].place else { continue }
        number = place
      }
      added += 1
      guard key.by >= 0, key.facet >= 0 else { continue }
      sums[key, default: Sum()].add(number)
    }
    return added
  }

  /// The plot's data: panels, in them series, in them x in the order given; groups beyond what can be told apart are left out, and
  /// said. `height` makes y of the rows and the mean of the numbers.
  func data(
    x: (name: String, type: ColumnType, cells: [(place: Int, cell: Cell)]), y: String, height: (Int, Double) -> Double
  ) -> PlotData {
    var data = PlotData(plot, x: x.name, y: y)
    let panels = data.kept(facet, plot.facet, most: Plot.mostPanels)
    let series = data.kept(by, plot.by, most: Plot.mostSeries)
    for panel in panels {
      for one in series {
        for (place, cell) in x.cells {
          guard let sum = sums[Key(x: place, by: one.place, facet: panel.place)] else { continue }
          data.add(x: cell, y: height(sum.rows, sum.mean), by: one.cell, facet: panel.cell)
        }
      }
    }
    data.xType = x.type
    return data
  }
}

/// The columns of a plot as they are put together, under names of their own.
struct PlotData {
  let x: String
  let y: String
  var xType = ColumnType.float
  private(set) var notes: [String] = []
  private let by: String?
  private let facet: String?
  private var cells: (x: [Cell], y: [Double], by: [Cell], facet: [Cell]) = ([], [], [], [])

  init(_ plot: TablePlot, x: String, y: String) {
    var names = FreeNames(besides: [])
    self.x = names.take(x)
    self.y = names.take(y)
    by = plot.by.map { names.take($0) }
    facet = plot.facet.map { names.take($0) }
  }

  /// The groups of a column that are drawn; one of all rows where there is no column.
  mutating func kept(_ values: ValuePlaces, _ name: String?, most: Int) -> [(place: Int, cell: Cell)] {
    guard let name else { return [(0, .missing)] }
    let order = values.order
    let frequent = order.sorted { (values.rows[$0], $1) > (values.rows[$1], $0) }.prefix(most)
    let kept = order.filter(Set(frequent).contains)
    let rest = order.count - kept.count
    if rest > 0 || values.rowsBeyond > 0 {
      let rows = values.rows.reduce(0, +) - kept.reduce(0) { $0 + values.rows[$1] } + values.rowsBeyond
      notes.append("\(kept.count) of the values of \(name) are drawn; the others are \(counted(rows, "row"))")
    }
    return kept.map { ($0, values.values[$0]) }
  }

  var rowCount: Int { cells.y.count }

  mutating func add(x: Cell, y: Double, by: Cell, facet: Cell) {
    cells.x.append(x)
    cells.y.append(y)
    cells.by.append(by)
    cells.facet.append(facet)
  }

  func plot(
    _ mark: Plot.Mark, title: String, _ scale: Plot.Scale = .linear, edges: [Double] = []
  ) -> Plot {
    var columns = [(x, Column.from(cells.x, type: xType)), (y, .float(Cells(cells.y)))]
    if let by { columns.append((by, Self.column(cells.by))) }
    if let facet { columns.append((facet, Self.column(cells.facet))) }
    return Plot(
      mark, x: x, y: y, colour: by, facet: facet, title: title, yScale: scale, edges: edges, data: Table(columns))
  }

  private static func column(_ cells: [Cell]) -> Column {
    Column.from(cells, type: cells.lazy.compactMap(\.type).first ?? .text)
  }
}
