import Descriptions
import Diagnostics
import Formats
import Interpreter
import Tables

extension DelimitedOptions {
  /// The options of a call of `load`; nil after an error, which is reported.
  init?(_ call: VerbCall, _ sink: inout DiagnosticSink) {
    self.init()
    let options = call.options
    if let raw = options[CSVFormat.types] {
      guard let types = Self.types(raw, call, &sink) else { return nil }
      self.types = types
    }
    if let text = options[CSVFormat.delimiter] {
      guard text.count == 1, let character = text.first else {
        sink.report(.badOption, "'delimiter' is one character, not \"\(text)\"", at: call.optionRanges["delimiter"])
        return nil
      }
      delimiter = character
    }
    if let header = options[CSVFormat.header], options.has(CSVFormat.header) {
      self.header = header ? .present : .absent
    }
    if let words = options[CSVFormat.missing] { missing = words }
    rows = options[CSVFormat.rows]
    columns = options[CSVFormat.columns]
    rejects = options[CSVFormat.rejects]
    if let word = options[CSVFormat.onConflict], let choice = OnConflict(rawValue: word) { onConflict = choice }
  }

  private static func types(
    _ raw: RawValue, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> [String: ColumnType]? {
    guard case .record(let fields) = raw else {
      sink.report(
        .badOption, "'types' takes a record", at: call.optionRanges["types"],
        label: "for example {id: text, joined: date}")
      return nil
    }
    var types: [String: ColumnType] = [:]
    for field in fields {
      guard let type = field.value.string.flatMap(ColumnType.init(rawValue:)), type != .vector else {
        sink.report(
          .badOption, "'\(field.value)' is no type of a column", at: call.optionRanges["types"],
          help: ["types: bool, int, float, text, date, datetime"])
        return nil
      }
      types[field.name] = type
    }
    return types
  }
}
