import Display
import Tables
import Testing

@testable import Verbs

/// What `profile` shows of a table, of one column, with a label and against another table.
@Suite(.serialized) struct ProfileTests {
  private func table(_ shown: Shown, with column: String) -> DisplayTable? {
    shown.tables.first { $0.columns.contains { $0.name == column } }
  }

  @Test func aScreenfulHasAlertsWithFigures() throws {
    let alerts = try #require(table(Shown("load titanic\nprofile"), with: "alert"))
    #expect(alerts.rows.contains { $0[0] == .text("missing") && $0[1] == .text("age") })
  }

  @Test func oneColumnIsShownInFull() throws {
    let shown = Shown("load titanic\nprofile age")
    #expect(shown.plots.first?.mark == .histogram)
    #expect(table(shown, with: "least") != nil && table(shown, with: "greatest") != nil)
  }

  @Test func theLabelIsHeldAgainstEveryColumn() throws {
    let shown = Shown("load titanic\nlabel survived\nprofile")
    let related = try #require(shown.tables.first { $0.title == "what goes with the label survived" })
    #expect(related.rows.first?[0] == .text("sex"))
  }

  @Test func aTableIsHeldAgainstAnother() throws {
    let shown = Shown(
      "load penguins\nfilter sex == \"male\"\nas males\nload penguins\nprofile against: males")
    let compared = try #require(table(shown, with: "distance"))
    let row = try #require(compared.rows.first { $0[0] == .text("sex") })
    #expect(abs((row[2].number ?? 0) - 165.0 / 333) < 1e-12)
  }

  @Test func anUnknownTableIsRefused() {
    let shown = Shown("load penguins\nprofile against: males")
    #expect(shown.diagnostics.contains { $0.message.contains("no table 'males'") })
  }

  @Test(arguments: [60, 100, 160]) func newPlotsKeepToTheScreen(width: Int) {
    let shown = Shown(
      "load penguins\nplot correlation\nplot pairs, by: species\nplot missing\nplot heatmap, species, island")
    #expect(shown.plots.filter { $0.mark == .heatmap }.count >= 4 && shown.plots.contains { $0.mark == .pairs })
    for plot in shown.plots {
      for line in TextRenderer(width: width).render(.plot(plot)).split(separator: "\n") {
        #expect(line.count <= width)
      }
    }
  }
}
