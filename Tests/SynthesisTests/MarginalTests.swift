import Kernels
import Tables
import Testing

@testable import Synthesis

@Suite struct MarginalTests {
  private static func fit(_ column: Column, isGuarded: Bool = false) -> MarginalFit? {
    MarginalFit(column, at: Array(0..<column.count), isGuarded: isGuarded) { _ in 0 }
  }

  @Test func normalQuantilesAreRight() {
    for (share, z) in [(0.5, 0.0), (0.975, 1.959964), (0.001, -3.090232), (1e-9, -5.997807)] {
      #expect(abs(NormalDistribution.quantile(share) - z) < 1e-5)
      #expect(abs(NormalDistribution.share(below: z) - share) < 1e-6)
    }
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
  }

  @Test func noKnotIsARowsOwnValue() throws {
    var random = CounterRandom(seed: 1)
    let values = (0..<500).map { _ in random.nextNormal() }
    guard case .quantiles(let quantiles)? = Self.fit(.float(Cells(values)))?.marginal else {
      Issue.record("numbers of many values are kept by quantiles")
      return
    }
    #expect(Set(quantiles.knots).isDisjoint(with: values))
    #expect(quantiles.knots == quantiles.knots.sorted())
    #expect(try #require(quantiles.knots.first) >= #require(values.min()))
  }

  @Test func aShareAndItsQuantileBelongTogether() {
    let quantiles = Quantiles(knots: [0, 1, 1, 5, 9], grain: .free)
    for z in [-2.0, -0.3, 0.9, 1.7] {
      let value = quantiles.value(z)
      if value != 1 { #expect(abs(quantiles.share(below: value) - NormalDistribution.share(below: z)) < 1e-9) }
    }
    #expect(quantiles.share(below: 1) == 0.375)
    #expect(quantiles.share(below: -1) == 0)
    #expect(quantiles.share(below: 10) == 1)
  }

  @Test func countsOfRowsGoOn() {
    let ids = Column.int(Cells((0..<50).map { Int64(100 + 3 * $0) }))
    #expect(Self.fit(ids)?.marginal == .sequence(first: 100, step: 3))
  }

  @Test func fewNumbersKeepTheirShares() {
    let column = Column.int(Cells((0..<100).map { Int64($0 % 4 == 0 ? 9 : 2) }))
    guard case .levels(let levels)? = Self.fit(column)?.marginal else {
      Issue.record("few numbers are kept with their shares")
      return
    }
    #expect(levels.values == [.int(2), .int(9)])
    #expect(levels.shares == [0.75, 0.25])
    // Of a guarded column no value is kept as it is.
    if case .levels? = Self.fit(column, isGuarded: true)?.marginal { Issue.record("a guarded value is kept") }
  }

  @Test func rareTextsAreLeftOut() {
    let texts = (0..<100).map { row -> String? in row < 3 ? "only \(row)" : row < 50 ? "a" : "b" }
    let fit = Self.fit(.text(TextCells(texts)))
    guard case .levels(let levels)? = fit?.marginal else {
      Issue.record("texts of few values are kept with their shares")
      return
    }
    #expect(Set(levels.values) == [.text("a"), .text("b")])
  }

  @Test func guardedTextsAreMadeUp() {
    let column = Column.text(TextCells((0..<100).map { $0 % 2 == 0 ? "HIV-1" : "FLU-2" }))
    guard case .form(let form)? = Self.fit(column, isGuarded: true)?.marginal else {
      Issue.record("a guarded text is kept")
      return
    }
    var random = CounterRandom(seed: 4)
    let made = (0..<200).map { _ in form.text(&random) }
    #expect(made.allSatisfy { $0.wholeMatch(of: /[A-Z]{3}-[0-9]/) != nil })
  }

  /// What all texts of a length have in common would be the text.
  @Test func nothingIsLeftOfAGuardedText() throws {
    let column = Column.text(TextCells((0..<100).map { $0 % 2 == 0 ? "cancer" : "flu" }))
    guard case .form(let form)? = Self.fit(column, isGuarded: true)?.marginal else {
      Issue.record("a guarded text is kept")
      return
    }
    var random = CounterRandom(seed: 4)
    #expect((0..<200).count { _ in ["cancer", "flu"].contains(form.text(&random)) } < 5)
    let ids = Column.int(Cells((0..<50).map { Int64(100 + 3 * $0) }))
    if case .sequence? = Self.fit(ids, isGuarded: true)?.marginal { Issue.record("guarded ids are counted on") }
  }

  // MARK: Forms

  @Test func textsKeepTheirForm() {
    let codes = (0..<200).map { row in row % 4 == 0 ? "CU/\(1000 + row)" : "CU-\(10 + row % 90)x" }
    let form = TextForm(codes)
    var random = CounterRandom(seed: 2)
    let made = (0..<1000).map { _ in form.text(&random) }
    #expect(made.allSatisfy { $0.wholeMatch(of: /CU\/[0-9]{4}|CU-[0-9]{2}x/) != nil })
    #expect(abs(Double(made.count { $0.contains("/") }) / 1000 - 0.25) < 0.05)
  }

  @Test func kindsOfTextAreFound() {
    #expect(TextForm((0..<20).map { "ann\($0)@mail.no" }) == .email)
    #expect(TextForm((0..<20).map { "https://a.no/\($0)" }) == .url)
    #expect(TextForm((0..<20).map { _ in "Allen, Miss. Elisabeth" }) == .person)
    guard case .sentence(let least, let most) = TextForm((0..<20).map { "the parcel came late on day \($0) again" })
    else {
      Issue.record("long texts are sentences")
      return
    }
    #expect(least == 8 && most == 8)
  }

  @Test(arguments: Fake.allCases) func fakesAreOfTheirKind(_ fake: Fake) {
    var random = CounterRandom(seed: 9)
    let made = (0..<300).map { _ in fake.text(&random) }
    let isRight: (String) -> Bool = { text in
      switch fake {
      case .name: text.split(separator: " ").count == 2
      case .email: text.wholeMatch(of: /[a-z]+\.[a-z]+[0-9]+@example\.(com|net|org)/) != nil
      case .phone: text.wholeMatch(of: /\+1-[0-9]{3}-555-01[0-9]{2}/) != nil
      case .address: text.wholeMatch(of: /[0-9]+ \w+ \w+, [0-9]{5} \w+/) != nil
      case .company: text.split(separator: " ").count == 3
      case .url: text.hasPrefix("https://www.example.")
      case .ip: text.split(separator: ".").count == 4
      case .uuid: text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil
      case .sentence: text.hasSuffix(".") && text.split(separator: " ").count >= 4
      }
    }
    #expect(made.allSatisfy(isRight), "\(made.first { !isRight($0) } ?? "")")
    #expect(Set(made).count > 150)
  }
}
