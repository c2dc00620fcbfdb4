import Descriptions
import Formats
import Kernels
import Tables

@testable import Arrow

/// Reads bytes that stand in a test.
func source(_ bytes: [UInt8], _ options: [String: RawValue] = [:]) -> any TableSource {
  ArrowFormat.source("t.arrow", bytes: bytes, ReadingRequest(Options(options)))
}

func rows(_ bytes: [UInt8], _ options: [String: RawValue] = [:]) throws(SourceError) -> SourceRows {
  try source(bytes, options).read(columns: nil, Progress())
}

/// The error that reading gives; nil when it gives none.
func failure(_ bytes: [UInt8], _ options: [String: RawValue] = [:]) -> SourceError? {
  do throws(SourceError) {
    _ = try rows(bytes, options)
    return nil
  } catch { return error }
}

/// The words of a `badFormat`; empty for any other error, and for none.
func badFormat(_ bytes: [UInt8]) -> String {
  if case .badFormat(let words)? = failure(bytes)?.reason { words } else { "" }
}

/// A table as the bytes of a file or a stream, its rows coming in chunks of a size.
func written(_ table: Table, isStream: Bool = false, chunk: Int = .max) throws(SourceError) -> [UInt8] {
  var encoder = ArrowEncoder(table, isStream: isStream)
  var bytes: [UInt8] = []
  var next = 0
  while next < table.rowCount {
    let end = min(table.rowCount, chunk < table.rowCount ? next + chunk : table.rowCount)
    bytes += try encoder.append(table.take(RowList(next..<end)), Progress())
    next = end
  }
  return bytes + (try encoder.finish(Progress()))
}

extension Table {
  /// The cells of a column as they would be written.
  func words(_ name: String) -> [String] { (0..<rowCount).map { self[name]?[$0].description ?? "no column" } }

  var types: [ColumnType] { columns.map(\.type) }

  /// All types that a file can hold, with missing cells.
  static func random(seed: UInt64, rows: Int) -> Table {
    var random = CounterRandom(seed: seed)
    let pieces = ["", "a", "é", "日本", "🙂", "\n", "\0", "a longer piece of text", "e\u{301}"]
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in random.next(below: 5) == 0 ? nil : make(&random) }
    }
    let floats = cells { random -> Double in
      let value = Double(bitPattern: random.next())
      return value.isFinite ? value : 0.1
    }
    let plain = cells { random in
      (0..<random.next(below: 4)).map { _ in pieces[random.next(below: pieces.count)] }.joined()
    }
    let codes = (0..<rows).map { _ in Int32(random.next(below: 3)) }
    return Table([
      ("text, \"quoted\"", .text(TextCells(plain))),
      ("bool", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
      ("int", .int(Cells(cells { Int64(bitPattern: $0.next()) }, filler: 0))),
      ("float", .float(Cells(floats, filler: 0))),
      ("date", .date(Cells(cells { Int32(truncatingIfNeeded: $0.next()) }, filler: 0))),
      ("moment", .datetime(Cells(cells { Int64(bitPattern: $0.next()) }, filler: 0))),
      ("words", .text(TextCells(.dictionary(codes: codes, words: ["x", "y", "zz"])))),
      ("whole", .int(Cells((0..<rows).map { Int64($0) }))),
      ("none", .missing(.float, count: rows)),
    ])
  }
}
