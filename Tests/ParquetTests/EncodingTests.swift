import Kernels
import Testing

@testable import Parquet

/// Every way in which values and levels are written, from bytes by hand and from our own encoders.
@Suite struct EncodingTests {
  // MARK: Bits

  @Test(arguments: 0...32) func numbersOfEveryWidthAreUnpackedFromAnyPlace(width: Int) throws {
    var random = CounterRandom(seed: UInt64(width))
    let numbers = (0..<77).map { _ in width == 0 ? 0 : random.next() & (width == 64 ? .max : (1 << UInt64(width)) - 1) }
    var (bytes, packer) = ([UInt8](), BitPacker(width: width))
    for number in numbers { packer.append(number, to: &bytes) }
    packer.finish(&bytes)
    #expect(bytes.count == (77 * width + 7) / 8)
    let buffer = try buffer(bytes)
    for (first, count) in [(0, 77), (1, 20), (7, 9), (8, 64), (13, 0), (70, 7)] {
      var target = [Int32](repeating: -1, count: count + 1)
      target.withUnsafeMutableBufferPointer {
        guard let base = $0.baseAddress else { return }
        BitUnpacking.unpack(UnsafePointer(buffer.base), from: first, count: count, width: width, to: base)
      }
      #expect(target.dropLast().map { UInt64(UInt32(bitPattern: $0)) } == Array(numbers[first..<first + count]))
      #expect(target.last == -1)
    }
  }

  @Test(arguments: [1, 7, 31, 33, 56, 57, 58, 60, 63, 64]) func wideNumbersAreUnpacked(width: Int) throws {
    var random = CounterRandom(seed: UInt64(width))
    let numbers = (0..<64).map { _ in random.next() >> UInt64(64 - width) }
    var (bytes, packer) = ([UInt8](), BitPacker(width: width))
    for number in numbers { packer.append(number, to: &bytes) }
    packer.finish(&bytes)
    let buffer = try buffer(bytes)
    #expect((0..<64).map { BitUnpacking.wide(UnsafePointer(buffer.base), $0, width) } == numbers)
  }

  // MARK: Runs

  private func decoded(_ bytes: [UInt8], width: Int, count: Int, by step: Int = .max) throws -> [Int32] {
    let buffer = try buffer(bytes)
    var decoder = try HybridDecoder(ByteCursor(buffer), width: width)
    var numbers = [Int32](repeating: -1, count: count)
    for start in stride(from: 0, to: count, by: min(step, max(1, count))) {
      let next = min(step, count - start)
      try numbers.withUnsafeMutableBufferPointer { (numbers) throws(ParquetFailure) in
        guard let base = numbers.baseAddress else { return }
        try decoder.numbers(next, to: base + start)
      }
    }
    return numbers
  }

