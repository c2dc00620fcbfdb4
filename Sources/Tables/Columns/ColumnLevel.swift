/// How sensitive the cells of a column are, from those that anybody may see to those that nobody needs to.
public enum ColumnLevel: String, Sendable, Hashable, CaseIterable, Comparable {
  case `public`, `internal`, confidential, restricted

  private var rank: Int {
    switch self {
    case .public: 0
    case .internal: 1
    case .confidential: 2
    case .restricted: 3
    }
  }

  public static func < (left: ColumnLevel, right: ColumnLevel) -> Bool { left.rank < right.rank }

  /// Whether cells of it leave the program only behind a mask, or not at all.
  public var isGuarded: Bool { self >= .confidential }
}
