import Formats
import Glibc
import Kernels
import Synchronization
import Tables

/// The table of a sheet in a workbook. Types are settled by all of its rows, which are read once for that; what was found is kept while
/// the file stays as it is.
struct XLSXFile: TypedFile {
  private enum Origin: Sendable { case file, memory([UInt8]) }

  let path: String
  private let origin: Origin
  private let options: SheetOptions
  private let memo = LayoutMemo()

  init(path: String, _ options: SheetOptions) {
    self.path = path
    self.options = options
    origin = .file
  }

  /// The same over bytes in memory; `path` is what messages call them.
  init(path: String, bytes: [UInt8], _ options: SheetOptions) {
    self.path = path
    self.options = options
    origin = .memory(bytes)
  }

  func outline() throws(SourceError) -> TypedOutline? {
    if case .file = origin, !(try FileStream.isRepeatable(path)) { return nil }
    let layout = try layout(try bytes(), Progress())
    return TypedOutline(schema: layout.schema, rowCount: layout.rowCount)
  }

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    let bytes = try bytes()
    let layout = try layout(bytes, progress)
    let workbook = try Workbook(bytes, source: path)
    let strings = try workbook.sharedStrings()
    let sheet = try workbook.sheet(.name(layout.sheet)).sheet
    let reader = try SheetReader(workbook, sheet, formats: try workbook.formats(), stringCount: strings.count)
    var rows = SheetRows(layout, wanted, options, strings, source: path)
    try rows.run(reader, progress, take)
    return TypedReport(
      schema: Schema(rows.columns.map { Field($0.name, $0.type) }), byteCount: reader.byteCount, notes: layout.notes)
  }

  /// The bytes of the workbook; what can be read only once is read into memory.
  private func bytes() throws(SourceError) -> any PositionedBytes {
    switch origin {
    case .memory(let bytes): return MemoryStream(bytes)
    case .file:
      let file = try FileStream(path: path)
      return file.isRegular ? file : MemoryStream(try wholeBytes(file))
    }
  }

  private func wholeBytes(_ stream: FileStream) throws(SourceError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = 1 << 20
      do throws(OutOfMemory) { try Memory.require(bytes.count + piece) } catch {
        throw SourceError(source: path, reason: .tooLarge("the workbook does not fit into memory"))
      }
      var buffer = [UInt8](repeating: 0, count: piece)
      var outcome: Result<Int, SourceError> = .success(0)
      buffer.withUnsafeMutableBytes { room in
        guard let base = room.baseAddress else { return }
        do throws(SourceError) { outcome = .success(try stream.fill(base, piece)) } catch { outcome = .failure(error) }
      }
      let got = try outcome.get()
      bytes.append(contentsOf: buffer[..<got])
      if got < piece { return bytes }
    }
  }

  private func layout(_ bytes: any PositionedBytes, _ progress: Progress) throws(SourceError) -> SheetLayout {
    let stamp: FileStamp? = if case .file = origin { FileStamp(path) } else { FileStamp() }
    if let known = memo[stamp] { return known }
    let workbook = try Workbook(bytes, source: path)
    let (sheet, note) = try workbook.sheet(options.sheet)
    let strings = try workbook.sharedStrings()
    let reader = try SheetReader(workbook, sheet, formats: try workbook.formats(), stringCount: strings.count)
    var survey = SheetSurvey(options, strings, source: path)
    while let row = try reader.next() {
      try survey.take(row)
      if row.number % 1024 == 0 { try checkpoint(progress, reader.fraction / 2) }
    }
    let layout = try survey.finish(sheet.name, reader).with(note)
    memo.keep(layout, stamp)
    return layout
  }

  private func checkpoint(_ progress: Progress, _ fraction: Double) throws(SourceError) {
    do throws(Cancelled) { try progress.checkpoint(fraction, "reading") } catch {
      throw SourceError(source: path, reason: .cancelled)
    }
  }
}

extension SheetLayout {
  /// With a note in front of the others.
  fileprivate func with(_ note: String?) -> SheetLayout {
    SheetLayout(
      sheet: sheet, columns: columns, firstRow: firstRow, lastRow: lastRow, rowCount: rowCount,
      notes: (note.map { [$0] } ?? []) + notes)
  }
}

/// What tells one state of a file from another.
private struct FileStamp: Equatable {
  private let numbers: [Int]

  /// Of bytes in memory, which stay as they are.
  init() { numbers = [] }

  /// nil where there is no plain file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    numbers = [
      Int(status.st_size), Int(status.st_ino), Int(status.st_dev), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
      status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
    ]
  }
}

/// The last layout that was found, and of which state of the file.
private final class LayoutMemo: Sendable {
  private let known = Mutex<(stamp: FileStamp, layout: SheetLayout)?>(nil)

  subscript(_ stamp: FileStamp?) -> SheetLayout? {
    known.withLock { known in known.flatMap { $0.stamp == stamp ? $0.layout : nil } }
  }

  func keep(_ layout: SheetLayout, _ stamp: FileStamp?) {
    guard let stamp else { return }
    known.withLock { $0 = (stamp, layout) }
  }
}
