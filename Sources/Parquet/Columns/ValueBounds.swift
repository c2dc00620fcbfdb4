/// The least and the greatest of the whole numbers of a column, in all row groups, as the file states them.
struct ValueBounds: Equatable {
  let least: WideInt
  let greatest: WideInt

  /// nil where a row group with values does not say.
  static func of(_ leaf: SchemaColumns.Leaf, in file: FileMetadata) -> ValueBounds? {
    var found: ValueBounds?
    for group in file.groups where leaf.place < group.chunks.count {
      let chunk = group.chunks[leaf.place]
      if let missing = chunk.missingCount, missing == chunk.valueCount { continue }
      guard !chunk.hasOldBounds, let low = chunk.least.flatMap({ number($0, leaf, file.footer) }),
        let high = chunk.greatest.flatMap({ number($0, leaf, file.footer) })
      else { return nil }
      found = ValueBounds(least: min(found?.least ?? low, low), greatest: max(found?.greatest ?? high, high))
    }
    return found ?? ValueBounds(least: WideInt(0), greatest: WideInt(0))
  }

  private static func number(_ place: Range<Int>, _ leaf: SchemaColumns.Leaf, _ footer: RawBuffer) -> WideInt? {
    let bytes = UnsafeBufferPointer(rebasing: footer.buffer[place])
    switch leaf.node.physical {
    case .int32 where bytes.count == 4, .int64 where bytes.count == 8:
      return WideInt(bytes.reversed(), isSigned: leaf.node.logical?.isUnsigned != true)
    case .byteArray, .fixedLengthByteArray: return WideInt(bytes, isSigned: true)
    default: return nil
    }
  }

  /// Whether all values are of the type.
  func fits(_: Int64.Type) -> Bool { least >= WideInt(Int64.min) && greatest <= WideInt(Int64.max) }

  /// Whether no value has more digits.
  func isBelow(digits: Int) -> Bool {
    let power = (0..<digits).reduce(Int64(1)) { power, _ in power * 10 }
    return least > WideInt(-power) && greatest < WideInt(power)
  }
}
