/// Names one after the other, of many only the first ones.
public enum NameList {
  /// `a, b, c`; of more than `most` names as many and how many there are: `a, b, … (64)`.
  public static func of(_ names: [String], most: Int = 12) -> String {
    names.prefix(most).joined(separator: ", ") + (names.count > most ? ", … (\(names.count))" : "")
  }
}
