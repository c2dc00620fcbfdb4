/// Names for columns that are put beside others: a name that is taken stays with the column that has it.
public struct FreeNames {
  private var taken: Set<String>

  public init(besides names: some Sequence<String>) { taken = Set(names) }

  /// The name, with the first number from 2 on where it is taken; taken from now on.
  public mutating func take(_ name: String) -> String {
    var free = name
    var count = 1
    while !taken.insert(free).inserted {
      count += 1
      free = "\(name)_\(count)"
    }
    return free
  }
}
