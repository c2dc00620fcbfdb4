import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Language
import Packaging
import Plan
import Tables

/// `export "churn.onnx"`
enum ExportVerb: Verb {
  static let description = Description(
    name: "export", summary: "Write a model, a table, figures or a report to a file", group: "Deliver",
    signature: "Model · Table · any → its subject",
    details: [
      "The file's name tells the format (\(FormatCatalog.writable.joined(separator: "; "))); `help formats` lists them. A split is written as the table of its training rows.",
      "A report holds the look that it follows, or the value, and all that the flow has shown until then; reports are written after a requirement that was not met too. Of a look at a model the formats of tables take the figures that it shows first: the metrics of `eval`, the importances of `explain`. Behind a look, at a table too, `.json` takes what it shows: `help json`.",
      "The file is written beside its place and then renamed: a reader sees the old file or the new one. The sealed part is never exported.",
      "What was written is read back first: a model scores a sample with missing and unseen values, and the first rows of a table are compared. Where something differs nothing is written, and the error `export-differs` names it.",
    ],
    positionals: [Positional("path", .path(.write), "the file to write", minimum: 1)],
    parameters: [WrittenFile.replace],
    examples: [
      Example(
        "a model",
        "load iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nexport \"iris.onnx\"\nexport \"iris.mlpkg\""),
      Example("a table", "load titanic\nfilter age < 16\nexport \"children.csv\""),
      Example("a report", "load penguins\nprofile\nexport \"penguins.html\""),
      Example(
        "figures as data",
        "load iris\nlabel species\nsplit valid: 0.3, seed: 7\ntrain tree\neval\nexport \"metrics.csv\""),
    ],
    otherNames: ["save", "write", "to_csv", "to_json", "dump"])
  static let subjects: Set<SubjectKind> = [.table, .split, .model, .service]

  static func companions(of arguments: [Argument]) -> [Description] { FormatCatalog.writers(of: arguments) }

  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }
  static let writesReports = true
  static let writesRows = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let errors = sink.diagnostics.count
    guard let path = call.text(at: 0, &sink) else {
      return sink.diagnostics.count > errors ? nil : call.open(subject)
    }
    guard let file = ExportedFile(path: path) else {
      refuse(path, subject, call, &sink)
      return nil
    }
    guard let content = file.content(of: subject, call.look) else {
      let isOther = call.look?.isTabular == false && file.format is any TableWriting.Type
      sink.report(
        .wrongSubject, "\(subject.word) cannot be written as \(file.format.name)", at: call.positionals.first?.range,
        label: isOther ? "the look before it shows no table of figures: .json, .html and .md take it" : nil,
        help: FormatCatalog.writable)
      return nil
    }
    let written = call.written(path, at: call.positionals.first?.range)
    let telling: StageTelling = content == .report ? .flow : content == .figures ? .look : .nothing
    // The look goes on, so that it is written as data and as a report in one flow.
    let result = telling == .nothing ? subject : call.look.map(ValueType.look) ?? subject
    return PlannedStage(
      result: result, words: call.wordsInFull(description, file.written ?? description), writes: [written],
      telling: telling
    ) { value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.export))) }
      let place = try context.folder.resolve(path)
      let size = try file.write(value, to: place, call.options, context)
      return Outcome(
        context.look.map(Value.look) ?? value,
        [.notes([Note("export: \(path), \(size) bytes")] + (content == .model ? file.lost(of: value) : []))])
    }
  }

  /// A name that tells no format, or one that is planned: for a name without an ending, what suits the value.
  private static func refuse(_ path: String, _ subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink) {
    let range = call.positionals.first?.range ?? call.range
    let ending = FileName.plainExtension(path)
    let isPlanned = ending.map { PlannedWords.contains($0, .writable) } ?? false
    let suited: String? =
      switch subject {
      case .table, .split: "csv"
      case .model, .service: "onnx"
      default: nil
      }
    let named = ending.map { FormatCatalog.format(otherwiseCalled: $0)?.endings.first } ?? suited
    let meant = named.map { "\(ending == nil ? path : FileName.withoutEnding(path)).\($0)" }.flatMap { meant in
      ExportedFile(path: meant)?.content(of: subject, nil) == nil ? nil : meant
    }
    let rewrite = isPlanned ? nil : meant.map { Rewrite(range, SyntaxPrinter.text(.text($0))) }
    sink.report(
      .badFormat,
      isPlanned
        ? "no writer for .\(ending ?? "") yet" : "'\(path)' does not tell a format that can be written", at: range,
      help: FormatCatalog.writable, rewrite: rewrite)
  }
}
