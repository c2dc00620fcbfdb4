import Kernels
import Tables
import Testing

@testable import Parquet

/// What a file says of itself is read, and what does not hold together is an error.
@Suite struct MetadataTests {
  // MARK: Structures

  private func read(
    _ bytes: [UInt8], _ take: (inout CompactReader, CompactReader.Field) throws(CompactReader.Failure) -> Bool
  )
    throws -> Int
  {
    let buffer = try buffer(bytes)
    var reader = CompactReader(UnsafePointer(buffer.base), buffer.count)
    try reader.structure(take)
    return reader.at
  }

  @Test func fieldsAreReadAndOthersPassedOver() throws {
    var writer = CompactWriter()
    writer.structure { outer in
      outer.int32(1, -5)
      outer.truth(2, true)
      outer.truth(3, false)
      outer.text(4, "größe")
      outer.list(5, [1, 2, 3], of: .int64) { $0.element($1) }
      outer.list(6, Array(repeating: "x", count: 20), of: .binary) { $0.element($1) }
      outer.structure(7) { $0.structure(1) { $0.int64(1, .min) } }
      outer.int64(30, .max)
      outer.int8(31, -7)
      outer.int32(4000, 1)
    }
    var found: [Int: String] = [:]
    let count = try read(writer.bytes) { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1, 30, 31: found[field.id] = "\(try reader.int(field))"
      case 2, 3: found[field.id] = "\(try reader.truth(field))"
      case 4: found[4] = try reader.text(field)
      case 6:
        var texts = 0
        try reader.list(field, of: .binary) { (reader, _) throws(CompactReader.Failure) in
          _ = try reader.binary()
          texts += 1
        }
        found[6] = "\(texts)"
      default:
        found[field.id] = "passed over"
        return false
      }
      return true
    }
    #expect(count == writer.bytes.count)
    #expect(
      found == [
        1: "-5", 2: "true", 3: "false", 4: "größe", 5: "passed over", 6: "20", 7: "passed over", 30: "\(Int64.max)",
        31: "-7", 4000: "passed over",
      ])
  }

  @Test func mapsDoublesAndIdsArePassedOver() throws {
    let bytes: [UInt8] = [
      0x1B, 2, 0x88, 1, 0x61, 1, 0x62, 0, 0, 0x17, 0, 0, 0, 0, 0, 0, 0, 0, 0x1B, 0, 0x1D, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
      10, 11,
      12, 13, 14, 15, 0x1A, 0x21, 1, 2, 0,
    ]
    #expect(try read(bytes) { _, _ in false } == bytes.count)
  }

  @Test func emptyListsNeedNotSayWhatTheyAreOf() throws {
    // As fastparquet writes them.
    #expect(try read([0x19, 0x00, 0x19, 0xF0, 0x00, 0]) { _, _ in false } == 6)
    #expect(throws: CompactReader.Failure.malformed) { try read([0x19, 0x10, 0x00, 0]) { _, _ in false } }
  }

  @Test func structuresThatAreCutOrNoneAreErrors() {
    let cut: [[UInt8]] = [
      [], [0x15], [0x15, 0x80], [0x18, 5, 1], [0x19, 0xF5, 0x80], [0x19, 0x98], [0x1B, 9, 0x88],
    ]
    for bytes in cut { #expect(throws: CompactReader.Failure.cut) { try read(bytes) { _, _ in false } } }
    let malformed: [[UInt8]] = [
      [0x1E], [0x10], [0x15] + [UInt8](repeating: 0xFF, count: 10), [0x05, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0],
      [UInt8](repeating: 0x1C, count: 100), [UInt8](repeating: 0x19, count: 100),
    ]
    for bytes in malformed { #expect(throws: CompactReader.Failure.malformed) { try read(bytes) { _, _ in false } } }
  }

  // MARK: Wide numbers

  private func text(_ number: WideInt?, scale: Int = 0) -> String? {
    var bytes: [UInt8] = []
    number?.append(scale: scale, to: &bytes)
    return number == nil ? nil : String(decoding: bytes, as: UTF8.self)
  }

  @Test func numbersOfManyBytesAreWrittenWithEveryDigit() {
    let sixteen = [UInt8](repeating: 0xFF, count: 16)
    #expect(text(WideInt(sixteen, isSigned: true)) == "-1")
    #expect(text(WideInt(sixteen, isSigned: false)) == "340282366920938463463374607431768211455")
    #expect(
      text(WideInt([0x80] + [UInt8](repeating: 0, count: 15), isSigned: true))
        == "-170141183460469231731687303715884105728")
    #expect(
      text(WideInt([0x80] + [UInt8](repeating: 0, count: 31), isSigned: true))
        == "-57896044618658097711785492504343953926634992332820282019728792003956564819968")
    #expect(text(WideInt(-1250), scale: 2) == "-12.50")
    #expect(text(WideInt(5), scale: 3) == "0.005" && text(WideInt(0), scale: 1) == "0.0" && text(WideInt(0)) == "0")
    #expect(text(WideInt(1_000_000_000_000_000_000)) == "1000000000000000000")
    #expect(
      text(WideInt([UInt8](repeating: 1, count: 33), isSigned: true)) == nil && text(WideInt([], isSigned: true)) == nil
    )
  }

  @Test func numbersOfManyBytesAreCompared() {
    let numbers = [WideInt(.min), WideInt(-1), WideInt(0), WideInt(1), WideInt(.max)]
    #expect(numbers.sorted() == numbers && numbers.map(\.int64) == [.min, -1, 0, 1, .max])
    let large = WideInt([1] + [UInt8](repeating: 0, count: 8), isSigned: true)
    #expect(large?.int64 == nil)
    #expect(large.map { $0 > WideInt(.max) } == true)
  }

  // MARK: Schemas

  private func columns(_ nodes: [MadeFile.Node]) throws -> SchemaColumns {
    let made = MadeFile(nodes: nodes, groups: []).bytes
    let file = FileBytes(try positioned(made))
    return try SchemaColumns(try Footer.read(file).nodes)
  }

  private let leaf = MadeFile.Node(name: "a", physical: .int64)

  @Test func leavesOfGroupsAreNamedAfterThem() throws {
    let found = try columns([
      .init(name: "root", children: 3), leaf, .init(name: "g", children: 2), leaf,
      .init(name: "h", repetition: .required, children: 1), .init(name: "b", physical: .int64, repetition: .required),
      .init(name: "c", physical: .int32, repetition: .required),
    ])
    #expect(found.leaves.map(\.path) == ["a", "g.a", "g.h.b", "c"])
    #expect(found.leaves.map(\.definition) == [1, 2, 1, 0] && found.leaves.map(\.place) == [0, 1, 2, 3])
    #expect(found.chunkCount == 4 && found.refused.isEmpty)
  }

  @Test func listsAndMapsAreRefusedByTheirNames() throws {
    let found = try columns([
      .init(name: "root", children: 5), leaf, .init(name: "l", children: 1, converted: 3),
      .init(name: "list", repetition: .repeated, children: 1), leaf,
      .init(name: "r", physical: .int32, repetition: .repeated),
      .init(name: "m", children: 1, logical: { $0.structure(2) }),
      .init(name: "kv", repetition: .repeated, children: 2), leaf, leaf,
      .init(name: "g", children: 2), .init(name: "l", children: 1, logical: { $0.structure(3) }), leaf, leaf,
    ])
    #expect(found.leaves.map(\.path) == ["a", "g.a"] && found.leaves.map(\.place) == [0, 6])
    #expect(found.refused.map(\.path) == ["l", "r", "m", "g.l"])
    #expect(found.refused.map(\.holding) == ["lists", "lists", "maps", "lists"])
  }

  @Test func schemasThatDoNotHoldTogetherAreErrors() {
    let bad: [[MadeFile.Node]] = [
      [], [leaf], [.init(name: "root", children: 2), leaf], [.init(name: "root", children: 1), leaf, leaf],
      [.init(name: "root", children: -1)], [.init(name: "root", children: 1), .init(name: "g", children: -1)],
      [.init(name: "root", children: 1), .init(name: "a", physical: .int32, children: 1), leaf],
      [.init(name: "root", children: 1)] + Array(repeating: .init(name: "g", children: 1), count: 80) + [leaf],
      [.init(name: "root", children: Int(Int32.max)), leaf],
    ]
    for nodes in bad { #expect(throws: ParquetFailure.self) { try columns(nodes) } }
  }

  // MARK: Rules

  private func rule(
    _ physical: PhysicalType, length: Int? = nil, converted: Int? = nil, scale: Int? = nil, precision: Int? = nil,
    asText: Bool = false, bounds: (Int64, Int64)? = nil, logical: ((inout CompactWriter) -> Void)? = nil
  ) throws -> CellRule? {
    let node = MadeFile.Node(
      name: "x", physical: physical, length: length, converted: converted, scale: scale, precision: precision,
      logical: logical)
    let found = try columns([.init(name: "root", children: 1), node]).leaves[0]
    let known = bounds.map { ValueBounds(least: WideInt($0.0), greatest: WideInt($0.1)) }
    return RuleChoice(found, asText: asText) { known }.rule
  }

  @Test func columnsBecomeCellsByTheirTypes() throws {
    #expect(try rule(.boolean) == .bool)
    #expect(try rule(.int32) == .int(.int32) && rule(.int64) == .int(.int64))
    #expect(try rule(.int32, converted: 13) == .int(.uint32) && rule(.int32, converted: 15) == .int(.int32))
    #expect(try rule(.int32, converted: 6) == .date && rule(.int32, converted: 7) == .text(.time(.milliseconds)))
    #expect(try rule(.int64, converted: 8) == .text(.time(.microseconds)))
    #expect(try rule(.int64, converted: 9) == .datetime(.counts(.milliseconds)))
    #expect(try rule(.int64, converted: 10) == .datetime(.counts(.microseconds)) && rule(.int96) == .datetime(.int96))
    #expect(try rule(.float) == .float(.float32) && rule(.double) == .float(.float64))
    for converted in [0, 4, 19] { #expect(try rule(.byteArray, converted: converted) == .text(.utf8(length: nil))) }
    #expect(try rule(.byteArray) == nil && rule(.byteArray, asText: true) == .text(.utf8(length: nil)))
    #expect(try rule(.byteArray, converted: 20) == nil && rule(.fixedLengthByteArray, length: 12, converted: 21) == nil)
    #expect(try rule(.fixedLengthByteArray, length: 16) { $0.structure(14) } == .text(.uuid))
    #expect(try rule(.fixedLengthByteArray, length: 15) { $0.structure(14) } == nil)
    #expect(try rule(.fixedLengthByteArray, length: 2) { $0.structure(15) } == .float(.float16))
    #expect(try rule(.fixedLengthByteArray, length: 0, asText: true) == nil)
    #expect(try rule(.int32) { $0.structure(11) } == .nothing)
    #expect(try rule(.byteArray) { $0.structure(16) } == nil && rule(.byteArray) { $0.structure(99) } == nil)
    #expect(try rule(.int32, converted: 0) == nil && rule(.int32, converted: 8) == nil)
  }

  @Test func largeNumbersWithoutASignAreTextUnlessTheyFit() throws {
    #expect(try rule(.int64, converted: 14) == .text(.uint64))
    #expect(try rule(.int64, converted: 14, bounds: (0, .max)) == .int(.uint64))
    #expect(try rule(.int64, converted: 14, asText: true, bounds: (0, 1)) == .text(.uint64))
  }

  @Test func decimalsKeepEveryDigit() throws {
    func decimal(
      _ physical: PhysicalType, _ precision: Int, _ scale: Int, length: Int? = nil, bounds: (Int64, Int64)? = nil
    ) throws -> CellRule? {
      try rule(physical, length: length, converted: 5, scale: scale, precision: precision, bounds: bounds)
    }
    #expect(try decimal(.int32, 9, 0) == .int(.int32) && decimal(.int64, 18, 0) == .int(.int64))
    #expect(
      try decimal(.int32, 9, 2) == .float(.decimal32(scale: 2))
        && decimal(.int64, 15, 15) == .float(.decimal64(scale: 15)))
    #expect(try decimal(.int64, 16, 2) == .text(.decimal(.int64, scale: 2)))
    let most: Int64 = 1_000_000_000_000_000
    #expect(try decimal(.int64, 16, 2, bounds: (1 - most, most - 1)) == .float(.decimal64(scale: 2)))
    #expect(try decimal(.int64, 16, 2, bounds: (0, most)) == .text(.decimal(.int64, scale: 2)))
    #expect(try decimal(.byteArray, 38, 0) == .text(.decimal(.bytes(length: nil), scale: 0)))
    #expect(try decimal(.byteArray, 38, 0, bounds: (.min, .max)) == .int(.bytes(length: nil)))
    #expect(
      try decimal(.fixedLengthByteArray, 38, 30, length: 16, bounds: (0, 1))
        == .text(.decimal(.bytes(length: 16), scale: 30)))
    for (precision, scale) in [(0, 0), (5, 6), (5, -1), (90, 0)] {
      #expect(try decimal(.int64, precision, scale) == nil)
    }
    #expect(try decimal(.fixedLengthByteArray, 38, 0, length: 33) == nil)
  }
}
