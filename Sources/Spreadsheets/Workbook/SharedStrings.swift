import Formats
import Kernels
import Tables

/// The texts that cells share, one after the other.
struct SharedStrings: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = [0]
  private static let most = 1 << 28

  init() {}

  /// Reads them; runs of one text with different looks are joined, and how it is pronounced is left out. Throws `tooLarge` for what
  /// does not fit into memory.
  init(_ stream: any ByteStream, part: String, source: String) throws(SourceError) {
    let reader = try XMLReader(stream, part: part, source: source)
    var asked = 0
    while true {
      let token = try reader.next()
      if token == .done { return }
      guard token == .start, reader.isNamed("si") else { continue }
      append(try RichText.read(reader))
      let size = bytes.count + ends.count * MemoryLayout<Int>.size
      if size > asked {
        asked = max(1 << 20, size * 2)
        do throws(OutOfMemory) { try Memory.require(asked - size) } catch {
          throw SourceError(source: source, reason: .tooLarge("the texts of its cells do not fit into memory"))
        }
      }
      guard ends.count <= Self.most else {
        throw SourceError(source: source, reason: .tooLarge("more than \(Self.most) texts"))
      }
    }
  }

  private mutating func append(_ text: [UInt8]) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  var count: Int { ends.count - 1 }

  /// A text, which must be there.
  subscript(_ place: Int) -> ArraySlice<UInt8> { bytes[ends[place]..<ends[place + 1]] }
}

/// A text of a cell: plain, or runs with looks of their own.
enum RichText {
  /// Reads what is in the element of the last `start`, up to its end.
  static func read(_ reader: XMLReader) throws(SourceError) -> [UInt8] {
    var text: [UInt8] = []
    let outer = reader.depth - 1
    var isText = false
    while reader.depth > outer {
      switch try reader.next() {
      case .start where reader.isNamed("rPh"): try reader.skipElement()
      case .start: isText = reader.isNamed("t")
      case .end: isText = false
      case .text: if isText { text.append(contentsOf: reader.text) }
      case .done: return text
      }
      if text.count > XMLReader.mostText { throw reader.bad("a text of more than \(XMLReader.mostText) bytes") }
    }
    return EscapedText.decoded(text)
  }
}
