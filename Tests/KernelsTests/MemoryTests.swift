import Kernels
import Testing

@Suite struct MemoryTests {
  @Test func whatFitsIsGivenAndWhatDoesNotIsRefused() throws {
    #expect(Memory.resident > 1 << 20)
    #expect(Memory.bound > Memory.resident)
    try Memory.require(1 << 20)
    #expect(throws: OutOfMemory(wanted: Memory.bound, bound: Memory.bound)) { try Memory.require(Memory.bound) }
    #expect(throws: OutOfMemory.self) { try Memory.require(.max) }
  }
}
