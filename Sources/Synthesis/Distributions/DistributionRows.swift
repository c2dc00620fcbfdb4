import Kernels
import Tables

/// Rows whose columns are drawn each for itself.
public struct DistributionRows: RowMaking {
  /// A column to be made.
  public struct Member: Sendable, Hashable {
    public let name: String
    public let distribution: Distribution
    /// The share of cells that are missing.
    public let missing: Double

    public init(_ name: String, _ distribution: Distribution, missing: Double = 0) {
      self.name = name
      self.distribution = distribution
      self.missing = missing
    }
  }

  private let members: [Member]
  private let seed: UInt64

  public init(_ members: [Member], seed: UInt64) {
    self.members = members
    self.seed = seed
  }

  public var fields: [Field] { members.map { Field($0.name, $0.distribution.type ?? .text) } }

  public func rows(_ numbers: Range<Int>) -> Table {
    let columns = members.enumerated().map { place, member -> (String, Column) in
      let values = member.distribution.column(numbers, CounterRandom(seed: seed, stream: 2 &* UInt64(place)))
      if member.missing <= 0 { return (member.name, values) }
      let gaps = CounterRandom(seed: seed, stream: 2 &* UInt64(place) &+ 1)
      let rows = numbers.map { number -> Int32 in
        gaps.uniform(at: UInt64(number)) < member.missing ? -1 : Int32(truncatingIfNeeded: number - numbers.lowerBound)
      }
      return (member.name, values.spread(rows))
    }
    return Table(columns, rowCount: numbers.count)
  }
}
