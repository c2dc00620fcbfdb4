import Formats
import Kernels
import Tables

/// Files of spreadsheet programs that are not read, and what to do about them.
public enum OtherWorkbook {
  private static let advice = "open it in a spreadsheet program and save it as .xlsx or .csv"
  private static let kinds = [
    "xls": "Excel's format before 2007", "xlsb": "Excel's binary format", "ods": "an OpenDocument spreadsheet",
    "numbers": "Apple's Numbers' format", "gsheet": "a link to a Google sheet",
  ]

  /// What is said of a file with such an ending; nil for any other.
  public static func words(ending: String) -> String? {
    kinds[ending].map { "it is \($0), which is not read; \(advice)" }
  }

  /// What is said of bytes that are no zip archive.
  static func refusal(_ bytes: any PositionedBytes, _ source: String) throws(SourceError) -> SourceError {
    let head = try bytes.stretch(0, min(8, bytes.length), source)
    if head == [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] {
      return SourceError(
        source: source,
        reason: .badFormat(
          "it is a workbook with a password, or of Excel's format before 2007; \(advice), without a password"))
    }
    if head.starts(with: [0x50, 0x4B]) { return ZipArchive.damaged(source, "it ends early") }
    let words = bytes.length == 0 ? "it is empty" : "it is no .xlsx file, which is a zip archive"
    return SourceError(source: source, reason: .badFormat(words))
  }

  /// What is said of an archive without a workbook's part.
  static func refusal(_ archive: ZipArchive) -> SourceError {
    let kind = archive["xl/workbook.bin"] != nil ? "xlsb" : archive["content.xml"] != nil ? "ods" : nil
    let words = kind.flatMap(words(ending:)) ?? "it is a zip archive without a workbook"
    return SourceError(source: archive.source, reason: .badFormat(words))
  }
}
