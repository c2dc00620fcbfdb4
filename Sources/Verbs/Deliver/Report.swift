import Display
import Interpreter
import Kernels
import Plan
import Tables
import Training

/// What `export "x.html"` writes: the look that it follows, or the value, then what the flow has shown, and what it was made of.
struct Report {
  let page: Page

  /// Throws what computing rows and scoring throw.
  init(_ value: Value, _ context: RunContext) throws(EngineError) {
    var sections: [Page.Section] = []
    if let look = context.look {
      sections.append(Page.Section(Self.capitalized(look.kind), [try look.wholeDisplay(context)]))
    }
    switch value {
    case .model(let model): sections += try ModelReport.sections(model, context)
    case .service(let service): sections += try ModelReport.sections(service.model, context)
    case .table(let relation) where context.look == nil:
      let rows = try context.executor.rows(relation, context.progress).rows
      sections.append(Page.Section("Table", try Self.table(rows, name: relation.name, context)))
    case .split(let split) where context.look == nil:
      let rows = Rows.whole(try split.trainingRows(context.progress).table)
      let training = try Self.table(rows, name: "\(split.name), training rows", context)
      sections.append(Page.Section("Split", [.table(SplitDisplay.table(split))] + training))
    case .table, .split, .look, .scalar: break
    }
    sections.append(FlowReport.section(context.flow, above: context.look))
    sections.append(FlowReport.making(context))
    page = Page(title: Self.title(value, context.look), sections: sections)
  }

  private static func title(_ value: Value, _ look: Look?) -> String {
    guard let look else { return title(value) }
    return "\(capitalized(look.kind)) of \(title(value))"
  }

  private static func title(_ value: Value) -> String {
    switch value {
    case .table(let relation): relation.name
    case .split(let split): split.name
    case .model(let model): "\(model.name): \(model.purpose)"
    case .service(let service): "\(service.model.name), served"
    case .look(let look): title(look.subject)
    case .scalar: "a value"
    }
  }

  private static func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

  private static func table(_ rows: Rows, name: String, _ context: RunContext) throws(EngineError) -> [Display] {
    let request = ProfileFigures.Request(columns: nil, top: 5, depth: .brief, label: nil)
    let figures = try ProfileFigures(rows, request, context.progress)
    var first = DisplayTable(headOf: try rows.head(20, context.progress), rows: 20, title: "first rows of \(name)")
    first.totalRows = rows.rowCount
    return ProfileDisplay.displays(figures, name: name) + [.table(first)]
  }
}

extension Look {
  /// All there is to see, which may be more than was shown. Throws what looking throws.
  func wholeDisplay(_ context: RunContext) throws(EngineError) -> Display {
    guard let whole else { return display }
    return .group(try whole(subject.subject, context))
  }
}
