import Expressions

/// A vector with each missing place filled by the mean of what the nearest kept rows have there.
///
/// The distance of two rows is over the places that both have: the root of their mean squared difference (Dixon 1979, Pattern
/// recognition with partly missing data). Of rows equally far the earlier ones are nearer. A place that no row at any distance has is
/// filled by its value of `otherwise`, and stays missing where that is not-a-number.
public struct NeighboursOperator: Sendable, Hashable {
  /// The kept rows one after the other, not-a-number where they have nothing.
  public let rows: [Double]
  /// How many of the nearest count.
  public let count: Int
  /// One value a place.
  public let otherwise: [Double]

  public init(rows: [Double], count: Int, otherwise: [Double]) {
    self.rows = rows
    self.count = count
    self.otherwise = otherwise
  }

  // Not-a-number, which stands for what is missing, is the same as itself here.
  public static func == (left: NeighboursOperator, right: NeighboursOperator) -> Bool {
    left.count == right.count && same(left.rows, right.rows) && same(left.otherwise, right.otherwise)
  }

  private static func same(_ left: [Double], _ right: [Double]) -> Bool {
    left.elementsEqual(right) { $0.bitPattern == $1.bitPattern }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for number in rows { hasher.combine(number.bitPattern) }
  }
}

extension NeighboursOperator: GraphOperator {
  static let kind = OperatorKind.neighbours
  static let summary = "Missing places filled from the nearest rows"

  func output(_ inputs: [PortType]) -> PortType? {
    let width = otherwise.count
    guard width > 0, count > 0, rows.count % width == 0, inputs == [.vector(width)] else { return nil }
    return .vector(width)
  }

  func kernel(_ wiring: Wiring, _ compiler: inout GraphCompiler) -> (any OperatorKernel)? {
    _ = compiler.whole(wiring.input)
    return NeighboursKernel(wiring, self)
  }

  func write(to writer: inout some OperatorWriter) {
    writer.doubles(rows)
    writer.int(count)
    writer.doubles(otherwise)
  }

  init<Reader: OperatorReader>(from reader: inout Reader) throws(Reader.Failure) {
    self.init(rows: try reader.doubles(), count: try reader.int(), otherwise: try reader.doubles())
  }
}

extension GraphBuilder {
  /// The vector with its missing places filled from the `count` nearest of `rows`, which lie one after the other.
  public mutating func neighbours(
    _ port: VectorPort, rows: [Double], count: Int, otherwise: [Double]
  ) -> VectorPort {
    let op = NeighboursOperator(rows: rows, count: count, otherwise: otherwise)
    return VectorPort(node: add(.neighbours(op), [port.node], .vector(port.width)), width: port.width)
  }
}

private final class NeighboursKernel: OperatorKernel {
  let wiring: Wiring
  let op: NeighboursOperator

  init(_ wiring: Wiring, _ op: NeighboursOperator) {
    self.wiring = wiring
    self.op = op
  }

  func worker(width: Int, arena: TextArena) -> any OperatorWorker { NeighboursWorker(wiring, op) }
}

private final class NeighboursWorker: OperatorWorker {
  private let wiring: Wiring
  private let op: NeighboursOperator
  private let width: Int
  /// Of each kept row, not-a-number where it has no place in common.
  private var distances: [Double]
  private var nearest = NearestRows()
  private var present: [Int] = []

  init(_ wiring: Wiring, _ op: NeighboursOperator) {
    self.wiring = wiring
    self.op = op
    width = op.otherwise.count
    distances = [Double](repeating: 0, count: op.rows.count / max(1, width))
  }

  func run(_ rows: Int, _ registers: GraphRegisters) {
    guard let x = registers.vectors[wiring.input], let out = registers.vectors[wiring.node]?.dense else { return }
    for row in 0..<rows {
      let filled = out + row * width
      filled.update(from: registers.whole(row, of: wiring.input, x), count: width)
      present.removeAll(keepingCapacity: true)
      for place in 0..<width where !filled[place].isNaN { present.append(place) }
      if present.count < width { fill(filled) }
    }
  }

  private func fill(_ row: UnsafeMutablePointer<Double>) {
    measure(row)
    let missing = (0..<width).filter { row[$0].isNaN }
    for place in missing { row[place] = mean(at: place) ?? op.otherwise[place] }
  }

  /// Mean squared differences over the places in common: in the order of their roots.
  private func measure(_ row: UnsafeMutablePointer<Double>) {
    let (width, present) = (width, present)
    op.rows.withUnsafeBufferPointer { kept in
      for place in distances.indices {
        let start = place * width
        var (sum, common) = (0.0, 0)
        for part in present {
          let difference = kept[start + part] - row[part]
          if difference.isNaN { continue }
          sum += difference * difference
          common += 1
        }
        distances[place] = common == 0 ? .nan : sum / Double(common)
      }
    }
  }

  /// nil where no row at any distance has the place.
  private func mean(at place: Int) -> Double? {
    nearest.removeAll()
    for row in distances.indices where !distances[row].isNaN && !op.rows[row * width + place].isNaN {
      nearest.add(row, distances[row], most: op.count)
    }
    guard !nearest.rows.isEmpty else { return nil }
    var sum = 0.0
    for found in nearest.rows.map(\.row).sorted() { sum += op.rows[found * width + place] }
    return sum / Double(nearest.rows.count)
  }
}

/// The nearest rows so far, the farthest of them on top of a heap.
private struct NearestRows {
  private(set) var rows: [(distance: Double, row: Int)] = []

  mutating func removeAll() { rows.removeAll(keepingCapacity: true) }

  /// Rows are added in their order, so that a later one at the same distance is farther.
  mutating func add(_ row: Int, _ distance: Double, most: Int) {
    if rows.count < most {
      rows.append((distance, row))
      rise(rows.count - 1)
    } else if distance < rows[0].distance {
      rows[0] = (distance, row)
      sink()
    }
  }

  private func isFarther(_ a: Int, _ b: Int) -> Bool {
    rows[a].distance == rows[b].distance ? rows[a].row > rows[b].row : rows[a].distance > rows[b].distance
  }

  private mutating func rise(_ start: Int) {
    var place = start
    while place > 0, isFarther(place, (place - 1) / 2) {
      rows.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  private mutating func sink() {
    var place = 0
    while true {
      var top = place
      for child in [2 * place + 1, 2 * place + 2] where child < rows.count && isFarther(child, top) { top = child }
      if top == place { return }
      rows.swapAt(place, top)
      place = top
    }
  }
}
