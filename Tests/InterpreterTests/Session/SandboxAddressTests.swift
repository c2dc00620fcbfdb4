import Plan
import Testing

@testable import Interpreter

@Suite struct SandboxAddressTests {
  @Test func onlyASandboxBoundsTheAddress() throws {
    try WorkingFolder().allow(host: "0.0.0.0")
    try WorkingFolder(sandbox: "/").allow(host: "127.0.0.1")
    #expect(throws: EngineError(.service(.outsideSandbox("0.0.0.0")))) {
      try WorkingFolder(sandbox: "/").allow(host: "0.0.0.0")
    }
  }
}
