import Formats
import Tables

/// `sqlite:FILE#TABLE` or `sqlite:FILE#select …`, taken apart.
struct SQLiteAddress: Sendable, Hashable {
  /// The path as it is written; `%23` stands for a `#` in it.
  let file: String
  /// A table, a view or a query; nil for the only table.
  let part: String?

  /// Throws `badFormat` where no file is named.
  init(_ address: String) throws(SourceError) {
    let text = address.drop { $0 != ":" }.dropFirst()
    let hash = text.firstIndex(of: "#")
    file = String(text[..<(hash ?? text.endIndex)].replacing("%23", with: "#"))
    part = hash.map { String(text[text.index(after: $0)...]) }.flatMap(DatabasePart.trimmed)
    if file.isEmpty {
      throw SourceError(source: address, reason: .badFormat("no file is named: `sqlite:FILE#TABLE` names one"))
    }
  }

  /// As it is shown: a long query is cut.
  var shown: String { "sqlite:\(file)" + (part.map { "#" + DatabasePart.shown($0) } ?? "") }

  /// What the table is called: by its name, for a query by that of the file.
  var name: String {
    guard let part, !DatabasePart.isQuery(part) else { return FileName.stem(file) }
    return part
  }
}
