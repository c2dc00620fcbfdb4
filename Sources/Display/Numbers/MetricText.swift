/// The figures of a metric as text, shared by the renderers.
enum MetricText {
  /// Whole numbers without decimals, others with four significant digits and the decimals common to the row.
  static func figures(_ row: MetricsDisplay.Row, unicode: Bool = true) -> [String?] {
    let values = row.figures.flatMap { figure in [figure?.value, figure?.spread].compactMap { $0 } }
    let areWhole = values.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
    var texts = NumberText.column(values, areWhole ? .decimals(0) : .automatic).makeIterator()
    return row.figures.map { figure in
      guard let figure, figure.value != nil, let value = texts.next() else { return nil }
      guard figure.spread != nil, let spread = texts.next() else { return value }
      return "\(value) \(unicode ? "±" : "+-") \(spread)"
    }
  }
}
