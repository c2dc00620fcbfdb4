import Tables

/// A column of a file that is written: one of the table, or a place of a vector.
struct WrittenColumn: Sendable {
  let name: String
  private let type: ColumnType
  /// Which column of the table, and which place of a vector.
  private let source: Int
  private let place: Int

  /// The columns of a file of rows with the columns of this table.
  static func all(_ table: Table) -> [WrittenColumn] {
    zip(table.names, table.columns).enumerated().flatMap { source, named -> [WrittenColumn] in
      guard case .vector(let cells) = named.1 else {
        return [WrittenColumn(name: named.0, type: named.1.type, source: source, place: 0)]
      }
      return cells.names.enumerated().map { place, part in
        WrittenColumn(name: "\(named.0)_\(part)", type: .float, source: source, place: place)
      }
    }
  }

  /// As a `Field` of a schema.
  var field: FlatValue {
    let (id, parameters) = typeFields
    return .table([.text(name), .bool(true), .byte(id), .table(parameters), nil, .tables([])])
  }

  /// The number of the type among Arrow's, and its parameters.
  private var typeFields: (UInt8, [FlatValue?]) {
    switch type {
    case .int: (2, [.int(64), .bool(true)])
    case .float, .vector: (3, [.short(2)])
    case .text: (5, [])
    case .bool: (6, [])
    case .date: (8, [.short(0)])
    case .datetime: (10, [.short(Int16(truncatingIfNeeded: TimeUnit.microseconds.rawValue)), .text("UTC")])
    }
  }

  /// The buffers of the rows in pieces of tables. Throws `badFormat` for more text than 32-bit offsets reach.
  func buffers(_ pieces: [TablePiece]) throws(SourceError) -> WrittenBuffers {
    var buffers = WrittenBuffers(pieces.reduce(0) { $0 + $1.rows.count })
    for piece in pieces {
      let rows = piece.rows
      switch piece.table.columns[source] {
      case .bool(let cells): buffers.append(bits: cells, rows)
      case .int(let cells), .datetime(let cells): buffers.append(cells, rows, filler: 0)
      case .float(let cells): buffers.append(cells, rows, filler: 0)
      case .date(let cells): buffers.append(cells, rows, filler: 0)
      case .text(let cells):
        guard buffers.append(cells, rows) else {
          throw SourceError(
            source: name,
            reason: .badFormat("it has more text in \(ArrowEncoder.batchRows) rows than Arrow's utf8 takes"))
        }
      case .vector(let cells): buffers.append(Cells(rows.map { cells[$0, place] }), 0..<rows.count, filler: 0)
      }
    }
    return buffers
  }
}

/// Rows of a table.
struct TablePiece: Sendable {
  let table: Table
  let rows: Range<Int>
}
