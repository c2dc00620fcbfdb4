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

@Suite struct MemoryRefusalTests {
  @Test func workThatIsRefusedMemoryIsCancelledWithTheReason() {
    let whole = Progress()
    let part = Progress(under: whole)
    #expect(throws: Cancelled.self) { try part.require(1 << 60) }
    #expect(part.isCancelled && whole.isCancelled)
    #expect(whole.refusal?.wanted == 1 << 60)
    whole.refuse(OutOfMemory(wanted: 1, bound: 1))
    #expect(part.refusal?.wanted == 1 << 60)
  }

  @Test func workThatIsCancelledOtherwiseWasRefusedNothing() {
    let progress = Progress()
    progress.cancel()
    #expect(throws: Cancelled.self) { try progress.checkpoint() }
    #expect(progress.refusal == nil)
  }
}
