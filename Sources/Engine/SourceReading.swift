import Kernels
import Plan
import Storage
import Tables

/// Reads a source: into memory, or into a file of chunks from where its rows would fill the bound.
struct SourceReading {
  let source: any TableSource
  let columns: Set<String>?
  /// Rows in a chunk of a file that takes them all; nil for what the bound of memory asks for.
  let rowsPerChunk: Int?

  init(_ source: any TableSource, _ columns: Set<String>?, rowsPerChunk: Int? = nil) {
    self.source = source
    self.columns = columns
    self.rowsPerChunk = rowsPerChunk
  }

  func rows(_ progress: Progress) throws(EngineError) -> Collected {
    if rowsPerChunk == nil, let bytes = source.byteCount, Spilling.fits(text: bytes) {
      do throws(SourceError) {
        let read = try source.read(ScanRequest(columns: columns), progress)
        return collected(.whole(read.table), read.notes)
      } catch {
        throw EngineError(error)
      }
    }
    var failure: ChunkFileError?
    let report: ScanReport
    var spilling: Spilling
    do throws(SourceError) {
      spilling = Spilling(
        expectedRows: try source.expectedRows(ScanRequest(columns: columns)), rowsPerChunk: rowsPerChunk)
      report = try source.scan(ScanRequest(columns: columns), progress) { chunk in
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
    let rows = try SpilledRows.checking { () throws(ChunkFileError) in try spilling.rows(report) }
    return collected(rows, report.notes)
  }

  func collected(_ rows: Rows, _ notes: [String]) -> Collected {
    Collected(rows: rows, notes: notes.map { StageNote(step: nil, .source($0)) })
  }
}
