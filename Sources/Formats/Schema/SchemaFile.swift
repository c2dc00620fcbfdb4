import Kernels
import Notation
import Tables

/// Names and types of columns in a file: a Table Schema (Frictionless Data), of which `name` and `type` of the `fields` count and the rest
/// is passed over.
public struct SchemaFile: Sendable, Hashable {
  /// The bytes that such a file may have.
  private static let limit = 16 << 20

  public let path: String
  public let fields: [Field]

  /// Reads the file at `place`, which messages call `path`. Throws `file`, and `badFormat` for what is no such schema.
  public init(_ path: String, at place: String) throws(SourceError) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try DurableFile.read(place, limit: Self.limit) } catch {
      throw SourceError(source: path, reason: .file(FileError(path: path, reason: error.reason)))
    }
    try self.init(path, bytes)
  }

  package init(_ path: String, _ bytes: [UInt8]) throws(SourceError) {
    self.path = path
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: bytes, depth: 32) } catch {
      throw SourceError(source: path, reason: .badFormat("it is not JSON: \(error.words)"))
    }
    var fields: [Field] = []
    var names: Set<String> = []
    for member in value["fields"]?.elements ?? [.null] {
      guard let name = member["name"]?.string else {
        throw SourceError(source: path, reason: .badFormat("it has no list `fields` of objects with a `name`"))
      }
      let written = member["type"]?.string ?? ""
      guard let type = Self.types.first(where: { $0.written == written })?.type else {
        let known = Self.types.map(\.written).joined(separator: ", ")
        throw SourceError(
          source: path, reason: .badFormat("the type of '\(name)' is '\(written)', which is none of \(known)"))
      }
      guard names.insert(name).inserted else {
        throw SourceError(source: path, reason: .badFormat("'\(name)' stands in it twice"))
      }
      fields.append(Field(name, type))
    }
    self.fields = fields
  }

  private static let types: [(written: String, type: ColumnType)] = [
    ("string", .text), ("integer", .int), ("number", .float), ("boolean", .bool), ("date", .date),
    ("datetime", .datetime),
  ]

  /// The bytes of a file of these columns; a column of a type that such a file has not is left out.
  public static func bytes(_ fields: [Field]) -> [UInt8] {
    let lines = fields.compactMap { field -> [UInt8]? in
      guard let written = types.first(where: { $0.type == field.type })?.written else { return nil }
      var line = Array("    {\"name\": ".utf8)
      JSONText.append(field.name, to: &line)
      return line + ", \"type\": \"\(written)\"}".utf8
    }
    return Array("{\n  \"fields\": [\n".utf8) + lines.joined(separator: Array(",\n".utf8)) + Array("\n  ]\n}\n".utf8)
  }

  /// What is not as the schema says of the columns that were found, of which the `open` ones have shown no type yet. A date is a datetime,
  /// and a whole number a number; `isText` where types were found in text, each of which can be read as text.
  public func differences(_ found: DeclaredSchema, among kept: [String]?, isText: Bool) -> [SchemaDifference] {
    let locked = fields.filter { kept?.contains($0.name) ?? true }
    let missing = locked.filter { found.schema[$0.name] == nil }.map {
      SchemaDifference($0.name, locked: $0.type, found: nil)
    }
    let types = Dictionary(locked.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let others = found.schema.fields.compactMap { field -> SchemaDifference? in
      guard let type = types[field.name] else { return SchemaDifference(field.name, locked: nil, found: field.type) }
      let isOpen = found.open.contains(field.name) && field.type != .int
      return isOpen || Self.takes(field.type, as: type, isText: isText)
        ? nil : SchemaDifference(field.name, locked: type, found: field.type)
    }
    return missing + others
  }

  private static func takes(_ found: ColumnType, as locked: ColumnType, isText: Bool) -> Bool {
    switch (found, locked) {
    case (.int, .float), (.date, .datetime): true
    case (_, .text): isText || found == .text
    default: found == locked
    }
  }
}
