import Display
import Testing

@Suite struct UndefinedFigureTests {
  static let metrics = MetricsDisplay(
    columns: ["all", "c"],
    rows: [
      .init("recall", [.init(0.5), .init(nil, reason: "undefined: no row of 'yes'")], better: .higher),
      .init("rows", [.init(20), .init(7)]),
    ], notes: ["c: recall undefined: no row of 'yes'"])

  @Test func aFigureWithoutAValueIsAMarkWithItsReasonBelow() {
    #expect(
      TextRenderer().render(.metrics(Self.metrics)) == """
                   all  c
        ─────────────────
        recall ↑   0.5  ·
        rows      20    7
        c: recall undefined: no row of 'yes'

        """)
  }

  @Test func inJSONItIsNullWithItsReason() {
    let text = JSONRenderer().render(.metrics(Self.metrics))
    #expect(
      text.contains(#"{"value":0.5,"spread":null},{"value":null,"spread":null,"reason":"undefined: no row of 'yes'"}"#))
  }

  @Test func pagesShowTheReason() {
    #expect(
      HTMLRenderer().document(title: "a", displays: [.metrics(Self.metrics)]).contains("recall undefined: no row"))
    #expect(
      MarkdownRenderer().document(title: "a", displays: [.metrics(Self.metrics)]).contains("recall undefined: no row"))
  }

  @Test func aPartOfAMatrixSpeaksOfTheWhole() {
    let matrix = ConfusionMatrixDisplay(
      classes: ["a", "b"], counts: [[3, 1], [0, 2]], whole: .init(classes: 9, rows: 40, right: 30))
    let text = TextRenderer().render(.confusion(matrix))
    #expect(text.contains("30 of 40 right (75.0%); 2 of 9 classes are shown"))
    let json = JSONRenderer().render(.confusion(matrix))
    #expect(json.contains(#""total_classes":9,"right":30,"total_rows":40"#))
  }
}
