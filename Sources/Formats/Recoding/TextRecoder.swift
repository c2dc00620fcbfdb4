import Tables

/// Turns the bytes of a text into others as they come, in pieces of any size: what it gives does not depend on the pieces.
package protocol TextRecoder: AnyObject {
  /// Takes the next bytes and appends what they become, as far as that is known; `isLast` with the last of them, of which there may be
  /// none. Throws `badFormat` for bytes that become nothing, and `tooLarge` where too many would have to be kept.
  func take(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool, _ result: inout [UInt8]) throws(SourceError)
}

extension TextRecoder {
  /// What a beginning of a text becomes.
  func take(_ bytes: [UInt8], isLast: Bool) throws(SourceError) -> [UInt8] {
    var outcome: Result<[UInt8], SourceError> = .success([])
    bytes.withUnsafeBufferPointer { buffer in
      var result: [UInt8] = []
      do throws(SourceError) {
        try take(buffer, isLast: isLast, &result)
        outcome = .success(result)
      } catch { outcome = .failure(error) }
    }
    return try outcome.get()
  }
}

/// What a recoder makes of a stream.
package final class RecodedStream: ByteStream {
  private let raw: any ByteStream
  private let recoder: any TextRecoder
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var output: [UInt8] = []
  private var given = 0
  private var isAtEnd: Bool

  /// `isAtEnd` where the recoder has had the last bytes already.
  package init(_ raw: any ByteStream, _ recoder: any TextRecoder, isAtEnd: Bool) {
    self.raw = raw
    self.recoder = recoder
    self.isAtEnd = isAtEnd
  }

  package var taken: Int { raw.taken }
  package var size: Int? { raw.size }

  package func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    while given == output.count {
      if isAtEnd { return 0 }
      try refill()
    }
    let wanted = min(count, output.count - given)
    output.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { target.copyMemory(from: base + given, byteCount: wanted) }
    }
    given += wanted
    return wanted
  }

  private func refill() throws(SourceError) {
    output.removeAll(keepingCapacity: true)
    given = 0
    var outcome: Result<Bool, SourceError> = .success(false)
    input.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) {
        let got = try raw.read(into: base, buffer.count)
        let bytes = UnsafeBufferPointer(start: UnsafePointer(base.assumingMemoryBound(to: UInt8.self)), count: got)
        try recoder.take(bytes, isLast: got == 0, &output)
        outcome = .success(got == 0)
      } catch { outcome = .failure(error) }
    }
    isAtEnd = try outcome.get()
  }
}
