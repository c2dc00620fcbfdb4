import Diagnostics
import Display
import Interpreter
import Kernels
import Notation
import Plan
import Synthesis
import Tables

/// The file that `profile save:` writes: what rows are made of by `synth like:`.
struct SavedProfileFile: Sendable {
  private let path: String
  /// The columns that it is of; all where there are none.
  private let columns: [String]

  init(_ path: String, _ columns: [String]) {
    self.path = path
    self.columns = columns
  }

  /// Whether the file's name tells what it is; false after reporting.
  static func isNamed(_ files: [WrittenFile], _ sink: inout DiagnosticSink) -> Bool {
    guard let file = files.first(where: { !$0.path.hasSuffix(SavedProfile.ending) }) else { return true }
    sink.report(
      .badOption, "'save' takes a file that ends in \(SavedProfile.ending), not '\(file.path)'", at: file.range,
      help: ["`export \"x.json\"` after it writes what the profile shows"])
    return false
  }

  /// The look, which writes the file as well.
  func saving(_ look: PlannedStage, _ files: [WrittenFile]) -> PlannedStage {
    PlannedStage(
      result: look.result, words: look.words, needs: look.needs, writes: files, whole: look.whole
    ) { value, context throws(EngineError) in
      let outcome = try look.run(value, context)
      guard let value else { throw EngineError(.subject(.wrong(.look))) }
      return Outcome(outcome.value, outcome.displays + [.notes([try write(value, context)])])
    }
  }

  private func write(_ value: Value, _ context: RunContext) throws(EngineError) -> Note {
    let rows = try LookedRows(value, context)
    guard let schema = value.type.schema else { throw EngineError(.subject(.wrong(.table))) }
    var wanted = schema
    if !columns.isEmpty { wanted.keep(columns) }
    let table =
      columns.isEmpty ? rows.rows : .whole(try rows.rows.table(Set(columns), context.progress).select(columns))
    let learned = try LearnedCopula(table, wanted, by: nil, leavesGuarded: true, context)
    let place = try WorkingFolder.current.resolve(path)
    do throws(FileError) { try DurableFile.write(SavedProfile.bytes(learned.model), to: place) } catch {
      throw EngineError(.file(.notWritten(error)))
    }
    let guarded = wanted.guarded.map(\.name).filter { wanted.facts(of: $0) != nil }
    let left = guarded.isEmpty ? "" : ", without \(NameList.of(guarded))"
    return Note("profile: what rows are made of is kept in \(path)\(left)")
  }
}
