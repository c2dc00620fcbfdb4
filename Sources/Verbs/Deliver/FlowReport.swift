import Display
import Interpreter
import Notation
import Plan
import Tables

/// A flow in a report: its stages in order, with every default visible and what each showed, and what it was made of.
enum FlowReport {
  /// What `above` showed stands above already.
  static func section(_ flow: FlowRecord, above look: Look?) -> Page.Section {
    let last = flow.stages.last { !$0.displays.isEmpty }
    let isAbove = look.map { look in last.map { isSame($0.displays, look.display) } ?? false } ?? false
    var parts = flow.stages.map { stage in
      let place = "line \(stage.place.line)"
      if isAbove, stage.place == last?.place {
        return Page.Part(code: stage.place.words, place: "\(place), shown above", displays: [])
      }
      return Page.Part(code: stage.place.words, place: place, displays: stage.displays)
    }
    if flow.leftOut > 0 {
      let words = "\(counted(flow.leftOut, "earlier result")) left out: a report holds a bounded number of values"
      parts.insert(Page.Part(displays: [.note(words)]), at: 0)
    }
    return Page.Section("The flow", parts)
  }

  private static func isSame(_ displays: [Display], _ shown: Display) -> Bool {
    if displays == [shown] { return true }
    if case .group(let parts) = shown { return parts.filter { !$0.isEmpty } == displays }
    return false
  }

  /// The program, the seed, the files that were read with the hashes of their bytes, and the script.
  static func making(_ context: RunContext) -> Page.Section {
    let script = context.flow.script
    var facts = [Fact("program", "mlp \(Version.current)"), Fact("seed", "\(context.seed)")]
    // The name of what was typed says nothing.
    if !script.name.hasPrefix("<") { facts.insert(Fact("script", leaf(script.name)), at: 0) }
    var displays: [Display] = [.facts(facts)]
    let inputs = context.flow.inputs(context.progress)
    if !inputs.isEmpty {
      var table = DisplayTable(
        ["file", "SHA-256"], types: [.text, .text],
        rows: inputs.map {
          let without = $0.isFile ? "changed since it was read" : "what was read is not kept"
          return [.text(name(of: $0.path)), .text($0.hash ?? without)]
        },
        title: "files that were read")
      table.isProse = true
      displays.append(.table(table))
    }
    return Page.Section("How it was made", displays + [.text(script.text)])
  }

  /// A data set of the standard library by its name: where the library is says nothing about the flow.
  private static func name(of path: String) -> String {
    guard let folder = StandardLibrary.folder, path.hasPrefix(folder + "/data/") else { return path }
    return leaf(path) + " of the standard library"
  }

  private static func leaf(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
