/// A grid of characters that points are put on: braille (2 × 4 dots a character) or one letter a series.
struct DotCanvas {
  let columns: Int
  let rows: Int
  let isBraille: Bool
  /// Dots of each character, and the series that put the last one.
  private var dots: [UInt8]
  private var series: [Int]

  init(columns: Int, rows: Int, isBraille: Bool) {
    self.columns = max(columns, 1)
    self.rows = max(rows, 1)
    self.isBraille = isBraille
    dots = [UInt8](repeating: 0, count: self.columns * self.rows)
    series = [Int](repeating: 0, count: self.columns * self.rows)
  }

  var dotColumns: Int { isBraille ? columns * 2 : columns }
  var dotRows: Int { isBraille ? rows * 4 : rows }

  /// A dot at fractions (0 … 1) of the width from the left and of the height from below.
  mutating func put(_ x: Double, _ y: Double, series: Int) {
    guard let place = place(x, y) else { return }
    put(place, series)
  }

  /// What stands for a series where a reference line put the last dot.
  static let reference = -1

  /// A dotted line between two places, for the points to be held against.
  mutating func dot(_ from: (Double, Double), _ to: (Double, Double)) {
    let count = max(2, columns / (isBraille ? 1 : 2))
    for step in 0...count {
      let share = Double(step) / Double(count)
      put(from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share, series: Self.reference)
    }
  }

  /// A straight run of dots between two places (Bresenham).
  mutating func join(_ from: (Double, Double), _ to: (Double, Double), series: Int) {
    guard var (x, y) = place(from.0, from.1), let end = place(to.0, to.1) else { return }
    let (dx, dy) = (abs(end.0 - x), -abs(end.1 - y))
    let (stepX, stepY) = (x < end.0 ? 1 : -1, y < end.1 ? 1 : -1)
    var error = dx + dy
    while true {
      put((x, y), series)
      if x == end.0, y == end.1 { return }
      let doubled = 2 * error
      if doubled >= dy {
        error += dy
        x += stepX
      }
      if doubled <= dx {
        error += dx
        y += stepY
      }
    }
  }

  private func place(_ x: Double, _ y: Double) -> (Int, Int)? {
    guard x >= 0, x <= 1, y >= 0, y <= 1 else { return nil }
    return (
      Int(bounded: (x * Double(dotColumns - 1)).rounded()), Int(bounded: ((1 - y) * Double(dotRows - 1)).rounded())
    )
  }

  private mutating func put(_ place: (Int, Int), _ series: Int) {
    let cell = isBraille ? place.1 / 4 * columns + place.0 / 2 : place.1 * columns + place.0
    // Unicode's order of braille dots: left column 1 2 3 7, right column 4 5 6 8.
    let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    dots[cell] |= isBraille ? bits[place.1 % 4 * 2 + place.0 % 2] : 1
    self.series[cell] = series
  }

  static let letters: [Character] = ["o", "x", "+", "*", "#", "@", "%", "&"]

  /// One row as runs of the same series; empty characters are spaces.
  func runs(_ row: Int) -> [(text: String, series: Int)] {
    var runs: [(text: String, series: Int)] = []
    for cell in row * columns..<(row + 1) * columns {
      let character: Character =
        dots[cell] == 0
        ? " "
        : isBraille
          ? Unicode.Scalar(0x2800 + UInt32(dots[cell])).map { Character($0) } ?? " "
          : series[cell] == Self.reference ? "." : Self.letters[series[cell] % Self.letters.count]
      if let last = runs.last, last.series == series[cell] || dots[cell] == 0 {
        runs[runs.count - 1].text.append(character)
      } else {
        runs.append((String(character), series[cell]))
      }
    }
    return runs
  }
}
