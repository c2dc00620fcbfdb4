/// What a stage has to show, as a value: terminal, JSON, HTML, Markdown and notebooks each draw the same one.
///
/// A value carries data and meaning only. Widths, colours and escapes belong to the renderers.
public indirect enum Display: Sendable, Equatable {
  case table(DisplayTable)
  case metrics(MetricsDisplay)
  case confusion(ConfusionMatrixDisplay)
  case plot(Plot)
  case tree(TreeDisplay)
  case notes([Note])
  case facts([Fact])
  /// Preformatted lines, shown as they stand.
  case text(String)
  case heading(String)
  case group([Display])
}

extension Display {
  /// One informative line.
  public static func note(_ message: String) -> Display { .notes([Note(message)]) }

  /// One warning line.
  public static func warning(_ message: String) -> Display { .notes([Note(.warning, message)]) }

  /// Whether there is nothing to draw.
  public var isEmpty: Bool {
    switch self {
    case .notes(let notes): notes.isEmpty
    case .facts(let facts): facts.isEmpty
    case .metrics(let metrics): metrics.rows.isEmpty
    case .text(let text), .heading(let text): text.isEmpty
    case .group(let parts): parts.allSatisfy(\.isEmpty)
    case .table, .confusion, .plot, .tree: false
    }
  }

  /// About how many values it holds, for a bound on what is kept of it.
  public var cellCount: Int {
    switch self {
    case .table(let table): table.rows.reduce(1) { $0 + $1.count }
    case .metrics(let metrics): metrics.rows.reduce(1) { $0 + 1 + $1.figures.count }
    case .confusion(let matrix): matrix.counts.reduce(1) { $0 + $1.count }
    case .plot(let plot): 1 + plot.data.rowCount * plot.data.columns.count
    case .tree(let tree): 1 + tree.nodes.count
    case .notes(let notes): notes.count
    case .facts(let facts): facts.count
    case .text(let text), .heading(let text): 1 + text.utf8.count / 64
    case .group(let parts): parts.reduce(1) { $0 + $1.cellCount }
    }
  }
}
