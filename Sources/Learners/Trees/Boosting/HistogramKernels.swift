import CVector

/// The loops in which boosting spends its time: adding rows' gradients to their bins' cells. A histogram has 256 cells a feature.
enum HistogramKernels {
  static let cells = 256
  private static let ahead = 24

  /// Adds rows `rows[0 ..< count]`; 32 more places must be readable behind them.
  @inline(never)
  static func addPacked(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ records: UnsafeRawPointer, stride: Int, features: Int,
    into histogram: UnsafeMutablePointer<Int64>
  ) {
    for index in 0..<count {
      mlp_prefetch(records + Int(rows[index &+ ahead]) &* stride)
      addPacked(records + Int(rows[index]) &* stride, stride, features, histogram)
    }
  }

  /// Adds a stretch of rows.
  @inline(never)
  static func addPacked(
    _ rows: Range<Int>, _ records: UnsafeRawPointer, stride: Int, features: Int,
    into histogram: UnsafeMutablePointer<Int64>
  ) {
    for row in rows { addPacked(records + row &* stride, stride, features, histogram) }
  }

  @inline(__always)
  private static func addPacked(
    _ record: UnsafeRawPointer, _ stride: Int, _ features: Int, _ histogram: UnsafeMutablePointer<Int64>
  ) {
    let pair = Int64(record.loadUnaligned(fromByteOffset: stride &- 4, as: Int32.self))
    let value = ((pair >> 16) &<< 32) &+ (pair & 0xFFFF)
    var cells = histogram
    var feature = 0
    while feature &+ 8 <= features {
      // Eight indices before eight updates: an update then never waits for the load of an index.
      let bins = record.loadUnaligned(fromByteOffset: feature, as: UInt64.self)
      let a = Int(bins & 255)
      let b = Int(bins &>> 8 & 255) &+ 256
      let c = Int(bins &>> 16 & 255) &+ 512
      let d = Int(bins &>> 24 & 255) &+ 768
      let e = Int(bins &>> 32 & 255) &+ 1024
      let f = Int(bins &>> 40 & 255) &+ 1280
      let g = Int(bins &>> 48 & 255) &+ 1536
      let h = Int(bins &>> 56) &+ 1792
      cells[a] &+= value
      cells[b] &+= value
      cells[c] &+= value
      cells[d] &+= value
      cells[e] &+= value
      cells[f] &+= value
      cells[g] &+= value
      cells[h] &+= value
      cells += 2048
      feature &+= 8
    }
    while feature < features {
      cells[Int(record.load(fromByteOffset: feature, as: UInt8.self))] &+= value
      cells += 256
      feature &+= 1
    }
  }

  /// As `addPacked`, with cells of two words: the gradient, and the hessian above the number of rows.
  @inline(never)
  static func addWide(
    _ rows: UnsafePointer<UInt32>, _ count: Int, _ records: UnsafeRawPointer, stride: Int, features: Int,
    countBits: UInt64, into histogram: UnsafeMutablePointer<Int64>
  ) {
    let cells = UnsafeMutableRawPointer(histogram).assumingMemoryBound(to: SIMD2<Int64>.self)
    for index in 0..<count {
      mlp_prefetch(records + Int(rows[index &+ ahead]) &* stride)
      addWide(records + Int(rows[index]) &* stride, stride, features, countBits, cells)
    }
  }

  @inline(never)
  static func addWide(
    _ rows: Range<Int>, _ records: UnsafeRawPointer, stride: Int, features: Int, countBits: UInt64,
    into histogram: UnsafeMutablePointer<Int64>
  ) {
    let cells = UnsafeMutableRawPointer(histogram).assumingMemoryBound(to: SIMD2<Int64>.self)
    for row in rows { addWide(records + row &* stride, stride, features, countBits, cells) }
  }

  @inline(__always)
  private static func addWide(
    _ record: UnsafeRawPointer, _ stride: Int, _ features: Int, _ countBits: UInt64,
    _ histogram: UnsafeMutablePointer<SIMD2<Int64>>
  ) {
    let gradient = Int64(record.loadUnaligned(fromByteOffset: stride &- 8, as: Int32.self))
    let hessian = Int64(record.loadUnaligned(fromByteOffset: stride &- 4, as: Int32.self))
    // Without bits for a count the hessian is 1, and is the count.
    let value = SIMD2(gradient, countBits == 0 ? hessian : (hessian &<< Int64(countBits)) &+ 1)
    for feature in 0..<features {
      let bin = Int(record.load(fromByteOffset: feature, as: UInt8.self))
      histogram[feature &* 256 &+ bin] &+= value
    }
  }
}
