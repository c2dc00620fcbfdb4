import Kernels
import Tables

/// The rows that were refused, as a CSV file: where each stood, why it was refused, and the row itself.
struct RejectedRows {
  /// Rows are kept up to this many bytes; the rest is only counted.
  static let limit = 64 << 20

  private var bytes = Array("file,line,column,reason,row\n".utf8)
  private var kept = 0

  mutating func add(_ problem: RowProblem, _ survey: Survey, source: String, line: Int) {
    let column = problem.column.map { survey.columns[$0].name } ?? ""
    add(source: source, line: line, column: column, reason: problem.words(survey), raw: problem.raw)
  }

  mutating func add(source: String, line: Int, column: String, reason: String, raw: [UInt8]) {
    guard bytes.count < Self.limit else { return }
    let fields = [ShownPaths.shown(source), "\(line)", column, reason].map { Array($0.utf8) } + [raw]
    for (place, field) in fields.enumerated() {
      if place > 0 { bytes.append(0x2C) }
      DelimitedText.append(field, to: &bytes, delimiter: 0x2C)
    }
    bytes.append(0x0A)
    kept += 1
  }

  /// Writes them to `path`, if there is one, and says so.
  func finish(_ path: String?, count: Int) throws(SourceError) -> [String] {
    let rows = "\(count) row\(count == 1 ? "" : "s") rejected"
    guard let path else { return [rows] }
    do throws(FileError) { try DurableFile.write(bytes, to: path) } catch {
      throw SourceError(source: path, reason: .file(error))
    }
    return kept < count ? ["\(rows), the first \(kept) kept in \(path)"] : ["\(rows), kept in \(path)"]
  }
}
