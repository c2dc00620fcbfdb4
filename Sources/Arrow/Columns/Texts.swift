import CVector
import Formats
import Kernels
import Tables

extension ColumnDecoder {
  /// Texts that stand one after the other, where offsets tell where each ends.
  func texts<Offset: FixedWidthInteger & BitwiseCopyable>(_ type: Offset.Type) throws(SourceError) -> TextCells {
    let validity = try validity()
    let (first, offsets) = try self.offsets(type)
    let span = try batch.buffer(column.node, 2)
    let count = offsets[rows.count]
    let length = try batch.body.length(span)
    guard first <= length, count <= length - first else { throw failure("has texts beyond its buffer") }
    try batch.progress.makeRoom(count, source: batch.source)
    let bytes = try [UInt8].filled(count) { (target, size) throws(SourceError) in
      try batch.body.fill(target, size, span, at: first)
    }
    return try checked(offsets, bytes, validity)
  }

  /// Where the first text begins, and where each begins and ends counted from there.
  private func offsets<Offset: FixedWidthInteger & BitwiseCopyable>(
    _ type: Offset.Type
  ) throws(SourceError) -> (first: Int, [Int]) {
    let span = try batch.buffer(column.node, 1)
    let written = try [Offset].filled(rows.count + 1) { (target, size) throws(SourceError) in
      try batch.body.fill(target, size, span, at: rows.lowerBound * MemoryLayout<Offset>.stride)
    }
    let first = written[0]
    var (isDamaged, before) = (first < 0, first)
    let offsets = Self.mapped(written) { offset -> Int in
      isDamaged = isDamaged || offset < before
      before = offset
      return Int(truncatingIfNeeded: offset) &- Int(truncatingIfNeeded: first)
    }
    if isDamaged { throw failure("has texts that end before they begin") }
    return (Int(truncatingIfNeeded: first), offsets)
  }

  /// Texts as a column. Throws `badFormat` where one is not UTF-8; what stands where there is no cell does not count.
  private func checked(_ offsets: [Int], _ bytes: [UInt8], _ validity: Bitmap?) throws(SourceError) -> TextCells {
    var (offsets, bytes) = (offsets, bytes)
    if let validity, Self.hasTextWhereNoneIs(offsets, validity) {
      (offsets, bytes) = Self.dense(offsets, bytes, validity)
    }
    guard Self.areTexts(offsets, bytes) else { throw failure("has a text that is not UTF-8") }
    return TextCells(.plain(offsets: offsets, bytes: bytes), validity: validity)
  }

  private static func hasTextWhereNoneIs(_ offsets: [Int], _ validity: Bitmap) -> Bool {
    var isFound = false
    validity.eachClear(RowList(0..<validity.count), 0..<validity.count) { row in
      isFound = isFound || offsets[row] < offsets[row + 1]
    }
    return isFound
  }

  /// The texts of the cells that there are, one after the other.
  private static func dense(_ offsets: [Int], _ bytes: [UInt8], _ validity: Bitmap) -> ([Int], [UInt8]) {
    var (ends, kept) = ([0], [UInt8]())
    ends.reserveCapacity(offsets.count)
    for row in 0..<validity.count {
      if validity[row] { kept.append(contentsOf: bytes[offsets[row]..<offsets[row + 1]]) }
      ends.append(kept.count)
    }
    return (ends, kept)
  }

  /// Whether all of the bytes are UTF-8, and no text begins within a character.
  private static func areTexts(_ offsets: [Int], _ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return true }
      if mlp_is_plain_ascii(base, bytes.count) != 0 { return true }
      return UTF8Text.isWellFormed(base, 0, bytes.count)
        && offsets.allSatisfy { $0 == bytes.count || base[$0] & 0xC0 != 0x80 }
    }
  }

  // MARK: Views

  /// Texts of up to twelve bytes stand in their views; of longer ones the view tells in which buffer they are, and where.
  func views() throws(SourceError) -> TextCells {
    let validity = try validity()
    let views = try [SIMD4<Int32>].filled(rows.count) { (target, size) throws(SourceError) in
      try batch.body.fill(target, size, try batch.buffer(column.node, 1), at: rows.lowerBound * 16)
    }
    let buffers = try values(of: views, validity)
    var offsets = [0]
    offsets.reserveCapacity(rows.count + 1)
    var total = 0
    for (row, view) in views.enumerated() {
      if validity?[row] ?? true {
        guard Self.isWithin(view, buffers) else { throw failure("has texts beyond its buffers") }
        // A batch has fewer than 2^40 rows, each of less than 2^31 bytes: of the rows of a chunk the sum is far from overflowing.
        total += Int(view[0])
      }
      offsets.append(total)
    }
    try batch.progress.makeRoom(total, source: batch.source)
    let bytes = [UInt8](unsafeUninitializedCapacity: total) { target, size in
      for row in views.indices where offsets[row] < offsets[row + 1] {
        Self.copy(
          views[row], buffers,
          to: UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(target)[offsets[row]..<offsets[row + 1]]))
      }
      size = total
    }
    return try checked(offsets, bytes, validity)
  }

  /// The longest text that stands in its view.
  private static let inlineCount = 12

  /// The buffers that views lead to; none are read where all texts are short.
  private func values(of views: [SIMD4<Int32>], _ validity: Bitmap?) throws(SourceError) -> [RawMemory] {
    let isLong = views.indices.contains { Int(views[$0][0]) > Self.inlineCount && validity?[$0] ?? true }
    guard isLong else { return [] }
    var buffers: [RawMemory] = []
    for place in 2..<max(2, batch.bufferCount(column.node)) {
      buffers.append(try batch.body.whole(try batch.buffer(column.node, place)))
    }
    return buffers
  }

  private static func isWithin(_ view: SIMD4<Int32>, _ buffers: [RawMemory]) -> Bool {
    let (length, buffer, offset) = (Int(view[0]), Int(view[2]), Int(view[3]))
    if length <= inlineCount { return length >= 0 }
    return buffers.indices.contains(buffer) && offset >= 0 && offset <= buffers[buffer].count - length
  }

  private static func copy(_ view: SIMD4<Int32>, _ buffers: [RawMemory], to target: UnsafeMutableRawBufferPointer) {
    if target.count > inlineCount {
      let start = buffers[Int(view[2])].base + Int(view[3])
      target.copyMemory(from: UnsafeRawBufferPointer(start: start, count: target.count))
    } else {
      withUnsafeBytes(of: view) { bytes in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[4..<4 + target.count]))
      }
    }
  }
}
