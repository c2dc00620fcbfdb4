import Notation
import Testing

@Suite struct LoopbackTests {
  @Test(arguments: ["127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "localhost"])
  func aMachineReachesItself(host: String) { #expect(Loopback.contains(host)) }

  @Test(
    arguments: [
      "0.0.0.0", "::", "192.168.0.9", "128.0.0.1", "::2", "1::1", "example.org", "localhost.org", "", "127.1",
      "2130706433", "0x7f.0.0.1",
    ])
  func othersAreReachedByOtherAddresses(host: String) { #expect(!Loopback.contains(host)) }
}
