import Descriptions
import Diagnostics
import Interpreter
import Plan

/// The columns by which rows may be told apart, and those whose values are not to be told of anybody, as a call names them or as they are
/// classified.
struct KnownColumns {
  /// What others may know of a person.
  let quasi: [String]
  let sensitive: [String]

  /// nil after reporting an error. Without columns those are taken that are confidential, without `sensitive:` the restricted ones.
  init?(_ call: VerbCall, _ option: Parameter<[String]>, in schema: RelationSchema, _ sink: inout DiagnosticSink) {
    guard var quasi = call.columns(in: schema, &sink),
      var hidden = call.columns(option: option.name, in: schema, &sink)
    else { return nil }
    let levels = schema.columns.map { ($0.name, $0.facts.sensitivity) }
    if !call.options.has(option) {
      hidden = levels.filter { $0.1.shows == .restricted && !quasi.contains($0.0) }.map(\.0)
    }
    if quasi.isEmpty {
      quasi = levels.filter { $0.1.level == .confidential && $0.1.shows != .public && !hidden.contains($0.0) }.map(\.0)
    }
    guard !quasi.isEmpty else {
      sink.report(
        .missingArgument, "'\(call.verb.text)' needs the columns that others may know of a person", at: call.range,
        help: ["`classify` says which are confidential, and without columns what there seems to be"])
      return nil
    }
    if let both = quasi.first(where: hidden.contains) {
      sink.report(
        .badOption, "'\(both)' is known to others, so that it is none of the sensitive ones",
        at: call.optionRanges[option.name] ?? call.range)
      return nil
    }
    self.quasi = quasi
    sensitive = hidden
  }
}
