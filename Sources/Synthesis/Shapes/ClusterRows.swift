import Glibc
import Kernels
import Tables

/// Points in clusters around centres, each of a class.
public struct ClusterRows: RowMaking {
  private struct Cluster: Sendable {
    let centre: [Double]
    /// What stretches and turns the numbers around the centre, row by row; nil leaves them as they are.
    let turn: [Double]?
    let spread: Double
    let label: Int64
  }

  private let clusters: [Cluster]
  private let classes: Int
  /// How many columns the clusters are in.
  private let informative: Int
  /// For each further column the weights of the informative ones that it is made of.
  private let redundant: [[Double]]
  private let noise: Int
  /// The share of rows that get a class at random.
  private let flipped: Double
  private let balance: BalancedClasses
  private let seed: UInt64

  private init(
    _ clusters: [Cluster], classes: Int, informative: Int, redundant: [[Double]] = [], noise: Int = 0,
    flipped: Double = 0, seed: UInt64
  ) {
    self.clusters = clusters
    self.classes = classes
    self.informative = informative
    self.redundant = redundant
    self.noise = noise
    self.flipped = flipped
    self.seed = seed
    balance = BalancedClasses(count: clusters.count, seed: seed)
  }

  /// Round clusters whose centres are drawn evenly from -10 to 10: as many classes as centres.
  public static func blobs(centers: Int, features: Int, spread: Double, seed: UInt64) -> ClusterRows {
    var random = CounterRandom(seed: seed, stream: 3)
    let clusters = (0..<centers).map { place in
      Cluster(
        centre: (0..<features).map { _ in 20 * random.nextUniform() - 10 }, turn: nil, spread: spread,
        label: Int64(place))
    }
    return ClusterRows(clusters, classes: centers, informative: features, seed: seed)
  }

  /// What `classification` is asked for.
  public struct Classification: Sendable, Hashable {
    public let features: Int
    public let informative: Int
    public let redundant: Int
    public let classes: Int
    public let clustersPerClass: Int
    public let separation: Double
    public let flipped: Double

    public init(
      features: Int, informative: Int, redundant: Int, classes: Int, clustersPerClass: Int, separation: Double,
      flipped: Double
    ) {
      self.features = features
      self.informative = informative
      self.redundant = redundant
      self.classes = classes
      self.clustersPerClass = clustersPerClass
      self.separation = separation
      self.flipped = flipped
    }
  }

  /// Stretched clusters at corners of a cube, beside columns that are sums of theirs, and others that say nothing (Guyon, Design of
  /// experiments for the NIPS 2003 variable selection benchmark).
  public static func classification(_ asked: Classification, seed: UInt64) -> ClusterRows {
    var random = CounterRandom(seed: seed, stream: 3)
    let count = asked.classes * asked.clustersPerClass
    let corners = corners(count, asked.informative, &random)
    let clusters = (0..<count).map { place in
      Cluster(
        centre: corners[place].map { asked.separation * $0 },
        turn: (0..<asked.informative * asked.informative).map { _ in 2 * random.nextUniform() - 1 }, spread: 1,
        label: Int64(place % asked.classes))
    }
    let redundant = (0..<asked.redundant).map { _ in
      (0..<asked.informative).map { _ in 2 * random.nextUniform() - 1 }
    }
    return ClusterRows(
      clusters, classes: asked.classes, informative: asked.informative, redundant: redundant,
      noise: max(0, asked.features - asked.informative - asked.redundant), flipped: asked.flipped, seed: seed)
  }

  /// Different corners of a cube from -1 to 1, as long as there are some.
  private static func corners(_ count: Int, _ dimensions: Int, _ random: inout CounterRandom) -> [[Double]] {
    var (corners, known) = ([[Double]](), Set<[Double]>())
    var tries = 0
    while corners.count < count {
      let corner = (0..<dimensions).map { _ in random.next(below: 2) == 0 ? -1.0 : 1.0 }
      tries += 1
      if known.insert(corner).inserted || tries > 100 * count { corners.append(corner) }
    }
    return corners
  }

  public var fields: [Field] {
    (1...max(1, width)).map { Field("x\($0)", .float) } + [Field("y", .int)]
  }

  private var width: Int { informative + redundant.count + noise }

  public func rows(_ numbers: Range<Int>) -> Table {
    let random = CounterRandom(seed: seed, stream: 1)
    var columns = [[Double]](repeating: [], count: width)
    var labels: [Int64] = []
    for number in numbers {
      var own = CounterRandom(seed: random.bits(at: UInt64(number)))
      let cluster = clusters[balance.place(number)]
      let point = point(cluster, &own)
      for place in point.indices { columns[place].append(point[place]) }
      let isFlipped = flipped > 0 && own.nextUniform() < flipped
      labels.append(isFlipped ? Int64(own.next(below: classes)) : cluster.label)
    }
    let made = columns.enumerated().map { ("x\($0 + 1)", Column.float(Cells($1))) }
    return Table(made + [("y", .int(Cells(labels)))])
  }

  private func point(_ cluster: Cluster, _ own: inout CounterRandom) -> [Double] {
    let drawn = (0..<informative).map { _ in own.nextNormal() }
    var point = (0..<informative).map { column -> Double in
      guard let turn = cluster.turn else { return cluster.centre[column] + cluster.spread * drawn[column] }
      let sum = drawn.indices.reduce(0) { $0 + drawn[$1] * turn[$1 * informative + column] }
      return cluster.centre[column] + sum
    }
    for weights in redundant { point.append(weights.indices.reduce(0) { $0 + weights[$1] * point[$1] }) }
    for _ in 0..<noise { point.append(own.nextNormal()) }
    return point
  }
}
