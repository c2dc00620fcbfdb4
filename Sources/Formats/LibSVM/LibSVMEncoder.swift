import Kernels
import Notation
import Tables

/// Writes rows as LIBSVM's text: a label, perhaps a query, and the features that are not zero.
struct LibSVMEncoder: TableEncoder {
  /// Cells that are written before it is looked whether the work goes on, and whether there is memory.
  private static let pieceCells = 1 << 14

  private let layout: LibSVMLayout
  private var row = 0
  private var numbers = FloatText()

  /// Throws `badFormat` for columns that the format has no place for.
  init(_ table: Table) throws(SourceError) { layout = try LibSVMLayout(table) }

  mutating func append(_ chunk: Table, _ progress: Progress) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    let pieceRows = max(1, Self.pieceCells / (layout.features.count + 1))
    for start in stride(from: 0, to: chunk.rowCount, by: pieceRows) {
      do throws(Cancelled) {
        try progress.checkpoint(Double(start) / Double(chunk.rowCount), "writing")
      } catch { throw SourceError(source: LibSVMLayout.source, reason: .cancelled) }
      let piece = start..<min(chunk.rowCount, start + pieceRows)
      try makeRoom(bytes.count, rows: piece.count)
      for place in piece { try append(chunk, place, to: &bytes) }
    }
    return bytes
  }

  mutating func finish(_ progress: Progress) -> [UInt8] { [] }

  private func makeRoom(_ used: Int, rows: Int) throws(SourceError) {
    let most = used + rows * (layout.features.count + 2) * CellText.longest
    do throws(OutOfMemory) { try Memory.require(most) } catch {
      throw SourceError(source: LibSVMLayout.source, reason: .tooLarge("its text does not fit into memory"))
    }
  }

  private mutating func append(_ chunk: Table, _ place: Int, to bytes: inout [UInt8]) throws(SourceError) {
    row += 1
    try label(chunk.columns[layout.label][place], to: &bytes)
    if let query = layout.query, case .int(let value) = chunk.columns[query][place] { bytes += " qid:\(value)".utf8 }
    for (order, feature) in layout.features.enumerated() {
      let value = try value(feature, chunk, place)
      // The first row tells which features there are.
      let isTold = row == 1 && (order == 0 || order == layout.features.count - 1)
      if value == 0, !isTold { continue }
      bytes += " \(feature.number):".utf8
      if let value, value.isFinite { append(value, to: &bytes) } else { bytes += "nan".utf8 }
    }
    bytes.append(0x0A)
  }

  private mutating func label(_ cell: Cell, to bytes: inout [UInt8]) throws(SourceError) {
    switch cell {
    case .bool(let value): bytes.append(value ? 0x31 : 0x30)
    case .int(let value): bytes += "\(value)".utf8
    case .float(let value) where value.isFinite: append(value, to: &bytes)
    case .text(let text) where Self.areLabels(text): bytes += text.utf8
    case .text(let text):
      throw LibSVMLayout.refusal("row \(row) has the label '\(text.prefix(60))', and labels are numbers: encode them")
    case .missing, .float, .date, .datetime, .vector: throw LibSVMLayout.refusal("row \(row) has no label")
    }
  }

  /// Whether a text is one number, or several with commas between.
  private static func areLabels(_ text: String) -> Bool {
    text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { part in
      let bytes = Array(part.utf8) + [0]
      return bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return false }
        let kind = NumberReader.shared.read(base, 0, buffer.count - 1, lenient: true).kind
        return kind == .int || kind == .float
      }
    }
  }

  /// The number that a feature is; nil where it is missing.
  private func value(_ feature: LibSVMLayout.Feature, _ chunk: Table, _ place: Int) throws(SourceError) -> Double? {
    let column = chunk.columns[feature.column]
    if let part = feature.part, case .vector(let cells) = column { return cells[place, part] }
    switch column[place] {
    case .bool(let value): return value ? 1 : 0
    case .float(let value): return value
    case .int(let value):
      guard !WholeNumber.losesDigits(value) else {
        throw LibSVMLayout.refusal(
          "row \(row): '\(feature.name)' is \(value), and features are floats, which do not hold it")
      }
      return Double(value)
    case .missing, .text, .date, .datetime, .vector: return nil
    }
  }

  private mutating func append(_ value: Double, to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: CellText.longest) { room in
      guard let base = room.baseAddress else { return }
      bytes += UnsafeBufferPointer(start: base, count: numbers.write(value, to: base))
    }
  }
}
