import Glibc

/// The addresses at which a machine reaches itself and nobody else does.
public enum Loopback {
  /// Whether a host, by its address or name, is one. Other names than `localhost` are not looked up.
  public static func contains(_ host: String) -> Bool {
    var four = in_addr()
    if inet_pton(AF_INET, host, &four) == 1 { return withUnsafeBytes(of: four) { $0[0] == 127 } }
    var six = in6_addr()
    if inet_pton(AF_INET6, host, &six) == 1 {
      return withUnsafeBytes(of: six) { $0.last == 1 && $0.dropLast().allSatisfy { $0 == 0 } }
    }
    return host == "localhost"
  }
}
