import Display
import Formats
import Tables
import Testing

@testable import Verbs

/// The page of the json format names every member that a result can have.
@Suite struct ResultMembersTests {
  private static let everything = Display.group([
    .heading("h"), .text("t"), .notes([Note(.warning, "n")]),
    .facts([Fact("inputs", .text("a, b"), items: ["a", "b"])]),
    .table(DisplayTable(["a"], types: [.int], rows: [[.int(1)]], title: "t")),
    .metrics(
      MetricsDisplay(
        columns: ["all"], rows: [.init("auc", [.init(nil, spread: 0.1, reason: "why")], better: .higher)], notes: ["n"])
    ),
    .confusion(
      ConfusionMatrixDisplay(classes: ["a"], counts: [[1]], whole: .init(classes: 3, rows: 9, right: 4))),
    .plot(Plot(.line, x: "x", y: "x", reference: .diagonal, data: Table([("x", .float(Cells([1])))]))),
    .tree(
      TreeDisplay(
        nodes: [.init(rule: "a < 1", depth: 1, rows: 3, answer: .text("a"), share: 1, isLeaf: true)], totalNodes: 3,
        totalLeaves: 2)),
  ])

  @Test func everyMemberIsDocumented() {
    var open = [JSONRenderer().value(Self.everything)]
    var names: Set<String> = []
    var kinds: Set<String> = []
    while let next = open.popLast() {
      for member in next.members ?? [] {
        names.insert(member.name)
        if member.name == "kind", let kind = member.value.string { kinds.insert(kind) }
        // Their members are names of columns, and those of another specification.
        if member.name != "data", member.name != "vega_lite" { open.append(member.value) }
      }
      open += next.elements ?? []
    }
    #expect(names.count > 30 && kinds.count == 10)
    let page = JSONFormat.description.details.joined(separator: " ")
    for name in names.union(kinds).union(["verb", "line", "stage", "words"]) {
      #expect(page.contains("`\(name)`"), "\(name)")
    }
  }
}
