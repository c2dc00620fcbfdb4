import Tables

/// A field of a schema with its children.
struct ArrowField: Sendable {
  /// A dictionary in which a field's values are, and the type of their places there.
  struct Dictionary: Sendable {
    let id: Int64
    let places: ArrowType
  }

  let name: String
  /// What the values are; those of the dictionary, where they are in one.
  let type: ArrowType
  let dictionary: Dictionary?
  let children: [ArrowField]
}

/// Reads the fields of a schema.
struct FieldReader {
  /// Children within children.
  private static let depthLimit = 64

  /// A field takes at least its offset in a list: more of them than that are one field met again and again.
  private var left: Int

  init(_ bytes: FlatBytes) { left = bytes.bytes.count / 4 }

  mutating func fields(_ list: FlatList?, depth: Int = 0) throws(SourceError) -> [ArrowField] {
    guard let list, list.count > 0 else { return [] }
    guard depth < Self.depthLimit else {
      throw SourceError(
        source: list.bytes.source, reason: .tooLarge("columns within columns, deeper than \(Self.depthLimit)"))
    }
    left -= list.count
    guard left >= 0 else { throw list.bytes.damaged }
    var fields: [ArrowField] = []
    fields.reserveCapacity(list.count)
    for place in 0..<list.count { fields.append(try field(try list.table(place), depth)) }
    return fields
  }

  private mutating func field(_ table: FlatTable, _ depth: Int) throws(SourceError) -> ArrowField {
    let type = try ArrowType(table)
    let dictionary = try table.table(4)
    return ArrowField(
      name: try table.text(0) ?? "", type: type, dictionary: try dictionary.map(Self.dictionary),
      children: try fields(try table.list(5, elementSize: 4), depth: depth + 1))
  }

  private static func dictionary(_ table: FlatTable) throws(SourceError) -> ArrowField.Dictionary {
    let id: Int64 = try table.number(0, otherwise: 0)
    let places = try table.table(1)
    // Without a type of their own they have 32 bits.
    return ArrowField.Dictionary(id: id, places: try places.map(ArrowType.integer) ?? .int(bits: 32, isSigned: true))
  }
}
