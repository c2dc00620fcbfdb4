import Display
import Interpreter
import Notation
import Tables

/// All that is known of one column, with pictures.
struct ColumnDetails {
  private let column: ColumnProfile
  private let top: Int
  /// Whether pictures may have many bars.
  private let isFine: Bool

  init(_ column: ColumnProfile, top: Int, isFine: Bool) {
    self.column = column
    self.top = top
    self.isFine = isFine
  }

  var display: Display {
    let parts: [Display?] = [.facts(facts), picture, weekdays, frequent, ends, characters]
    return .group([.heading(column.name)] + parts.compactMap { $0 })
  }

  // MARK: Figures

  private var facts: [Fact] {
    let semantics = column.semantics.map { found in
      found.share < 1
        ? "\(found.type.rawValue) (\(AlertTable.percent(found.share)) of the values)" : found.type.rawValue
    }
    var facts = [Fact("type", column.type.rawValue)]
    if let semantics { facts.append(Fact("about", semantics)) }
    facts += [Fact("rows", column.count), Fact("missing", column.missing)]
    if let distinct = column.distinct {
      facts.append(
        distinct.isApproximate ? Fact("distinct", "~\(distinct.count)") : Fact("distinct", distinct.count))
    }
    if let most = column.top.first { facts.append(Fact("mode", most.value)) }
    facts += numbers + dates + truths + texts
    if let order = column.order, column.valid > 1 { facts.append(Fact("order", words(order))) }
    return facts
  }

  private var numbers: [Fact] {
    guard let numbers = column.numbers else { return [] }
    func fact(_ name: String, _ value: Double?) -> Fact { Fact(name, value.map(Cell.float) ?? .missing) }
    let (mean, deviation) = (numbers.mean, numbers.standardDeviation)
    let variation = mean.flatMap { mean in deviation.flatMap { mean == 0 ? nil : $0 / abs(mean) } }
    return [
      fact("mean", mean), fact("sd", deviation), fact("variation", variation), fact("skewness", numbers.skewness),
      fact("kurtosis", numbers.kurtosis), Fact("min", column.minimum ?? .missing),
    ]
      + numbers.quantiles.map { fact(Self.name($0.share), $0.value) }
      + [
        Fact("max", column.maximum ?? .missing),
        fact("between quartiles", numbers.upperQuartile - numbers.lowerQuartile),
        fact("distance from median", numbers.distanceFromMedian), Fact("zeros", numbers.zeros),
        Fact("negative", numbers.negatives), Fact("infinite", numbers.infinites),
      ]
  }

  private static func name(_ share: Double) -> String {
    switch share {
    case 0.25: "q1"
    case 0.5: "median"
    case 0.75: "q3"
    default: "\(NumberText.fixed(share * 100, 0)) %"
    }
  }

  private var dates: [Fact] {
    guard column.type == .date || column.type == .datetime, let low = column.minimum, let high = column.maximum else {
      return []
    }
    let days: Double? =
      switch (low, high) {
      case (.date(let first), .date(let last)): Double(last) - Double(first)
      case (.datetime(let first), .datetime(let last)): (Double(last) - Double(first)) / 86_400_000_000
      default: nil
      }
    return [Fact("first", low), Fact("last", high)] + (days.map { [Fact("days between", $0)] } ?? []) + gaps
  }

  private var gaps: [Fact] {
    guard let dates = column.dates, let gap = dates.gap, let step = dates.step else { return [] }
    let (size, unit) = column.type == .date ? (Double(step), "day") : (Double(step) / 1e6, "second")
    let usual = size == 1 ? "1 \(unit)" : "\(NumberText.figure(size)) \(unit)s"
    return [
      Fact("usual step", usual), Fact("longer steps", dates.gaps),
      Fact("longest gap", "\(gap.from) to \(gap.to)"),
    ]
  }

  private var truths: [Fact] {
    column.truths.map { [Fact("true", $0), Fact("false", column.valid - $0)] } ?? []
  }

  private var texts: [Fact] {
    guard let lengths = column.lengths else { return [] }
    var facts = [
      Fact("shortest", lengths.minimum), Fact("mean length", lengths.mean), Fact("longest", lengths.maximum),
      Fact("min", column.minimum ?? .missing), Fact("max", column.maximum ?? .missing),
    ]
    guard let shape = column.shape else { return facts }
    if let median = shape.medianLength { facts.insert(Fact("median length", median), at: 2) }
    facts += [
      Fact("words each", Double(shape.words) / Double(max(1, shape.count))), Fact("blank", shape.blank),
      Fact("outer blanks", shape.padded), Fact("several lines", shape.multiline), Fact("ASCII only", shape.ascii),
    ]
    let casings = TextShape.Casing.allCases.filter { shape.texts($0) > 0 }
    facts.append(
      Fact("case", casings.map { "\($0 == .none ? "no letters" : "\($0)") \(shape.texts($0))" }.joined(separator: ", "))
    )
    return facts
  }

  private func words(_ order: ValueOrder) -> String {
    let ties = column.valid - 1 - order.rises - order.falls
    if order.falls == 0 { return ties == 0 ? "rising" : order.rises == 0 ? "all the same" : "never falling" }
    if order.rises == 0 { return ties == 0 ? "falling" : "never rising" }
    return "\(counted(order.rises, "rise")), \(counted(order.falls, "fall"))"
  }

