import Tables

/// Where two tables differ, in words; nil where they are equal.
func difference(_ made: Table, _ expected: Table) -> String? {
  if made.schema != expected.schema { return "\(made.schema.fields) is not \(expected.schema.fields)" }
  if made.rowCount != expected.rowCount { return "\(made.rowCount) rows, not \(expected.rowCount)" }
  for (name, (own, other)) in zip(made.names, zip(made.columns, expected.columns)) where own != other {
    let row = (0..<own.count).first { own[$0] != other[$0] } ?? 0
    return "'\(name)' is \(own[row]) in row \(row), not \(other[row])"
  }
  return nil
}
