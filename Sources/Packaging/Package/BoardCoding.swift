import Plan

extension ByteWriter {
  mutating func boardFigures(_ figures: BoardFigures) {
    optional(figures.folds) { $0.int($1) }
    int(figures.rows)
    texts(figures.metrics)
    list(figures.values) { writer, values in
      writer.list(values) { writer, value in writer.optional(value) { $0.double($1) } }
    }
  }
}

extension ByteReader {
  mutating func boardFigures() throws(PackageError) -> BoardFigures {
    let folds = try optional { (reader) throws(PackageError) in try reader.size() }
    let rows = try size()
    let metrics = try texts()
    let values = try list(each: 1) { (reader) throws(PackageError) in
      try reader.list(each: 1) { (reader) throws(PackageError) in
        try reader.optional { (reader) throws(PackageError) in try reader.double() }
      }
    }
    guard values.allSatisfy({ $0.count == metrics.count }) else { throw failure(.inconsistent("the board's figures")) }
    return BoardFigures(folds: folds, rows: rows, metrics: metrics, values: values)
  }
}