  // MARK: Tables

  private func counts(_ values: [ValueCount], _ name: String) -> DisplayTable {
    var table = DisplayTable(
      [name, "count", "share"], types: [column.type, .int, .float],
      rows: values.map { value in
        [value.value, .int(Int64(value.count)), .float(Double(value.count) / Double(max(1, column.valid)))]
      })
    table.columns[2].format = .decimals(3)
    return table
  }

  private var frequent: Display? {
    let values = Array(column.top.prefix(max(top, 5)))
    // Where each value stands once, the first of them say nothing.
    guard let most = values.first, most.count > 1 || column.valid <= values.count, column.type != .bool else {
      return nil
    }
    return .table(counts(values, "most frequent"))
  }

  private var ends: Display? {
    guard let ends = column.ends, let distinct = column.distinct, distinct.count > max(top, 5) else { return nil }
    return .group([.table(counts(ends.least, "least")), .table(counts(ends.greatest, "greatest"))])
  }

  private var weekdays: Display? {
    guard let dates = column.dates else { return nil }
    var table = DisplayTable(
      ["weekday", "count", "share"], types: [.text, .int, .float],
      rows: zip(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], dates.weekdays).map { name, count in
        [.text(name), .int(Int64(count)), .float(Double(count) / Double(max(1, column.valid)))]
      })
    table.columns[2].format = .decimals(3)
    return .table(table)
  }

  private var characters: Display? {
    guard let shape = column.shape, shape.allCharacters > 0 else { return nil }
    let kinds = TextShape.CharacterKind.allCases.filter { shape.characters($0) > 0 }
    var table = DisplayTable(
      ["characters", "count", "share"], types: [.text, .int, .float],
      rows: kinds.map { kind in
        [
          .text(Self.name(kind)), .int(Int64(shape.characters(kind))),
          .float(Double(shape.characters(kind)) / Double(shape.allCharacters)),
        ]
      })
    table.columns[0].isProse = true
    table.columns[2].format = .decimals(3)
    return .table(table)
  }

  private static func name(_ kind: TextShape.CharacterKind) -> String {
    switch kind {
    case .lower: "small letters"
    case .upper: "capital letters"
    case .otherLetter: "other letters"
    case .digit: "digits"
    case .blank: "blanks"
    case .punctuation: "signs"
    case .other: "others"
    }
  }

  // MARK: Pictures

  /// How the values are spread: numbers in bins, a few values as bars, texts by their lengths.
  private var picture: Display? {
    if let distinct = column.distinct, !distinct.isApproximate, distinct.count <= column.top.count,
      distinct.count <= (isFine ? 25 : 12), column.type != .float, distinct.count > 1
    {
      return bars
    }
    if let histogram = column.numbers?.histogram { return binned(histogram) }
    if let dates = column.dates { return timeline(dates) }
    guard let shape = column.shape, let lengths = shape.lengthHistogram(bins: isFine ? 30 : 10),
      lengths.counts.count > 1
    else { return nil }
    return plot(lengths.counts, lengths.edges, "characters", "texts")
  }

  private var bars: Display {
    var values = column.top
    if column.type == .int || column.type == .bool {
      values.sort { ($0.value.number ?? 0) < ($1.value.number ?? 0) }
    }
    let data = Table([
      ("value", .text(TextCells(values.map { $0.value.name }))), ("rows", .int(Cells(values.map { Int64($0.count) }))),
    ])
    return .plot(Plot(.bar, x: "value", y: "rows", data: data))
  }

  private func binned(_ histogram: NumberHistogram) -> Display? {
    let counts = isFine ? histogram.fine : histogram.counts
    let bins = HistogramBins(
      from: histogram.lower, to: histogram.upper, rows: column.valid, bins: counts.count, type: .float)
    guard bins.count == counts.count else { return nil }
    return plot(counts, bins.edges, "value", "rows")
  }

  /// Dates and moments in stretches of equal length.
  private func timeline(_ dates: DateProfile) -> Display? {
    guard let low = column.minimum?.place, let high = column.maximum?.place, dates.histogram.count > 1 else {
      return nil
    }
    // A screen has room for a third of them.
    let counts =
      isFine || dates.histogram.count % 3 != 0
      ? dates.histogram
      : stride(from: 0, to: dates.histogram.count, by: 3).map { dates.histogram[$0..<$0 + 3].reduce(0, +) }
    let bins = HistogramBins(from: low, to: high, rows: column.valid, bins: counts.count, type: .float)
    guard bins.count == counts.count else { return nil }
    return plot(counts, bins.edges, column.type == .date ? "day" : "moment", "rows", column.type)
  }

  private func plot(
    _ counts: [Int], _ edges: [Double], _ x: String, _ y: String, _ type: ColumnType = .float
  ) -> Display {
    let data = Table([
      (x, .from(edges.dropLast().map { Cell.at($0, type) }, type: type)), (y, .int(Cells(counts.map { Int64($0) }))),
    ])
    return .plot(Plot(.histogram, x: x, y: y, edges: edges, data: data))
  }
}
