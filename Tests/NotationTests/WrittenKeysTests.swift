import Testing

@testable import Notation

@Suite struct WrittenKeysTests {
  @Test(arguments: [
    ("mask card = token, key: \"s3cret of mine\"", "mask card = token, key: \"***\""),
    ("t |> mask a = hash,\n  b = token, key:\"x\" |> show", "t |> mask a = hash,\n  b = token, key:\"***\" |> show"),
    ("mask card = token, key: \"env:MLP_KEY\"", "mask card = token, key: \"env:MLP_KEY\""),
    ("mask card = token, key: \"file:/run/key\"", "mask card = token, key: \"file:/run/key\""),
    ("mask card = token, key: \"", "mask card = token, key: \""),
    ("replace plan = {key: \"value\"}", "replace plan = {key: \"value\"}"),
    ("mask a = token, key: \"of mine", "mask a = token, key: \"***"),
  ])
  func aKeyThatIsWrittenOutIsMasked(text: String, shown: String) {
    #expect(Secrets.masked(text) == shown)
    #expect(Secrets.masked(shown) == shown)
  }
}
