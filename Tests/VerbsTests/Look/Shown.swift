import Diagnostics
import Display
import Interpreter
import Kernels
import Tables

@testable import Verbs

/// What a script shows, and what it is told.
struct Shown {
  let status: RunStatus
  private(set) var displays: [Display] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ script: String) {
    var session = Scripts.session()
    var displays: [Display] = []
    var diagnostics: [Diagnostic] = []
    status = session.run(SourceFile(name: "test.mlp", text: script), Progress()) { event in
      switch event {
      case .display(let display, _): displays.append(display)
      case .diagnostic(let diagnostic, _): diagnostics.append(diagnostic)
      default: break
      }
    }
    self.displays = displays
    self.diagnostics = diagnostics
  }

  private var parts: [Display] {
    func flat(_ display: Display) -> [Display] {
      if case .group(let parts) = display { parts.flatMap(flat) } else { [display] }
    }
    return displays.flatMap(flat)
  }

  var plots: [Plot] { parts.compactMap { if case .plot(let plot) = $0 { plot } else { nil } } }
  var trees: [TreeDisplay] { parts.compactMap { if case .tree(let tree) = $0 { tree } else { nil } } }
  var tables: [DisplayTable] { parts.compactMap { if case .table(let table) = $0 { table } else { nil } } }
  var metrics: [MetricsDisplay] { parts.compactMap { if case .metrics(let metrics) = $0 { metrics } else { nil } } }
  var matrices: [ConfusionMatrixDisplay] {
    parts.compactMap { if case .confusion(let matrix) = $0 { matrix } else { nil } }
  }
  var texts: [String] { parts.compactMap { if case .text(let text) = $0 { text } else { nil } } }
  var notes: [String] {
    parts.flatMap { part -> [String] in if case .notes(let notes) = part { notes.map(\.message) } else { [] } }
  }
}

extension Plot {
  /// The numbers of a column of the data; nothing where there is no such column.
  func numbers(_ name: String?) -> [Double] {
    guard let column = name.flatMap({ data[$0] }) else { return [] }
    return (0..<column.count).compactMap { column[$0].number }
  }
}
