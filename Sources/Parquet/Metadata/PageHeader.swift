/// What goes before the bytes of a page.
struct PageHeader {
  /// nil for one that is not known here, which is passed over.
  private(set) var kind: PageKind?
  /// Bytes of the page as it stands in the file, and expanded.
  private(set) var compressedSize = 0
  private(set) var uncompressedSize = 0
  private(set) var checksum: UInt32?
  /// Values, missing ones included; of a dictionary its words.
  private(set) var valueCount = 0
  /// nil for one that is not known here.
  private(set) var encoding: PageEncoding?
  /// The number that names the encoding.
  private(set) var encodingCode: Int32 = 0
  private(set) var levelEncoding: PageEncoding?
  /// Of a page of the second version: bytes of its levels, which are never compressed, and whether its values are.
  private(set) var definitionSize = 0
  private(set) var repetitionSize = 0
  private(set) var isCompressed = true

  /// Throws `cut` where the header goes on behind the bytes.
  static func read(_ reader: inout CompactReader) throws(CompactReader.Failure) -> PageHeader {
    var header = PageHeader()
    var fields = SeenFields()
    try reader.structure { (reader, field) throws(CompactReader.Failure) in
      fields.insert(field.id)
      switch field.id {
      case 1: header.kind = PageKind(rawValue: try reader.int32(field))
      case 2: header.uncompressedSize = Int(try reader.int32(field))
      case 3: header.compressedSize = Int(try reader.int32(field))
      case 4: header.checksum = UInt32(bitPattern: try reader.int32(field))
      case 5: try header.readData(&reader, field)
      case 7: try header.readDictionary(&reader, field)
      case 8: try header.readDataV2(&reader, field)
      default: return false
      }
      return true
    }
    guard fields.has(header.required), header.compressedSize >= 0, header.uncompressedSize >= 0, header.valueCount >= 0
    else { throw .malformed }
    return header
  }

  private static let general = SeenFields([1, 2, 3])
  private static let (data, dictionary, dataV2) = (
    SeenFields([1, 2, 3, 5]), SeenFields([1, 2, 3, 7]), SeenFields([1, 2, 3, 8])
  )

  /// The fields that a page of its kind has.
  private var required: SeenFields {
    switch kind {
    case .data: Self.data
    case .dictionary: Self.dictionary
    case .dataV2: Self.dataV2
    case .index, nil: Self.general
    }
  }

  private mutating func setEncoding(_ code: Int32) {
    encodingCode = code
    encoding = PageEncoding(rawValue: code)
  }

  private mutating func readData(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) {
    var header = self
    try reader.structure(field) { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1: header.valueCount = Int(try reader.int32(field))
      case 2: header.setEncoding(try reader.int32(field))
      case 3: header.levelEncoding = PageEncoding(rawValue: try reader.int32(field))
      default: return false
      }
      return true
    }
    self = header
  }

  private mutating func readDictionary(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) {
    var header = self
    try reader.structure(field) { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1: header.valueCount = Int(try reader.int32(field))
      case 2: header.setEncoding(try reader.int32(field))
      default: return false
      }
      return true
    }
    self = header
  }

  private mutating func readDataV2(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) {
    var header = self
    try reader.structure(field) { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1: header.valueCount = Int(try reader.int32(field))
      case 4: header.setEncoding(try reader.int32(field))
      case 5: header.definitionSize = Int(try reader.int32(field))
      case 6: header.repetitionSize = Int(try reader.int32(field))
      case 7: header.isCompressed = try reader.truth(field)
      default: return false
      }
      return true
    }
    header.levelEncoding = .rle
    guard header.definitionSize >= 0, header.repetitionSize >= 0 else { throw .malformed }
    self = header
  }
}
