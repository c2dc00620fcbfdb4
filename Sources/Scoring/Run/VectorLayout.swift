/// How the places of a vector lie in memory: most as doubles, row after row; one-hot places as one code a row for all of them.
///
/// A vector of 30,000 categories is then four bytes a row, and what reads it costs what the dense places cost.
struct VectorLayout: Sendable {
  /// A run of places of which a row has at most one on: the place that its code says (negative for none).
  struct Coded: Sendable {
    /// The first place of the vector.
    let start: Int
    let width: Int
    /// The one-hot node whose codes these are.
    let source: Int
    /// What each place holds where it is on and where it is off; nil for one and zero.
    let values: Values?

    struct Values: Sendable {
      let on: [Double]
      let off: [Double]
    }

    func on(_ place: Int) -> Double { values?.on[place] ?? 1 }
    func off(_ place: Int) -> Double { values?.off[place] ?? 0 }
  }

  /// Where one place lies.
  enum Spot: Sendable {
    /// Among the doubles of a row.
    case dense(Int)
    case coded(part: Int, place: Int)
  }

  let width: Int
  /// In the order of their places.
  let coded: [Coded]
  /// For each coded run the doubles before it.
  private let before: [Int]
  /// Doubles a row.
  let denseWidth: Int

  /// Runs in the order of their places that do not overlap.
  init(width: Int, coded: [Coded] = []) {
    self.width = width
    self.coded = coded
    var skipped = 0
    var before: [Int] = []
    for run in coded {
      before.append(run.start - skipped)
      skipped += run.width
    }
    self.before = before
    denseWidth = width - skipped
  }

  /// Whether it is the vector of a one-hot node itself.
  func isOneHot(by node: Int) -> Bool { coded.count == 1 && coded[0].source == node }

  /// O(log runs).
  func spot(_ place: Int) -> Spot {
    var (low, high) = (0, coded.count)
    while low < high {
      let middle = (low + high) / 2
      if coded[middle].start + coded[middle].width <= place { low = middle + 1 } else { high = middle }
    }
    guard low < coded.count else { return .dense(denseWidth - (width - place)) }
    if coded[low].start <= place { return .coded(part: low, place: place - coded[low].start) }
    return .dense(before[low] - (coded[low].start - place))
  }

  /// Of a number for each place those of the dense places.
  func dense(_ values: [Double]) -> [Double] {
    guard !coded.isEmpty else { return values }
    var kept: [Double] = []
    kept.reserveCapacity(denseWidth)
    var next = 0
    for run in coded {
      kept += values[next..<run.start]
      next = run.start + run.width
    }
    return kept + values[next...]
  }
}

/// The places of a block's rows, as a layout has them.
struct VectorRows {
  /// `stride` doubles a row.
  let dense: UnsafeMutablePointer<Double>
  let stride: Int
  /// For each coded run a code a row.
  let codes: [UnsafeMutablePointer<Int32>]
}

extension VectorLayout {
  /// The same places with other values in the one-hot runs; nil stands for one and zero.
  func changed(_ values: (Coded) -> Coded.Values?) -> VectorLayout {
    guard !coded.isEmpty else { return self }
    return VectorLayout(
      width: width,
      coded: coded.map { Coded(start: $0.start, width: $0.width, source: $0.source, values: values($0)) })
  }

  /// All places of one row as doubles.
  func write(_ row: Int, of rows: VectorRows, to out: UnsafeMutablePointer<Double>) {
    let dense = rows.dense + row * rows.stride
    guard !coded.isEmpty else {
      out.update(from: dense, count: width)
      return
    }
    var (next, taken) = (0, 0)
    for (part, run) in coded.enumerated() {
      (out + next).update(from: dense + taken, count: run.start - next)
      taken += run.start - next
      next = run.start + run.width
      let places = out + run.start
      if let off = run.values?.off {
        for place in 0..<run.width { places[place] = off[place] }
      } else {
        places.update(repeating: 0, count: run.width)
      }
      let code = Int(rows.codes[part][row])
      if code >= 0 { places[code] = run.on(code) }
    }
    (out + next).update(from: dense + taken, count: width - next)
  }

  /// One place of one row.
  @inline(__always)
  func value(_ spot: Spot, _ row: Int, of rows: VectorRows) -> Double {
    switch spot {
    case .dense(let offset): return rows.dense[row * rows.stride + offset]
    case .coded(let part, let place):
      let run = coded[part]
      return rows.codes[part][row] == Int32(truncatingIfNeeded: place) ? run.on(place) : run.off(place)
    }
  }
}
