import Glibc
import Kernels
import Tables

/// Points of two classes on the plane, with normal noise: half circles that reach into each other, or a circle in another.
public struct MoonRows: RowMaking {
  public enum Form: Sendable, Hashable {
    case moons
    /// The inner circle is so large beside the outer.
    case circles(factor: Double)
  }

  private let form: Form
  private let noise: Double
  private let seed: UInt64

  public init(_ form: Form, noise: Double, seed: UInt64) {
    self.form = form
    self.noise = noise
    self.seed = seed
  }

  public let fields = [Field("x1", .float), Field("x2", .float), Field("y", .int)]

  public func rows(_ numbers: Range<Int>) -> Table {
    let random = CounterRandom(seed: seed, stream: 1)
    let balance = BalancedClasses(count: 2, seed: seed)
    var (xs, ys, classes) = ([Double](), [Double](), [Int64]())
    for number in numbers {
      var own = CounterRandom(seed: random.bits(at: UInt64(number)))
      let side = balance.place(number)
      let (x, y) = point(side, own.nextUniform())
      xs.append(x + noise * own.nextNormal())
      ys.append(y + noise * own.nextNormal())
      classes.append(Int64(side))
    }
    return Table([("x1", .float(Cells(xs))), ("x2", .float(Cells(ys))), ("y", .int(Cells(classes)))])
  }

  private func point(_ side: Int, _ turn: Double) -> (Double, Double) {
    switch form {
    case .moons:
      let angle = .pi * turn
      return side == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
    case .circles(let factor):
      let (angle, radius) = (2 * .pi * turn, side == 0 ? 1 : factor)
      return (radius * cos(angle), radius * sin(angle))
    }
  }
}

/// Gives each class to one row of as many that follow each other, in an order that is drawn anew each time.
struct BalancedClasses: Sendable {
  let count: Int
  private let random: CounterRandom

  init(count: Int, seed: UInt64) {
    self.count = count
    random = CounterRandom(seed: seed, stream: 2)
  }

  func place(_ number: Int) -> Int {
    let (round, place) = number.quotientAndRemainder(dividingBy: count)
    var own = CounterRandom(seed: random.bits(at: UInt64(round)))
    if count <= 16 { return own.permutation(count)[place] }
    // A line through the places that meets each once takes no list.
    let steps = [1, 3, 5, 7, 11, 13, 17, 19, 23].filter { count % $0 != 0 || $0 == 1 }
    return (place * steps[own.next(below: steps.count)] + own.next(below: count)) % count
  }
}
