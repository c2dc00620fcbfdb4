/// Names for columns that are put beside others: a name that is taken stays with the column that has it.
public struct FreeNames {
  private var taken: Set<String>
  /// The last number that was put to a name: those before it are taken.
  private var last: [String: Int] = [:]

  public init(besides names: some Sequence<String>) { taken = Set(names) }

  /// The name, with the first number from 2 on where it is taken; taken from now on.
  public mutating func take(_ name: String) -> String {
    if taken.insert(name).inserted { return name }
    var (free, count) = (name, last[name] ?? 1)
    repeat {
      count += 1
      free = "\(name)_\(count)"
    } while !taken.insert(free).inserted
    last[name] = count
    return free
  }
}
