import Kernels
import Tables
import Testing

@testable import Privacy

@Suite struct DetectionTests {
  private static func kind(_ name: String, _ cells: [String?]) throws -> SensitiveKind? {
    try Detector.finding(name, .text(TextCells(cells)), Progress())?.kind
  }

  @Test(arguments: SensitiveKind.allCases)
  func aKindIsFoundAndNothingElseIsTakenForIt(kind: SensitiveKind) throws {
    let columns = GeneratedColumns.all(seed: 5, each: 40)
    var (right, wrong, missed) = (0, 0, 0)
    for generated in columns {
      let found = try Detector.finding(generated.name, generated.column, Progress())?.kind
      if found == kind, generated.kind == kind { right += 1 }
      if found == kind, generated.kind != kind { wrong += 1 }
      if found != kind, generated.kind == kind { missed += 1 }
    }
    let precision = Double(right) / Double(max(1, right + wrong))
    let recall = Double(right) / Double(max(1, right + missed))
    print("\(kind.rawValue): precision \(precision), recall \(recall), \(right + missed) of \(columns.count) columns")
    #expect(precision >= 0.95 && recall >= 0.95, "\(kind.rawValue): \(right) right, \(wrong) wrong, \(missed) missed")
  }

  /// Examples that their standards and authorities print.
  @Test(arguments: [
    ("GB82 WEST 1234 5698 7654 32", SensitiveKind.iban, true), ("DE89370400440532013000", .iban, true),
    ("DE88370400440532013000", .iban, false), ("4111 1111 1111 1111", .card, true), ("378282246310005", .card, true),
    ("4111 1111 1111 1112", .card, false), ("0000000000000000", .card, false), ("192.0.2.1", .ip, true),
    ("256.0.2.1", .ip, false), ("1.2.3", .ip, false), ("2001:db8::8a2e:370:7334", .ip, true), ("12:30:45", .ip, false),
    ("::1", .ip, true), ("a@b", .email, false), ("a@b.no", .email, true), ("a b@c.no", .email, false),
    ("+47 22 22 55 55", .phone, true), ("(212) 555-0123", .phone, true), ("2024-01-31", .phone, false),
    ("131052-308T", .nationalID, true), ("131052-308U", .nationalID, false), ("12345678Z", .nationalID, true),
    ("RSSMRA85T10A562S", .nationalID, true), ("811228-9874", .nationalID, true), ("811228-9875", .nationalID, false),
    ("078-05-1120", .nationalID, true), ("000-05-1120", .nationalID, false), ("255081416802538", .nationalID, true),
  ])
  func aValueHasTheFormOrNot(value: String, kind: SensitiveKind, isOne: Bool) {
    #expect(ValueForms.fits(Array(value.utf8), kind, isNamed: false) == isOne)
  }

  @Test func whatStandsInsideTextsIsFound() throws {
    let texts = (0..<50).map { $0 % 3 == 0 ? "call +1-555-841-30\(10 + $0), please" : "nothing to say" }
    let found = try #require(try Detector.finding("notes", .text(TextCells(texts)), Progress()))
    #expect(found.kind == .phone && found.isInside && abs(found.share - 0.34) < 0.01)
    #expect(try Self.kind("notes", ["nothing", "to see here", nil]) == nil)
  }

  @Test func aNameAloneIsNoProofAgainstValues() throws {
    #expect(try Self.kind("email", ["monthly", "weekly", "never"]) == nil)
    #expect(try Self.kind("card", ["gold", "silver"]) == nil)
    #expect(try Self.kind("customerName", ["x", "y"]) == .name)
    #expect(try Self.kind("filename", ["x.txt", "y.txt"]) == nil)
    #expect(try Self.kind("email", [nil, nil]) == .email)
    // Invented accounts have the look, if not the check digits, of true ones.
    #expect(try Self.kind("iban", ["XX05TEST3984648908", "XX47TEST2601743517"]) == .iban)
    #expect(try Self.kind("column", ["XX05TEST3984648908", "XX47TEST2601743517"]) == nil)
    #expect(try Self.kind("birth_quarter", ["jan thru mar", "jul thru sep"]) == nil)
  }
}
