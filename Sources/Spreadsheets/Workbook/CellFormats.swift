import Formats
import Tables

/// The number formats of a workbook's styles.
enum CellFormats {
  private static let most = 1 << 20

  /// The format of each style, in their order.
  static func read(_ stream: any ByteStream, part: String, source: String) throws(SourceError) -> [NumberFormat] {
    let reader = try XMLReader(stream, part: part, source: source)
    var codes: [Int: NumberFormat] = [:]
    var found: [NumberFormat] = []
    var isInStyles = false
    while true {
      let token = try reader.next()
      if token == .done { return found }
      if token == .text { continue }
      if reader.isNamed("cellXfs") {
        isInStyles = token == .start
      } else if token == .start, reader.isNamed("numFmt"), let id = try number(reader, "numFmtId"), codes.count < most,
        let code = try reader.string("formatCode")
      {
        codes[id] = NumberFormat(code: code)
      } else if token == .start, isInStyles, reader.isNamed("xf"), found.count < most {
        let id = try number(reader, "numFmtId") ?? 0
        found.append(codes[id] ?? NumberFormat(builtIn: id))
      }
    }
  }

  private static func number(_ reader: XMLReader, _ name: StaticString) throws(SourceError) -> Int? {
    try reader.string(name).flatMap { Int($0) }
  }
}
