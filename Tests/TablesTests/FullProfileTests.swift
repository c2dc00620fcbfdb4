import Kernels
import Testing

@testable import Tables

/// What a profile in full says beyond a brief one.
@Suite struct FullProfileTests {
  private static func text(_ cells: [String?]) throws -> ColumnProfile {
    try ColumnProfile("x", .text(TextCells(cells)), .full)
  }

  @Test func higherMomentsAreThoseOfASample() throws {
    let numbers = try #require(try ColumnProfile("x", .float(Cells([1, 2, 3, 4, 10]))).numbers)
    // By hand: squares 50, cubes 180, fourths 1394 around 4.
    #expect(abs(try #require(numbers.skewness) - 1.6970562748477143) < 1e-12)
    #expect(abs(try #require(numbers.kurtosis) - 3.152) < 1e-12)
    #expect(try ColumnProfile("x", .float(Cells([2, 2, 2, 2]))).numbers?.skewness == nil)
    #expect(try ColumnProfile("x", .float(Cells([1, 2]))).numbers?.skewness == nil)
  }

  @Test func aProfileInFullDoesNotDependOnHowRowsAreCut() throws {
    var random = CounterRandom(seed: 9)
    for (name, column) in ColumnSummaryTests.columns(&random, count: 9_001) {
      let whole = try ColumnSummary(column, depth: .full).profile(name)
      for cut in [1, 4096, 5000] {
        var parts = try ColumnSummary(column.take(RowList(0..<cut)), depth: .full)
        parts.merge(try ColumnSummary(column.take(RowList(cut..<9_001)), firstRow: cut, depth: .full))
        #expect(parts.profile(name) == whole)
      }
    }
  }

  @Test func whatTextsConsistOf() throws {
    let shape = try #require(try Self.text(["Ab c", "x1", " Y", nil, "", "ÄB\nc"]).shape)
    #expect(shape.count == 5 && shape.blank == 1 && shape.padded == 1 && shape.multiline == 1 && shape.ascii == 4)
    #expect(shape.characters(.lower) == 4 && shape.characters(.upper) == 4 && shape.characters(.digit) == 1)
    #expect(shape.texts(.lower) == 1 && shape.texts(.upper) == 1 && shape.texts(.none) == 1 && shape.texts(.mixed) == 2)
    #expect(shape.words == 6 && shape.medianLength == 2)
  }

  @Test func datesAreCountedInStretches() throws {
    let days = Column.date(Cells([9, 0, 1, 2, 3, 4, 5, 6, 7, 8].map { Int32($0) }))
    let dates = try #require(try ColumnProfile("x", days, .full).dates)
    // The last day counts to the stretch that it ends.
    #expect(dates.histogram == [1, 1, 1, 1, 1, 1, 1, 1, 2])
    let moments = Column.datetime(Cells((0...300).map { Int64($0) * 3_600_000_000 }))
    let hours = try #require(try ColumnProfile("x", moments, .full).dates)
    #expect(hours.histogram.count == 30 && hours.histogram.reduce(0, +) == 301 && hours.histogram[29] == 11)
    #expect(try ColumnProfile("x", .date(Cells([4, 4])), .full).dates?.histogram == [])
  }

  @Test func datesHaveWeekdaysAndGaps() throws {
    // Thursday, Friday, Sunday, Monday twice, and the Wednesday before the first day that is counted.
    let column = Column.date(Cells([0, 1, 3, 4, 4, -1]))
    let dates = try #require(try ColumnProfile("x", column, .full).dates)
    #expect(dates.weekdays == [2, 0, 1, 1, 1, 0, 1] && dates.step == 1 && dates.gaps == 1)
    #expect(dates.gap?.from == .date(1) && dates.gap?.to == .date(3))
    let moments = try #require(try ColumnProfile("x", .datetime(Cells([-1, 0])), .full).dates)
    #expect(moments.weekdays == [0, 0, 1, 1, 0, 0, 0])
    #expect(try ColumnProfile("x", column).dates == nil)
  }

