import CSQLite
import Diagnostics
import Display
import Foundation
import Interpreter
import Kernels

/// Scripts that read from folders and databases, with all that they tell.
final class PlaceScripts {
  let folder: String
  private(set) var session = Scripts.session()
  /// Every diagnostic, drawn as text and as JSON, every display and the words of every stage.
  private(set) var told: [String] = []

  init() throws {
    folder = NSTemporaryDirectory() + "mlp-places-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/data/more", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
  }

  func text(of name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

  /// Makes a SQLite file.
  func makeDatabase(_ name: String, _ sql: String) {
    var handle: OpaquePointer?
    sqlite3_open(folder + "/" + name, &handle)
    sqlite3_exec(handle, sql, nil, nil, nil)
    sqlite3_close(handle)
  }

  private func source(_ script: String) -> SourceFile {
    SourceFile(name: "x.mlp", text: script.replacingOccurrences(of: "DIR", with: folder))
  }

  func run(_ script: String) -> RunStatus {
    session.run(source(script), Kernels.Progress()) { event in self.tell(event) }
  }

  func enter(_ line: String) -> RunStatus {
    session.enter(source(line).text, Kernels.Progress()) { event in self.tell(event) }
  }

  func undo() -> String? { session.undo() }

  private func tell(_ event: SessionEvent) {
    switch event {
    case .diagnostic(let diagnostic, let source):
      let renderer = DiagnosticRenderer(source: source)
      told += [renderer.render(diagnostic), renderer.json(diagnostic)]
    case .display(let display, let place): told += [JSONRenderer().render(display), place.words]
    case .stageBegan(let words, _): told.append(words)
    default: break
    }
  }

  /// The codes of what is wrong with a script, which is not run.
  func codes(_ script: String) -> [DiagnosticCode] {
    session.check(source(script)).diagnostics.filter { $0.severity == .error }.map(\.code)
  }

  func check(_ script: String) -> CheckedScript { session.check(source(script)) }

  /// What the notes that were told say.
  var notes: String { told.joined(separator: "\n") }
}
