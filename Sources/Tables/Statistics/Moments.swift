/// Count, mean and sums of powers of deviations of numbers, and how many are zero, below or infinite: of parts that merge by the update of Chan,
/// Golub & LeVeque (1979), which does not cancel.
struct Moments: Sendable {
  private(set) var count = 0
  private(set) var mean = 0.0
  private(set) var squares = ScaledSquares()
  private(set) var higher = HigherMoments()
  private(set) var zeros = 0
  private(set) var negatives = 0
  private(set) var infinites = 0

  init() {}

  /// In two passes over a few numbers, none of them not-a-number.
  init(_ values: UnsafeBufferPointer<Double>) {
    count = values.count
    let shift = values.first ?? 0
    // Shifted by one of the values, so that the sum of large, close numbers keeps its digits.
    mean =
      shift + Self.sum(values) {
        $0 - shift
      } scalar: {
        $0 - shift
      } / Double(max(1, count))
    // Only the sum may be past the largest number, not the mean.
    if !mean.isFinite { mean = values.reduce(0) { $0 + $1 * 0x1p-64 } / Double(count) * 0x1p64 }
    higher = HigherMoments(values, around: mean)
    squares = ScaledSquares(higher.squares) ?? ScaledSquares(values, around: mean)
    // An infinite value leaves no mean.
    if !mean.isFinite { infinites = values.reduce(0) { $0 + ($1.isInfinite ? 1 : 0) } }
    countSigns(values)
  }

  /// The sum of a term over all values, of eight stretches side by side.
  @inline(__always)
  private static func sum(
    _ values: UnsafeBufferPointer<Double>, _ term: (SIMD8<Double>) -> SIMD8<Double>, scalar: (Double) -> Double
  ) -> Double {
    let raw = UnsafeRawBufferPointer(values)
    let whole = values.count & ~7
    var sums = SIMD8<Double>.zero
    for place in stride(from: 0, to: whole, by: 8) {
      sums += term(raw.loadUnaligned(fromByteOffset: place &* 8, as: SIMD8<Double>.self))
    }
    var total = sums.sum()
    for place in whole..<values.count { total += scalar(values[place]) }
    return total
  }

  private mutating func countSigns(_ values: UnsafeBufferPointer<Double>) {
    let raw = UnsafeRawBufferPointer(values)
    let whole = values.count & ~7
    let (zero, one) = (SIMD8<Double>.zero, SIMD8<Int64>(repeating: 1))
    var (noughts, below) = (SIMD8<Int64>.zero, SIMD8<Int64>.zero)
    for place in stride(from: 0, to: whole, by: 8) {
      let eight = raw.loadUnaligned(fromByteOffset: place &* 8, as: SIMD8<Double>.self)
      noughts &+= SIMD8<Int64>.zero.replacing(with: one, where: eight .== zero)
      below &+= SIMD8<Int64>.zero.replacing(with: one, where: eight .< zero)
    }
    zeros = Int(noughts.wrappedSum())
    negatives = Int(below.wrappedSum())
    for place in whole..<values.count {
      zeros += values[place] == 0 ? 1 : 0
      negatives += values[place] < 0 ? 1 : 0
    }
  }

  mutating func merge(_ other: Moments) {
    let total = count + other.count
    let delta = other.mean - mean
    higher.merge(other.higher, own: count, other: other.count, delta: count == 0 ? 0 : delta)
    if count == 0 {
      mean = other.mean
      squares = other.squares
    } else if delta != 0, other.count > 0 {
      mean += delta * (Double(other.count) / Double(total))
      let weight = Double(count) * Double(other.count) / Double(total)
      squares = squares + (other.squares + ScaledSquares(of: delta, weight: weight))
    } else {
      squares = squares + other.squares
    }
    count = total
    zeros += other.zeros
    negatives += other.negatives
    infinites += other.infinites
  }

  var skewness: Double? { higher.skewness(count) }
  var kurtosis: Double? { higher.kurtosis(count) }

  /// nil with fewer than two values or where it is not a finite number.
  var standardDeviation: Double? {
    guard count > 1 else { return nil }
    let deviation = squares.rootOfMean(count - 1)
    return deviation.isFinite ? deviation : nil
  }
}

/// Moments of a column's numbers, the same bits however its rows were cut into parts.
///
/// Each 4,096 rows by their absolute number are summed on their own, and their moments merge two by two as the rows are numbered: a
/// tree that the number of rows alone decides. Of a part's first and last rows that do not fill such a block, the numbers are kept.
struct BlockMoments: Sendable {
  static let blockRows = 1 << 12

  /// Moments of `1 << level` blocks, the first of them a multiple of that.
  private struct Node: Sendable {
    var level: Int
    var place: Int
    var moments: Moments
  }

  private struct Piece: Sendable {
    var rows: Range<Int>
    var numbers: [Double]
  }

  private var nodes: [Node] = []
  /// The rows before the first whole block, where these are over.
  private var head: Piece?
  private var tail: Piece?

  /// Adds the numbers of `rows`, which follow those added before and lie in one block.
  mutating func add(_ numbers: UnsafeBufferPointer<Double>, rows: Range<Int>) {
    if tail == nil, rows.count == Self.blockRows {
      push(Node(level: 0, place: rows.lowerBound / Self.blockRows, moments: Moments(numbers)))
    } else {
      add(Piece(rows: rows, numbers: Array(numbers)))
    }
  }

  private mutating func add(_ piece: Piece) {
    if let first = tail?.rows.lowerBound {
      tail?.numbers += piece.numbers
      tail?.rows = first..<piece.rows.upperBound
    } else {
      tail = piece
    }
    guard piece.rows.upperBound % Self.blockRows == 0, let ended = tail.take() else { return }
    if ended.rows.count == Self.blockRows {
      push(Node(level: 0, place: ended.rows.lowerBound / Self.blockRows, moments: Self.moments(ended)))
    } else {
      head = ended
    }
  }

  private mutating func push(_ node: Node) {
    var node = node
    while let last = nodes.last, last.level == node.level, node.place & 1 == 1 {
      nodes.removeLast()
      var moments = last.moments
      moments.merge(node.moments)
      node = Node(level: node.level + 1, place: node.place / 2, moments: moments)
    }
    nodes.append(node)
  }

  /// Adds what was found of the rows that come next.
  mutating func merge(_ next: BlockMoments) {
    if let piece = next.head { add(piece) }
    for node in next.nodes { push(node) }
    if let piece = next.tail { add(piece) }
  }

  var total: Moments {
    var total = head.map(Self.moments) ?? Moments()
    for node in nodes { total.merge(node.moments) }
    if let tail { total.merge(Self.moments(tail)) }
    return total
  }

  private static func moments(_ piece: Piece) -> Moments { piece.numbers.withUnsafeBufferPointer(Moments.init) }
}
