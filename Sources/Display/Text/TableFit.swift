/// Which columns of a table fit on the screen, and how wide each is drawn.
struct TableFit: Equatable {
  static let gap = 2

  /// Places of the columns shown at the left and at the right, ascending; between them stands the ellipsis.
  let left: [Int]
  let right: [Int]
  /// A width for each place in `left + right`.
  let widths: [Int]

  var shown: [Int] { left + right }

  /// `natural` widths where nothing is cut; `least` widths to which a column may be cut before columns are left out.
  ///
  /// Columns go from the middle, so that the first (what a row is) and the last (what was just made) stay.
  init(natural: [Int], least: [Int], width: Int?) {
    guard let width else {
      self.init(left: Array(natural.indices), right: [], widths: natural)
      return
    }
    let all = Array(natural.indices)
    if Self.total(least) <= width {
      self.init(left: all, right: [], widths: Self.share(width, natural, least))
      return
    }
    var left: [Int] = []
    var right: [Int] = []
    var room = width - 1 - Self.gap
    while left.count + right.count < all.count {
      let fromLeft = left.count <= right.count
      let next = fromLeft ? left.count : all.count - 1 - right.count
      let needed = least[next] + (left.isEmpty ? 0 : Self.gap)
      if needed > room { break }
      room -= needed
      if fromLeft { left.append(next) } else { right.insert(next, at: 0) }
    }
    if left.isEmpty, !all.isEmpty {
      self.init(left: [0], right: [], widths: [max(1, width - 1 - Self.gap)])
      return
    }
    let shown = left + right
    let widths = Self.share(width - 1 - Self.gap, shown.map { natural[$0] }, shown.map { least[$0] })
    self.init(left: left, right: right, widths: widths)
  }

  private init(left: [Int], right: [Int], widths: [Int]) {
    self.left = left
    self.right = right
    self.widths = widths
  }

  private static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + max(0, widths.count - 1) * gap }

  /// Cuts the widest columns first, to a common width, until all fit.
  private static func share(_ width: Int, _ natural: [Int], _ least: [Int]) -> [Int] {
    var cap = natural.map { min($0, width) }.max() ?? 0
    func widths(_ cap: Int) -> [Int] { zip(natural, least).map { min($0, max($1, cap)) } }
    while cap > 0, total(widths(cap)) > width { cap -= 1 }
    var shared = widths(cap)
    var rest = width - total(shared)
    for place in shared.indices where rest > 0 && shared[place] < natural[place] {
      shared[place] += 1
      rest -= 1
    }
    return shared
  }
}
