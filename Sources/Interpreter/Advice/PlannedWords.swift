/// Words of the language that are planned and not there yet: whoever types one is told so. This is the one list of them; a word leaves
/// it when it comes, which a test sees to.
public enum PlannedWords {
  /// Where a word stands.
  public enum Kind: Hashable, Sendable {
    case verb, algorithm
    /// A method of the verb of that name.
    case method(of: String)
    /// The ending of a file that is read, or written.
    case writable
    /// How the address of a source begins.
    case address
  }

  public static let all: [(kind: Kind, words: [String])] = [
    (
      .verb,
      [
        "synth", "anonymity", "label_errors", "classify", "mask", "group", "bin", "text_features", "interact", "reduce",
        "select_features", "publish", "monitor", "drift",
      ]
    ),
    (.algorithm, ["forest", "random_forest", "extra_trees", "knn", "naive_bayes", "svm", "kmeans"]),
    (.method(of: "impute"), ["knn", "iterative"]), (.method(of: "scale"), ["power"]),
    (.method(of: "encode"), ["target", "hash", "count"]),
    (.writable, ["pmml", "pfa", "sql", "c"]),
    (.address, ["http", "https", "sqlite", "postgres"]),
  ]

  /// Whether the word is planned there.
  public static func contains(_ word: String, _ kind: Kind) -> Bool {
    all.contains { $0.kind == kind && $0.words.contains(word) }
  }

  /// Other tools' words for planned verbs.
  private static let otherWords = [
    "groupby": "group", "group_by": "group", "groupBy": "group", "summarise": "group", "summarize": "group",
    "aggregate": "group", "agg": "group",
  ]

  /// The planned verb that a word, of this language or another, asks for.
  public static func verb(_ word: String) -> String? {
    let planned = otherWords[word] ?? word
    return contains(planned, .verb) ? planned : nil
  }

  /// What there is meanwhile.
  static func meanwhile(_ verb: String) -> [String] {
    verb == "group" ? ["`plot bar, sex, age` shows the means of 'age' by 'sex'"] : []
  }

  /// `'group' is not there yet`, or nil for a word that is not planned there.
  public static func hint(_ word: String, _ kind: Kind) -> String? {
    contains(word, kind) ? "'\(word)' is not there yet" : nil
  }

  /// What is said of an address such as `https://…`; nil for a plain path.
  public static func hint(address path: String) -> String? {
    guard let colon = path.firstIndex(of: ":") else { return nil }
    let scheme = String(path[..<colon])
    return contains(scheme, .address) ? "\(scheme): addresses are not there yet; only files are read" : nil
  }
}
