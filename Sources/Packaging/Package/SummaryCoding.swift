extension ByteWriter {
  mutating func summary(_ summary: InputSummary) {
    text(summary.column)
    int(summary.rows)
    int(summary.missing)
    switch summary.shape {
    case .numbers(let edges, let counts):
      text("numbers")
      doubles(edges)
      list(counts) { $0.int($1) }
    case .categories(let words, let counts, let others):
      text("categories")
      texts(words)
      list(counts) { $0.int($1) }
      int(others)
    }
  }
}

extension ByteReader {
  mutating func summary() throws(PackageError) -> InputSummary {
    InputSummary(column: try text(), rows: try size(), missing: try size(), shape: try summaryShape())
  }

  private mutating func summaryShape() throws(PackageError) -> InputSummary.Shape {
    let start = position
    let name = try text()
    switch name {
    case "numbers":
      let edges = try doubles()
      let counts = try sizes()
      guard counts.count == edges.count + 1 else { throw PackageError(offset: start, .inconsistent("a count")) }
      return .numbers(edges: edges, counts: counts)
    case "categories":
      let words = try texts()
      let counts = try sizes()
      guard counts.count == words.count else { throw PackageError(offset: start, .inconsistent("a count")) }
      return .categories(words: words, counts: counts, others: try size())
    // any other word
    default: throw PackageError(offset: start, .unknownName(name))
    }
  }

  private mutating func sizes() throws(PackageError) -> [Int] {
    try list(each: 1) { (reader) throws(PackageError) in try reader.size() }
  }
}
