import Glibc

/// Copies within and between blocks, sixteen bytes at a time: up to fifteen bytes behind the end are read and written too.
enum BlockCopy {
  /// Bytes from elsewhere.
  @inline(__always)
  static func literal(_ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, _ count: Int) {
    if count <= 16 { sixteen(source, to: target) } else { memcpy(target, source, count) }
  }

  /// The `count` bytes that begin `offset` bytes before `target`, which may be fewer than that and then repeat.
  @inline(__always)
  static func match(_ target: UnsafeMutablePointer<UInt8>, offset: Int, _ count: Int) {
    let source = UnsafePointer(target - offset)
    if offset >= 16 {
      var done = 0
      repeat {
        sixteen(source + done, to: target + done)
        done &+= 16
      } while done < count
    } else {
      repeating(source, to: target, offset, count)
    }
  }

  @inline(__always)
  private static func sixteen(_ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
    let word = UnsafeRawPointer(source).loadUnaligned(as: SIMD16<UInt8>.self)
    UnsafeMutableRawPointer(target).storeBytes(of: word, as: SIMD16<UInt8>.self)
  }

  /// A pattern of fewer than sixteen bytes: what was copied is copied again, so that the stretch doubles.
  @inline(never)
  private static func repeating(
    _ source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>, _ offset: Int, _ count: Int
  ) {
    var (known, done) = (offset, 0)
    while done < count {
      let next = min(known, count - done)
      for place in 0..<next { target[done &+ place] = source[place] }
      done &+= next
      known &+= next
      if known >= 256 { break }
    }
    while done < count {
      let next = min(known, count - done)
      memcpy(target + done, source, next)
      done &+= next
      known &+= next
    }
  }
}
