import Plan
import Testing

@testable import Interpreter

@Suite struct LoopbackTests {
  @Test(arguments: ["127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "localhost"])
  func aMachineReachesItself(host: String) { #expect(Loopback.contains(host)) }

  @Test(arguments: ["0.0.0.0", "::", "192.168.0.9", "128.0.0.1", "::2", "1::1", "example.org", "localhost.org", ""])
  func othersAreReachedByOtherAddresses(host: String) { #expect(!Loopback.contains(host)) }

  @Test func onlyASandboxBoundsTheAddress() throws {
    try WorkingFolder().allow(host: "0.0.0.0")
    try WorkingFolder(sandbox: "/").allow(host: "127.0.0.1")
    #expect(throws: EngineError(.service(.outsideSandbox("0.0.0.0")))) {
      try WorkingFolder(sandbox: "/").allow(host: "0.0.0.0")
    }
  }
}
