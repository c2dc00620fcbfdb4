import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Packaging
import Plan
import Tables

/// `export "churn.onnx"`
enum ExportVerb: Verb {
  static let description = Description(
    name: "export", summary: "Write a model, a table or a report to a file", group: "Deliver",
    signature: "Model · Table · any → its subject",
    details: [
      "The file's name tells the format: a model as `.onnx` (the whole pipeline from raw columns, in double precision) or `.mlpkg` (this program's own package, for `mlp serve`), a table or a split's training rows as `.csv` or `.tsv` (also `.gz`), and anything as a report in `.html`.",
      "The file is written beside its place and then renamed: a reader sees the old file or the new one. The sealed part is never exported.",
    ],
    positionals: [Positional("path", .path, "the file to write", minimum: 1)],
    examples: [
      Example(
        "a model",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nexport \"iris.onnx\"\nexport \"iris.mlpkg\""),
      Example("a table", "load titanic\nfilter age < 16\nexport \"children.csv\""),
      Example("a report", "load penguins\nprofile\nexport \"penguins.html\""),
    ],
    otherNames: ["save", "write", "to_csv", "dump"])
  static let subjects: Set<SubjectKind> = [.table, .split, .model, .service]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let errors = sink.diagnostics.count
    guard let path = call.text(at: 0, &sink) else {
      return sink.diagnostics.count > errors ? nil : call.open(subject)
    }
    guard let format = ExportFormat(path: path) else {
      sink.report(
        .badFormat, "'\(path)' does not tell a format that can be written", at: call.positionals.first?.range,
        help: ["a model: .onnx, .mlpkg", "a table: .csv, .tsv, also with .gz", "a report of anything: .html"])
      return nil
    }
    guard format.takes(subject) else {
      sink.report(
        .wrongSubject, "\(subject.word) cannot be written as \(format.rawValue)", at: call.positionals.first?.range,
        help: ["a model: .onnx, .mlpkg", "a table: .csv, .tsv, also with .gz", "a report of anything: .html"])
      return nil
    }
    return PlannedStage(result: subject, words: call.wordsInFull(description), writes: [path]) {
      value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.export))) }
      let place = try context.folder.resolve(path)
      let size = try format.write(value, to: place, context)
      return Outcome(value, [.note("export: \(path), \(size) bytes")])
    }
  }
}
