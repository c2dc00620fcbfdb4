/// Where the pages of one column of a row group stand, and what is said of them.
struct ChunkMetadata {
  var physical: PhysicalType?
  /// nil for one that is not known here.
  var codec: Codec?
  var valueCount = 0
  var uncompressedSize = 0
  var compressedSize = 0
  private var dataOffset = 0
  private var dictionaryOffset = 0
  /// Whether its pages or what is said of them is encrypted.
  private(set) var isEncrypted = false
  /// Whether its pages are in another file.
  private(set) var isElsewhere = false
  private var hasMetadata = false
  /// How many values are missing, where the statistics say so.
  private(set) var missingCount: Int?
  /// How many are no number, where the statistics say so.
  private(set) var notANumberCount: Int?
  /// Where in the footer the statistics' least and greatest value stand.
  private(set) var least: Range<Int>?
  private(set) var greatest: Range<Int>?
  /// Whether those are known to be values of the column, and not shorter or longer than one.
  private(set) var isLeastExact = false
  private(set) var isGreatestExact = false
  /// Whether they are of the older kind, in the order of signed bytes whatever the column's type.
  private(set) var hasOldBounds = false

  /// Type, codec, values, size, place.
  private static let required = SeenFields([1, 4, 5, 7, 9])

  /// The first byte of its first page: a dictionary goes before the data, and some writers do not say where it is.
  var start: Int { dictionaryOffset > 0 && dictionaryOffset < dataOffset ? dictionaryOffset : dataOffset }

  static func read(_ reader: inout CompactReader) throws(CompactReader.Failure) -> ChunkMetadata {
    var chunk = ChunkMetadata()
    try reader.structure { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1: chunk.isElsewhere = !(try reader.binary(field)).isEmpty
      case 3: try chunk.readColumn(&reader, field)
      case 8, 9:
        chunk.isEncrypted = true
        return false
      default: return false
      }
      return true
    }
    // Without this a list of structures of one byte would take a hundred times its size in memory.
    guard chunk.hasMetadata || chunk.isEncrypted else { throw .malformed }
    return chunk
  }

  private mutating func readColumn(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) {
    var read = ChunkMetadata()
    var fields = SeenFields()
    try reader.structure(field) { (reader, field) throws(CompactReader.Failure) in
      fields.insert(field.id)
      switch field.id {
      case 1: read.physical = PhysicalType(rawValue: try reader.int32(field))
      case 4: read.codec = Codec(rawValue: try reader.int32(field))
      case 5: read.valueCount = Int(try reader.int(field))
      case 6: read.uncompressedSize = Int(try reader.int(field))
      case 7: read.compressedSize = Int(try reader.int(field))
      case 9: read.dataOffset = Int(try reader.int(field))
      case 11: read.dictionaryOffset = Int(try reader.int(field))
      case 12: try read.readStatistics(&reader, field)
      default: return false
      }
      return true
    }
    guard fields.has(Self.required) else { throw .malformed }
    read.hasMetadata = true
    (read.isElsewhere, read.isEncrypted) = (isElsewhere, isEncrypted)
    self = read
  }

  /// Takes the bounds in the column's own order; where there are none those of old writers, which compare bytes as they come.
  private mutating func readStatistics(
    _ reader: inout CompactReader, _ field: CompactReader.Field
  ) throws(CompactReader.Failure) {
    var (least, greatest, missing, notANumber): (Range<Int>?, Range<Int>?, Int64?, Int64?)
    var (oldLeast, oldGreatest): (Range<Int>?, Range<Int>?)
    try reader.structure(field) { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1: oldGreatest = try reader.binary(field)
      case 2: oldLeast = try reader.binary(field)
      case 3: missing = try reader.int(field)
      case 5: greatest = try reader.binary(field)
      case 6: least = try reader.binary(field)
      case 7: isGreatestExact = try reader.truth(field)
      case 8: isLeastExact = try reader.truth(field)
      case 9: notANumber = try reader.int(field)
      default: return false
      }
      return true
    }
    hasOldBounds = least == nil && greatest == nil && (oldLeast != nil || oldGreatest != nil)
    (self.least, self.greatest) = hasOldBounds ? (oldLeast, oldGreatest) : (least, greatest)
    missingCount = missing.map { Int($0) }
    notANumberCount = notANumber.map { Int($0) }
  }
}
