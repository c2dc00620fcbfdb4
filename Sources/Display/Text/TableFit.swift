/// Which columns of a table fit on the screen, and how wide each is drawn.
struct TableFit: Equatable {
  static let gap = 2
  /// What the ellipsis takes that stands for columns left out.
  private static let mark = 1 + gap
  /// Columns that are never given up for others are shown up to this width before those are kept.
  private static let wanted = 24

  /// Places of the columns shown at the left and at the right, ascending; between them stands the ellipsis.
  let left: [Int]
  let right: [Int]
  /// A width for each place in `left + right`.
  let widths: [Int]

  var shown: [Int] { left + right }

  /// `natural` widths where nothing is cut; `least` widths to which a column may be cut before columns are left out.
  ///
  /// Columns of the highest rank go first, together. Of one rank they go from the middle, so that the first (what a row is) and the
  /// last (what was just made) stay.
  init(natural: [Int], least: [Int], ranks: [Int]? = nil, width: Int?) {
    let all = Array(natural.indices)
    guard let width else {
      self.init(left: all, right: [], widths: natural)
      return
    }
    let kept = ranks.map { Self.kept(natural, least, $0, width) } ?? all
    let isWhole = kept.count == all.count
    let room = isWhole ? width : width - Self.mark
    if Self.total(kept.map { least[$0] }) <= room {
      let start = zip(kept, all).prefix { $0 == $1 }.count
      self.init(
        left: Array(kept[..<start]), right: Array(kept[start...]),
        widths: Self.share(room, kept.map { natural[$0] }, kept.map { least[$0] }))
      return
    }
    self.init(middleOf: kept, natural, least, width - Self.mark)
  }

  /// As many columns as fit into `width`, from both ends.
  private init(middleOf kept: [Int], _ natural: [Int], _ least: [Int], _ width: Int) {
    var left: [Int] = []
    var right: [Int] = []
    var room = width
    while left.count + right.count < kept.count {
      let fromLeft = left.count <= right.count
      let next = kept[fromLeft ? left.count : kept.count - 1 - right.count]
      let needed = least[next] + (left.isEmpty ? 0 : Self.gap)
      if needed > room { break }
      room -= needed
      if fromLeft { left.append(next) } else { right.insert(next, at: 0) }
    }
    guard !left.isEmpty || kept.isEmpty else {
      self.init(left: [kept[0]], right: [], widths: [max(1, width)])
      return
    }
    let shown = left + right
    self.init(
      left: left, right: right, widths: Self.share(width, shown.map { natural[$0] }, shown.map { least[$0] }))
  }

  private init(left: [Int], right: [Int], widths: [Int]) {
    self.left = left
    self.right = right
    self.widths = widths
  }

  /// The columns that are not given up, so that those of rank 0 are wide enough to be read.
  private static func kept(_ natural: [Int], _ least: [Int], _ ranks: [Int], _ width: Int) -> [Int] {
    let needed = natural.indices.map { ranks[$0] == 0 ? max(least[$0], min(natural[$0], wanted)) : least[$0] }
    var kept = Array(natural.indices)
    while let highest = kept.map({ ranks[$0] }).max(), highest > 0 {
      let room = kept.count == natural.count ? width : width - mark
      if total(kept.map { needed[$0] }) <= room { break }
      kept.removeAll { ranks[$0] == highest }
    }
    return kept
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
