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
  }

  public static let all: [(kind: Kind, words: [String])] = [
    (
      .verb,
      [
        "bin", "text_features", "interact", "reduce",
        "select_features", "monitor", "drift",
      ]
    ),
    (.algorithm, ["forest", "random_forest", "extra_trees", "knn", "naive_bayes", "svm", "kmeans"]),
    (.method(of: "scale"), ["power"]),
    (.method(of: "encode"), ["target", "hash", "count"]),
    (.writable, ["pmml", "pfa", "sql", "c"]),
  ]

  /// Whether the word is planned there.
  public static func contains(_ word: String, _ kind: Kind) -> Bool {
    all.contains { $0.kind == kind && $0.words.contains(word) }
  }

  /// `'bin' is not there yet`, or nil for a word that is not planned there.
  public static func hint(_ word: String, _ kind: Kind) -> String? {
    contains(word, kind) ? "'\(word)' is not there yet" : nil
  }
}
