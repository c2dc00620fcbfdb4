import Glibc
import Notation
import Tables

/// One axis: the range it covers and the places that get a label.
struct PlotAxis {
  enum Kind { case number, date, datetime, category }

  let title: String
  let kind: Kind
  let isLog: Bool
  /// In transformed units (base-10 logarithms on a logarithmic axis); never empty.
  let low: Double
  let high: Double
  /// Ascending places in transformed units with their labels.
  let ticks: [(place: Double, label: String)]

  /// Over the values given, in transformed units. `includingZero` makes room for bars.
  init(
    title: String, kind: Kind = .number, values: [Double], isLog: Bool = false, includingZero: Bool = false,
    wanted: Int = 5
  ) {
    self.title = SafeText.escaped(title)
    self.kind = kind
    self.isLog = isLog
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    if includingZero {
      low = min(low, 0)
      high = max(high, 0)
    }
    if !(high > low) {
      let middle = low.isFinite ? low : 0
      let room = max(abs(middle) * 0.1, 0.5)
      (low, high) = (Self.bounded(middle - room), Self.bounded(middle + room))
    }
    let places = Self.nicePlaces(low, high, wanted: wanted, step: kind == .number ? nil : 1)
    self.low = kind == .number ? min(low, places.first ?? low) : low
    self.high = kind == .number ? max(high, places.last ?? high) : high
    let (axisLow, axisHigh) = (self.low, self.high)
    let inside = places.filter { $0 >= axisLow && $0 <= axisHigh }
    ticks = Array(zip(inside, Self.labels(inside, kind: kind, isLog: isLog)))
  }

  /// An axis of labelled places 0, 1, 2 … with half a place of room on each side.
  init(title: String, categories: [String]) {
    self.title = SafeText.escaped(title)
    kind = .category
    isLog = false
    low = -0.5
    high = Double(max(categories.count, 1)) - 0.5
    ticks = categories.enumerated().map { (Double($0.offset), $0.element) }
  }

  /// Where a place lies between the ends of the axis, 0 … 1.
  func fraction(_ place: Double) -> Double { Self.fraction(place, from: low, to: high) }

  /// The same between any ends: by halves where their distance is more than a number can be.
  static func fraction(_ place: Double, from low: Double, to high: Double) -> Double {
    let span = high - low
    return span.isFinite ? (place - low) / span : (place / 2 - low / 2) / (high / 2 - low / 2)
  }

  /// The nearest number that is finite.
  static func bounded(_ place: Double) -> Double {
    min(max(place, -Double.greatestFiniteMagnitude), Double.greatestFiniteMagnitude)
  }

  /// Multiples of 1, 2 or 5 times a power of ten that cover low … high in about `wanted` steps (Heckbert, "Nice Numbers
  /// for Graph Labels", Graphics Gems). `step` is the least step allowed.
  static func nicePlaces(_ low: Double, _ high: Double, wanted: Int, step least: Double? = nil) -> [Double] {
    let (span, steps) = (high - low, Double(max(2, wanted)))
    let rough = span.isFinite ? span / steps : high / steps - low / steps
    guard rough > 0, rough.isFinite else { return [] }
    let power = pow(10, floor(log10(rough)))
    let factor: Double = [1, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10
    let step = max(factor * power, least ?? 0)
    let first = floor(low / step + 1e-9)
    let last = ceil(high / step - 1e-9)
    guard last - first <= 1000, abs(first) < 1e15 else { return [low, high] }
    return (0...max(0, Int(bounded: last - first))).map { bounded((first + Double($0)) * step) }
  }

  private static func labels(_ places: [Double], kind: Kind, isLog: Bool) -> [String] {
    switch kind {
    case .date: return places.map { CivilDate(days: Int32(bounded: $0)).description }
    case .datetime: return places.map { CivilDateTime(microseconds: Int64(bounded: $0)).description }
    case .number, .category: break
    }
    if isLog { return places.map { NumberText.figure(pow(10, $0)) } }
    if places.allSatisfy({ $0 == $0.rounded() && abs($0) < 1e7 }) { return places.map { NumberText.fixed($0, 0) } }
    return NumberText.distinct(places)
  }
}

extension PlotAxis.Kind {
  init(_ type: ColumnType) {
    switch type {
    case .int, .float, .bool: self = .number
    case .date: self = .date
    case .datetime: self = .datetime
    case .text, .vector: self = .category
    }
  }
}
