import Kernels
import Tables
import Testing

@testable import Arrow

/// FlatBuffers messages: what is built is found again, and nothing outside of them is read.
@Suite struct FlatBytesTests {
  private static let message = FlatBuilder.message([
    .short(-3), nil, .long(.max), .text("naïve"), .table([.bool(true), .byte(9)]),
    .tables([.table([.int(1)]), .table([.int(2)])]), .structs(ArrowTests.bytes([5, 6] as [Int64]), count: 2),
  ])

  private static func check(_ bytes: [UInt8]) throws(SourceError) -> Bool {
    let table = try FlatTable(root: FlatBytes(bytes, source: "t"))
    let inner = try table.table(4)
    let tables = try table.list(5, elementSize: 4)
    let structs = try table.list(6, elementSize: 8)
    var found: [Bool] = [try table.table(99) == nil]
    found.append(try table.number(0, otherwise: Int16(0)) == -3)
    found.append(try table.number(1, otherwise: Int32(8)) == 8)
    found.append(try table.number(2, otherwise: Int64(0)) == .max)
    found.append(try table.text(3) == "naïve")
    found.append(try inner?.number(1, otherwise: UInt8(0)) == 9)
    found.append(try tables?.table(1).number(0, otherwise: Int32(0)) == 2 && tables?.count == 2)
    found.append(try structs?.number(of: 1) == Int64(6))
    return found.allSatisfy(\.self)
  }

  @Test func whatIsBuiltIsFoundAgain() throws { #expect(try Self.check(Self.message)) }

  @Test func damageIsAnErrorOrOtherValues() {
    var errors = 0
    for place in Self.message.indices {
      for value in [0, 1, 0x7F, 0x80, 0xFF] as [UInt8] {
        var bytes = Self.message
        bytes[place] = value
        do throws(SourceError) { _ = try Self.check(bytes) } catch { errors += 1 }
      }
    }
    for count in Self.message.indices {
      do throws(SourceError) { _ = try Self.check(Array(Self.message[..<count])) } catch { errors += 1 }
    }
    #expect(errors > 100)
  }

  @Test func elementsThatAreNotThereAreErrors() throws {
    let list = try FlatTable(root: FlatBytes(Self.message, source: "t")).list(6, elementSize: 8)
    for place in [-1, 2, .max] {
      #expect(throws: SourceError.self) { let _: Int64? = try list?.number(of: place) }
      #expect(throws: SourceError.self) { try list?.table(place) }
    }
    #expect(throws: SourceError.self) {
      try FlatTable(root: FlatBytes(Self.message, source: "t")).list(6, elementSize: 1 << 20)
    }
  }
}
