import Expressions
import Foundation
import Kernels
import Tables
import Testing

@testable import Scoring

@Suite(.serialized) struct MaskOperatorTests {
  private static let name = "MLP_MASK_OPERATOR_KEY"
  private static let secret = "sixteen bytes or more of it"

  private static func masked(_ texts: [String?], _ rule: MaskRule) throws -> [Cell] {
    var b = GraphBuilder()
    b.step = "mask s"
    let answer = b.mask(b.input("s", .text), rule)
    let graph = b.graph(prediction: answer, probabilities: nil, classes: [])
    let column = try Scorer(graph: graph).score(Table([("s", .text(TextCells(texts)))]), Progress()).prediction
    return (0..<texts.count).map { column[$0] }
  }

  @Test(arguments: [
    ("4000009756928662", "************8662"), ("976-90-9164", "***-**-**64"), ("+1-555-895-5973", "+*-***-***-**73"),
    ("david.young394@example.com", "d***@example.com"), ("bo@x.no", "***@x.no"), ("yes", "***"), ("", ""),
    ("Müller, Tariq", "******, ***iq"), ("日本東京都", "****都"), ("a@b", "*@*"),
    ("two words@host.no x", "*** *****@****.no x"),
  ])
  func aPartOfATextIsShown(text: String, shown: String) throws {
    #expect(try Self.masked([text], .partial) == [.text(shown)])
  }

  @Test func tokensAndHashesAreThoseOfOtherPrograms() throws {
    setenv(Self.name, Self.secret, 1)
    let key = try MaskKey(.environment(Self.name))
    // printf %s ann@example.org | openssl dgst -sha256 -hmac KEY; printf %s KEYann@example.org | sha256sum
    let message = Array("ann@example.org".utf8)
    let token = KeyedHash(key: Array(Self.secret.utf8)).code(message).prefix(16)
    let hash = SHA256.digest(Array(Self.secret.utf8) + message)
    let hex = { (bytes: [UInt8]) in bytes.map { String(format: "%02x", $0) }.joined() }
    #expect(try Self.masked(["ann@example.org", nil], .token(key)) == [.text(hex(Array(token))), .missing])
    #expect(try Self.masked([nil, "ann@example.org"], .hash(key)) == [.missing, .text(hex(hash))])
  }

  /// As HKDF and AESSIV of another library give it for the byte 1 and the text, in base64url.
  @Test func encryptedTextsAreThoseOfOtherPrograms() throws {
    setenv(Self.name, "a key for tests alone", 1)
    let key = try MaskKey(.environment(Self.name))
    let made = try Self.masked(["ann@x.no", nil, ""], .encrypt(key))
    #expect(made == [.text("PfJu27OXhxoYudE28_ikyQD1M9d7yVq7fw"), .missing, .text("z7u_4-iQtUd4HpjvQCUfr4Y")])
    let cipher = try TextCipher(.environment(Self.name))
    #expect(cipher.decrypted("PfJu27OXhxoYudE28_ikyQD1M9d7yVq7fw") == "ann@x.no")
    #expect(cipher.decrypted("z7u_4-iQtUd4HpjvQCUfr4Y") == "" && cipher.decrypted("z7u_4-iQtUd4HpjvQCUfr4Z") == nil)
  }

  @Test(arguments: 0...9) func bytesAreLettersAndBack(count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 251 * ($0 + 1)) }
    let letters = Base64URL.letters(of: bytes)
    #expect(letters.count == (4 * count + 2) / 3 && Base64URL.bytes(of: letters) == bytes)
  }

  @Test func anotherKeyIsRefused() throws {
    setenv(Self.name, Self.secret, 1)
    let key = try MaskKey(.environment(Self.name))
    setenv(Self.name, "another key of the same length", 1)
    #expect(throws: GraphError(step: "mask s", .key(.other(.environment(Self.name))))) {
      try Self.masked(["a"], .token(key))
    }
    unsetenv(Self.name)
    #expect(throws: GraphError(step: "mask s", .key(.absent(.environment(Self.name))))) {
      try Self.masked(["a"], .hash(key))
    }
    #expect(throws: MaskKeyProblem.absent(.environment(Self.name))) { try MaskKey(.environment(Self.name)) }
    setenv(Self.name, "short", 1)
    #expect(throws: MaskKeyProblem.short(.environment(Self.name), bytes: 5)) { try MaskKey(.environment(Self.name)) }
  }

  @Test func aKeyMayStandInAFile() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("mlp-key-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try (Self.secret + "\n").write(toFile: path, atomically: true, encoding: .utf8)
    setenv(Self.name, Self.secret, 1)
    // A line break at the end is none of the key's.
    #expect(try MaskKey(.file(path)).check == MaskKey(.environment(Self.name)).check)
    #expect(throws: MaskKeyProblem.absent(.file(path + ".no"))) { try MaskKey(.file(path + ".no")) }
    #expect(throws: MaskKeyProblem.self) { try MaskKey(.file("/dev/zero")) }
    #expect(MaskKey.Place("a key of its own") == nil && MaskKey.Place("env:") == nil)
  }
}
