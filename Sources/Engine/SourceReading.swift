import Kernels
import Plan
import Storage
import Tables

/// Reads a source: into memory, or into a file of chunks from where its rows would fill the bound.
struct SourceReading {
  private let source: any TableSource
  private let columns: Set<String>?

  init(_ source: any TableSource, _ columns: Set<String>?) {
    self.source = source
    self.columns = columns
  }

  func rows(_ progress: Progress) throws(EngineError) -> Collected {
    if let bytes = source.byteCount, Spilling.fits(text: bytes) {
      do throws(SourceError) {
        let read = try source.read(ScanRequest(columns: columns), progress)
        return Collected(rows: .whole(read.table), notes: read.notes.map { StageNote(step: nil, .source($0)) })
      } catch {
        throw EngineError(error)
      }
    }
    let (spilling, report) = try scan(ScanRequest(columns: columns), progress)
    guard let writer = spilling.writer else { return collected(.whole(spilling.table(report)), report) }
    let file = try finish(writer)
    if file.schema == report.schema { return collected(.stored(SpilledRows(file)), report) }
    // A column turned out to be of another type after rows of it were written: now that is known from the first row on.
    let types = Dictionary(report.schema.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let (again, settled) = try scan(ScanRequest(columns: columns, types: types), progress)
    guard let writer = again.writer else { return collected(.whole(again.table(settled)), settled) }
    return collected(.stored(SpilledRows(try finish(writer))), settled)
  }

  private func scan(
    _ request: ScanRequest, _ progress: Progress
  ) throws(EngineError) -> (Spilling, ScanReport) {
    var spilling = Spilling()
    var failure: ChunkFileError?
    let report: ScanReport
    do throws(SourceError) {
      report = try source.scan(request, progress) { chunk in
        do throws(ChunkFileError) { try spilling.take(chunk) } catch {
          failure = error
          return .stop
        }
        return .more
      }
    } catch {
      throw EngineError(error)
    }
    if let failure { throw EngineError(failure) }
    return (spilling, report)
  }

  private func finish(_ writer: ChunkFileWriter) throws(EngineError) -> ChunkFile {
    try SpilledRows.checking { () throws(ChunkFileError) in try writer.finish() }
  }

  private func collected(_ rows: Rows, _ report: ScanReport) -> Collected {
    Collected(rows: rows, notes: report.notes.map { StageNote(step: nil, .source($0)) })
  }
}