  @Test func theNumbersOfTheStandardsExampleAreUnpacked() throws {
    // 0 to 7 in three bits each: a header of one group of eight.
    #expect(
      try decoded([0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010], width: 3, count: 8) == [0, 1, 2, 3, 4, 5, 6, 7])
  }

  @Test func aRunOfOneNumberIsARepeat() throws {
    // Twenty times 300, in two bytes as its width is nine.
    #expect(try decoded([40, 0x2C, 1], width: 9, count: 20) == [Int32](repeating: 300, count: 20))
    #expect(try decoded([6], width: 0, count: 3) == [0, 0, 0])
  }

  @Test(arguments: 0..<60 as Range<UInt64>) func runsAreReadBackInStepsOfAnySize(seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let width = Int(seed % 20) + 1
    var numbers: [Int32] = []
    while numbers.count < 500 {
      let number = Int32(truncatingIfNeeded: random.next() & (1 << UInt64(width) - 1))
      let run = random.next(below: 3) == 0 ? random.next(below: 40) + 1 : 1
      numbers += [Int32](repeating: number, count: run)
    }
    var bytes: [UInt8] = []
    numbers.withUnsafeBufferPointer { HybridEncoder.append($0, width: width, to: &bytes) }
    for step in [1, 3, 64, 1000] {
      #expect(try decoded(bytes, width: width, count: numbers.count, by: step) == numbers)
    }
  }

  @Test func runsThatEndEarlyOrAreTooWideAreErrors() throws {
    #expect(throws: ParquetFailure.damaged("its runs end early")) { try decoded([40, 0x2C], width: 9, count: 20) }
    #expect(throws: ParquetFailure.damaged("its runs end early")) { try decoded([4, 1], width: 1, count: 3) }
    #expect(throws: ParquetFailure.self) { try decoded([], width: 33, count: 0) }
    #expect(throws: ParquetFailure.self) {
      try decoded([UInt8](repeating: 0xFF, count: 11), width: 1, count: 9)
    }
  }

  @Test func aPlaceThatADictionaryHasNotIsAnError() throws {
    let buffer = try buffer([8, 3, 0b11, 0b1110_0100, 0])
    let words: [Int64] = [7, 8, 9]
    for count in [1, 4, 5, 8] {
      var decoder = try HybridDecoder(ByteCursor(buffer), width: 2)
      var target = [Int64](repeating: 0, count: 8)
      #expect(throws: ParquetFailure.self) {
        try target.withUnsafeMutableBufferPointer { (target) throws(ParquetFailure) in
          try words.withUnsafeBufferPointer { (words) throws(ParquetFailure) in
            guard let base = target.baseAddress else { return }
            try decoder.values(count, of: words, to: base)
          }
        }
      }
    }
  }

  @Test func levelsSayWhichRowsHaveAValue() throws {
    let validity = PartValidity()
    validity.begin(200)
    // Ninety present, two groups of bits, the others missing.
    let buffer = try buffer([180, 1, 1, 0b101, 0b1010_1010, 0xFF, 188, 1, 0])
    var decoder = try HybridDecoder(ByteCursor(buffer), width: 1)
    for range in [0..<3, 3..<95, 95..<100, 100..<200] { try decoder.levels(range, deepest: 1, to: validity) }
    let expected = (0..<200).map { $0 < 90 || $0 >= 98 && $0 < 106 || $0 >= 90 && $0 < 98 && $0 % 2 == 1 }
    #expect((0..<200).map(validity.isSet) == expected)
    #expect(validity.ones(0..<200) == 102 && validity.ones(91..<100) == 6)
    #expect(validity.bitmap?.onesCount == 102)
  }

  @Test func levelsOfTheOldestFilesArePackedTheOtherWayRound() throws {
    // The standard's example: 0 to 7 in three bits.
    let source = try buffer([0b0000_0101, 0b0011_1001, 0b0111_0111])
    let target = RawBuffer()
    try PackedLevels.hybrid(ByteCursor(source), count: 8, width: 3, into: target)
    #expect(try decoded(target.bytes, width: 3, count: 8) == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(PackedLevels.size(9, width: 3) == 4)
  }

  // MARK: Differences

  private func undelta(_ bytes: [UInt8], width: Int, most: Int = 1 << 20) throws -> [UInt8] {
    let target = RawBuffer()
    return try DeltaBinaryPacked.plain(ByteCursor(try buffer(bytes)), width: width, most: most, into: target).bytes
  }

  @Test func theStandardsExamplesOfDifferencesAreRead() throws {
    #expect(try undelta([8, 1, 5, 2, 2, 0], width: 8) == plain([1, 2, 3, 4, 5] as [Int64]))
    let second: [UInt8] = [8, 1, 8, 14, 3, 2, 0b1100_0000, 0b0011_1111]
    #expect(try undelta(second, width: 4) == plain([7, 5, 3, 1, 2, 3, 4, 5] as [Int32]))
  }

  @Test(arguments: 0..<40 as Range<UInt64>) func differencesAreReadBack(seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let shift = UInt64(random.next(below: 64))
    let count = [0, 1, 2, 33, 128, 129, 130, 1000][Int(seed % 8)]
    let longs = (0..<count).map { _ in Int64(bitPattern: random.next() >> shift) }
    var bytes: [UInt8] = []
    longs.withUnsafeBufferPointer { DeltaEncoder.append($0, to: &bytes) }
    #expect(try undelta(bytes, width: 8) == plain(longs))
    let size = longs.withUnsafeBufferPointer { DeltaEncoder.size($0) }
    #expect(size + 32 >= bytes.count)
    let ints = longs.map { Int32(truncatingIfNeeded: $0) }
    bytes = []
    ints.withUnsafeBufferPointer { DeltaEncoder.append($0, to: &bytes) }
    #expect(try undelta(bytes, width: 4) == plain(ints))
  }

  @Test func differencesThatDoNotHoldTogetherAreErrors() {
    let bad: [[UInt8]] = [
      [], [8], [0, 1, 5, 2], [8, 0, 5, 2], [8, 3, 5, 2], [4, 1, 5, 2], [8, 1, 5, 2, 2], [8, 1, 5, 2, 2, 65],
      [8, 1, 5, 2, 2, 3, 1], [0x80, 0x80, 0x80, 0x80, 0x80, 1, 1, 5, 2],
    ]
    for bytes in bad { #expect(throws: ParquetFailure.self) { try undelta(bytes, width: 8) } }
    #expect(throws: ParquetFailure.damaged("it has 5 differences for 4 values")) {
      try undelta([8, 1, 5, 2, 2, 0], width: 8, most: 4)
    }
  }

  // MARK: Bytes

  private func deltas(_ numbers: [Int32]) -> [UInt8] {
    var bytes: [UInt8] = []
    numbers.withUnsafeBufferPointer { DeltaEncoder.append($0, to: &bytes) }
    return bytes
  }

  @Test func theStandardsExamplesOfLengthsAndBeginningsAreRead() throws {
    let target = RawBuffer()
    let byLength = deltas([5, 5, 6, 6]) + Array("HelloWorldFoobarABCDEF".utf8)
    let lengths = try DeltaByteArrays.byLength(ByteCursor(try buffer(byLength)), most: 4, into: target)
    #expect(lengths.bytes == plain(["Hello", "World", "Foobar", "ABCDEF"]))
    let byPrefix = deltas([0, 2, 0, 3]) + deltas([4, 2, 6, 5]) + Array("axislebabbleyhood".utf8)
    let texts = try DeltaByteArrays.byPrefix(ByteCursor(try buffer(byPrefix)), width: nil, most: 4, into: target)
    #expect(texts.bytes == plain(["axis", "axle", "babble", "babyhood"]))
    let fixed = deltas([0, 2]) + deltas([4, 2]) + Array("axisle".utf8)
    let values = try DeltaByteArrays.byPrefix(ByteCursor(try buffer(fixed)), width: 4, most: 4, into: target)
    #expect(values.bytes == Array("axisaxle".utf8))
  }

  @Test func lengthsAndBeginningsThatDoNotHoldTogetherAreErrors() throws {
    let target = RawBuffer()
    for lengths in [[5, 5], [-1, 2], [Int32.max, Int32.max]] as [[Int32]] {
      let bytes = try buffer(deltas(lengths) + Array("Hello".utf8))
      #expect(throws: ParquetFailure.self) { try DeltaByteArrays.byLength(ByteCursor(bytes), most: 9, into: target) }
    }
    for (shared, own) in [([1], [4]), ([0, 5], [4, 1]), ([0], [4, 1]), ([0, 2], [4, 1])] as [([Int32], [Int32])] {
      let bytes = try buffer(deltas(shared) + deltas(own) + Array("axisle".utf8))
      #expect(throws: ParquetFailure.self) {
        try DeltaByteArrays.byPrefix(ByteCursor(bytes), width: 4, most: 9, into: target)
      }
    }
  }

  @Test func streamsOfBytesAreLaidOut() throws {
    // The standard's example.
    let split: [UInt8] = [0xAA, 0x00, 0xA3, 0xBB, 0x11, 0xB4, 0xCC, 0x22, 0xC5, 0xDD, 0x33, 0xD6]
    let whole: [UInt8] = [0xAA, 0xBB, 0xCC, 0xDD, 0x00, 0x11, 0x22, 0x33, 0xA3, 0xB4, 0xC5, 0xD6]
    let target = RawBuffer()
    #expect(try ByteStreamSplit.plain(ByteCursor(try buffer(split)), width: 4, into: target).bytes == whole)
    for width in [1, 2, 3, 8, 12] {
      let bytes = (0..<width * 5).map { UInt8($0) }
      let split = (0..<width).flatMap { stream in (0..<5).map { bytes[$0 * width + stream] } }
      #expect(try ByteStreamSplit.plain(ByteCursor(try buffer(split)), width: width, into: target).bytes == bytes)
    }
    #expect(throws: ParquetFailure.self) {
      try ByteStreamSplit.plain(ByteCursor(try buffer(split)), width: 5, into: target)
    }
  }
}
