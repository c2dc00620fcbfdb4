import Notation
import Testing

@Suite struct SecretsTests {
  @Test(
    arguments: [
      ("postgres://ann:s3cret@host/db#orders", "postgres://ann:***@host/db#orders"),
      ("load \"postgres://ann:s3cret@host:5432/db\"", "load \"postgres://ann:***@host:5432/db\""),
      ("postgresql://ann:a:b@host/db", "postgresql://ann:***@host/db"),
      ("postgres://ann:p@ss@host/db", "postgres://ann:***@host/db"),
      ("https://ann:s3cret@host/x.csv", "https://***@host/x.csv"),
      ("https://ghp_token@host/x.csv", "https://***@host/x.csv"),
      ("https://host/x.csv?api_key=abc&page=2", "https://host/x.csv?api_key=***&page=2"),
      ("https://host/x?X-Amz-Signature=ab%20c#top", "https://host/x?X-Amz-Signature=***#top"),
      ("postgres://host/db?user=ann&password=s3cret#t", "postgres://host/db?user=ann&password=***#t"),
      ("a://u:1x@h b://v:2y@h", "a://u:***@h b://v:***@h"),
      // What should have been written %2F, %23, %3F, %20.
      ("postgres://ann:s3/cret@host/db", "postgres://ann:***@host/db"),
      ("postgres://ann:33/cret@host/db", "postgres://ann:***@host/db"),
      ("postgres://ann:s#cret@host/db", "postgres://ann:***@host/db"),
      ("postgres://ann:s?key=cret@host/db", "postgres://ann:***@host/db"),
      ("postgres://ann:s cret@host/db", "postgres://ann:***@host/db"),
    ])
  func aPasswordIsMasked(_ text: String, _ masked: String) {
    #expect(Secrets.masked(text) == masked)
    #expect(Secrets.masked(masked) == masked)
  }

  @Test(
    arguments: [
      "postgres://ann@host/db#select a from t where mail like '%@x.org'", "https://host:8080/path@2/x.csv",
      "http://[::1]:80/x?page=2&keyword=a", "sqlite:shop.db#orders", "a:b@c", "://u:p@h", "postgres://ann:***@host/db",
      "",
      "postgres://h:5432/db", "http://localhost:80 and a@b", "grüße://",
    ])
  func whatHoldsNoneIsAsItWas(_ text: String) { #expect(Secrets.masked(text) == text) }

  @Test func rangesNeverOverlap() {
    let parts = ["a://", "u", ":", "@", "/", "#", "?", "key=", "&", " ", "\"", "***", "http://", "é", "8"]
    var state: UInt64 = 7
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += parts[Int(state >> 33) % parts.count]
      }
      let ranges = Secrets.ranges(in: Array(text.utf8))
      #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }, "\(text)")
      #expect(Secrets.masked(text).utf8.count >= 0)
    }
  }
}