  @Test func aColumnIsAboutWhatItsValuesAre() throws {
    func type(_ cells: [String?]) throws -> SemanticType? { try Self.text(cells).semantics?.type }
    #expect(try type((0..<30).map { "user\($0)@mail.example.org" }) == .email)
    #expect(try type((0..<30).map { "https://example.org/\($0)" }) == .url)
    #expect(try type(["NO", "SE", "DK", "DE", "FR"]) == .country)
    #expect(try type(["Norway", "Sweden", "Côte d'Ivoire", "Japan"]) == .country)
    // Most states of one country have the codes of others.
    #expect(try type(["CA", "TX", "NY", "AL", "FL", "OH", "WA", "OR"]) != .country)
    #expect(try type((0..<30).map { "$\($0),000.50" }) == .currency)
    #expect(try type((0..<30).map { "10.0.0.\($0)" }) == .ip)
    #expect(try type((0..<40).map { "A-\($0 * 7919)" }) == .id)
    #expect(try type((0..<40).map { ["red", "green", "blue"][$0 % 3] }) == .category)
    #expect(try type((0..<40).map { "this is the note of visitor \($0)" }) == .freeText)
    #expect(try ColumnProfile("x", .int(Cells((0..<40).map { Int64($0) + 100 }))).semantics?.type == .id)
    #expect(try type([nil, nil]) == nil)
  }

  @Test func alertsComeWithTheirFigures() throws {
    let rows = 100
    let table = Table([
      ("one", .int(Cells([Int64](repeating: 7, count: rows)))),
      ("case", .text(TextCells((0..<rows).map { $0 == 0 ? "YES" : $0 % 2 == 0 ? "yes" : " no" }))),
      ("day", .date(Cells((0..<rows).map { Int32($0 == 50 ? 3 : $0) }))),
      ("rare", .bool(Cells((0..<rows).map { $0 == 4 }))),
      ("gap", Column.from((0..<rows).map { $0 % 4 == 0 ? .missing : .int(Int64($0)) }, type: .int)),
    ])
    let profile = try TableProfile(of: table)
    let alerts = ProfileAlert.all(profile.columns, repeatedRows: 3, associations: nil)
    func figure(_ kind: ProfileAlert.Kind, _ column: String?) -> Double? {
      alerts.first { $0.kind == kind && $0.columns.first == column }?.figure
    }
    #expect(figure(.duplicatedRows, nil) == 3 && figure(.constant, "one") == 1)
    #expect(figure(.mixedCase, "case") == 1 && figure(.outerBlanks, "case") == 50)
    #expect(figure(.outOfOrder, "day") == 1 && figure(.imbalanced, "rare") == 0.99)
    #expect(figure(.missing, "gap") == 0.25 && figure(.unique, "gap") == 75)
  }

  @Test func rowsThatMissTheSameColumnsAreOnePattern() {
    func cells(_ every: Int, _ from: Int = 0) -> Column {
      Column.from((0..<120).map { $0 % every == from ? .missing : .int(1) }, type: .int)
    }
    let table = Table([
      ("a", cells(2)), ("b", cells(2)), ("c", cells(3)), ("d", .int(Cells([Int64](repeating: 1, count: 120)))),
    ])
    var whole = MissingPatterns(zip(table.names, table.columns).map { ($0, $1.missingCount) })
    var cut = whole
    whole.add(table)
    for start in stride(from: 0, to: 120, by: 50) { cut.add(table.take(RowList(start..<min(120, start + 50)))) }
    #expect(whole.columns == ["a", "b", "c"] && whole.patterns == cut.patterns)
    #expect(whole.patterns.map(\.rows) == [40, 40, 20, 20] && whole.patterns.map(\.missing).contains([0, 1, 2]))
    #expect(whole.together(0, 1) == 1 && abs(whole.together(0, 2) ?? 1) < 1e-12 && cut.together(1, 0) == 1)
  }
}
