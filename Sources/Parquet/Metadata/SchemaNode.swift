/// One element of a file's schema: a column or a group of them. They are listed depth first.
struct SchemaNode {
  var name = ""
  /// nil for a group.
  var physical: PhysicalType?
  /// Bytes of a value of fixed length.
  var length = 0
  var repetition = Repetition.required
  var childCount = 0
  var logical: LogicalType?

  static func read(_ reader: inout CompactReader) throws(CompactReader.Failure) -> SchemaNode {
    var node = SchemaNode()
    var converted: Int32?
    var (scale, precision) = (Int32(0), Int32(0))
    var hasName = false
    try reader.structure { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1: node.physical = try known(try reader.int32(field))
      case 2: node.length = Int(try reader.int32(field))
      case 3: node.repetition = try known(try reader.int32(field))
      case 4:
        node.name = try reader.text(field)
        hasName = true
      case 5: node.childCount = Int(try reader.int32(field))
      case 6: converted = try reader.int32(field)
      case 7: scale = try reader.int32(field)
      case 8: precision = try reader.int32(field)
      case 10: node.logical = try LogicalType.read(&reader, field)
      default: return false
      }
      return true
    }
    guard hasName else { throw .malformed }
    if node.logical == nil, let converted {
      node.logical = .converted(converted, scale: Int(scale), precision: Int(precision))
    }
    return node
  }

  private static func known<Code: RawRepresentable>(
    _ number: Int32
  ) throws(CompactReader.Failure) -> Code where Code.RawValue == Int32 {
    guard let code = Code(rawValue: number) else { throw .malformed }
    return code
  }
}
