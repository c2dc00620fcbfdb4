import Plan
import Tables

extension ByteWriter {
  mutating func training(_ package: PackageFile) {
    list(package.options) {
      $0.text($1.name)
      $0.text($1.value)
    }
    texts(package.steps)
    texts(package.notes)
    list(package.partSizes) {
      $0.text($1.part)
      $0.int($1.rows)
    }
    list(package.metrics) {
      $0.text($1.name)
      $0.text($1.part)
      $0.doubles($1.values)
    }
    list(package.board) { $0.boardEntry($1) }
    optional(package.boardMetric) { $0.text($1) }
    int(package.testOpenings)
  }

  mutating func boardEntry(_ entry: PackageFile.Candidate) {
    text(entry.algorithm)
    text(entry.options)
    optional(entry.score) { $0.double($1) }
    optional(entry.spread) { $0.double($1) }
    optional(entry.failure) { $0.text($1) }
  }

  mutating func importance(_ importance: PackageFile.Importance) {
    text(importance.column)
    double(importance.value)
  }
}

extension ByteReader {
  mutating func training(into package: inout PackageFile) throws(PackageError) {
    package.options = try list(each: 2) { (reader) throws(PackageError) in
      PackageFile.Option(name: try reader.text(), value: try reader.text())
    }
    package.steps = try texts()
    package.notes = try texts()
    package.partSizes = try list(each: 2) { (reader) throws(PackageError) in
      PackageFile.PartSize(part: try reader.text(), rows: try reader.size())
    }
    package.metrics = try list(each: 3) { (reader) throws(PackageError) in
      PackageFile.Metric(name: try reader.text(), part: try reader.text(), values: try reader.doubles())
    }
    package.board = try list(each: 5) { (reader) throws(PackageError) in try reader.boardEntry() }
    package.boardMetric = try optional { (reader) throws(PackageError) in try reader.text() }
    package.testOpenings = try size()
  }

  mutating func boardEntry() throws(PackageError) -> PackageFile.Candidate {
    PackageFile.Candidate(
      algorithm: try text(), options: try text(),
      score: try optional { (reader) throws(PackageError) in try reader.double() },
      spread: try optional { (reader) throws(PackageError) in try reader.double() },
      failure: try optional { (reader) throws(PackageError) in try reader.text() })
  }

  mutating func importance() throws(PackageError) -> PackageFile.Importance {
    PackageFile.Importance(column: try text(), value: try double())
  }

  /// A whole number that is not negative.
  mutating func size() throws(PackageError) -> Int {
    let start = position
    let value = try int()
    guard value >= 0 else { throw PackageError(offset: start, .badValue("a number of rows")) }
    return value
  }
}
