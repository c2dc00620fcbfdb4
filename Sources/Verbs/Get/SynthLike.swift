import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Language
import Notation
import Plan
import Synthesis
import Tables

/// `synth 1000, like: customers` and `synth 1000, like: "customers.profile.json"`
enum SynthLike {
  static func plan(_ rows: Int, _ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let written = call.optionExpressions[SynthVerb.like.name] else { return nil }
    if let path = call.options[SynthVerb.like], case .text(let text) = path, text.hasSuffix(SavedProfile.ending) {
      return plan(profile: text, at: written.range, rows, call, &sink)
    }
    guard let other = OtherTable.named(at: 0, of: call.naming(written), SynthVerb.description, &sink) else {
      return nil
    }
    let schema = made(other.schema)
    guard isSound(call, schema, &sink), let request = SynthRequest(rows, call, schema, &sink) else { return nil }
    return PlannedStage(
      result: .table(schema), words: call.wordsInFull(SynthVerb.description), reads: other.reads
    ) { _, context throws(EngineError) in
      let (relation, notes) = try other.relation(context)
      let (settled, collected) = try relation.settled(context)
      let learned = try LearnedCopula(collected.rows, settled.schema, by: request.by, context)
      let outcome = try request.make(learned.model, sample: learned.sample, made(settled.schema), context)
      return Outcome(outcome.value, [.notes(notes)] + outcome.displays)
    }
  }

  /// What is known of rows that are made like those of a schema: each column is its own origin, and the level of a guarded one goes with it
  /// behind a mask.
  private static func made(_ schema: RelationSchema) -> RelationSchema {
    let columns = schema.columns.filter { $0.facts.type != .vector }.map { name, facts -> (String, ColumnFacts) in
      var sensitivity = facts.sensitivity
      if sensitivity.shows.isGuarded {
        sensitivity = sensitivity.masked(by: "synthesise", hidesAll: false, atHand: "synth like: \(schema.name)")
      }
      return (name, ColumnFacts(type: facts.type, origins: [name], sensitivity: sensitivity))
    }
    var made = RelationSchema(name: "\(schema.name)_made", columns: columns, isOpen: schema.isOpen)
    made.unlisted = schema.unlisted
    if let label = schema.label, made.facts(of: label.name) != nil {
      made.label = LabelSpec(
        name: label.name, positive: label.positive, origins: [label.name], task: label.task)
    }
    return made
  }

  /// Whether the columns that are named are there.
  private static func isSound(_ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) -> Bool {
    let errors = sink.diagnostics.count
    _ = call.column(option: SynthVerb.by.name, in: schema, &sink)
    return sink.diagnostics.count == errors
  }

  // MARK: A saved profile

  private static func plan(
    profile path: String, at range: SourceRange, _ rows: Int, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    let place: String
    do throws(EngineError) { place = try WorkingFolder.current.resolve(path) } catch {
      sink.report(error, at: range)
      return nil
    }
    let reads = ReadFiles([place])
    var schema = RelationSchema(name: FileName.profile(path), isOpen: true)
    if !call.promises(path) {
      do throws(SourceError) { schema = self.schema(try model(path, at: place)) } catch {
        sink.report(Diagnostic(error, at: range))
        return nil
      }
    }
    guard isSound(call, schema, &sink), let request = SynthRequest(rows, call, schema, &sink) else { return nil }
    if let by = request.by {
      sink.report(
        .badOption, "classes are told apart when a profile is saved, and '\(by)' cannot be chosen now",
        at: call.optionRanges[SynthVerb.by.name], help: ["`label \(by)` before `profile save:`"])
      return nil
    }
    return PlannedStage(result: .table(schema), words: call.wordsInFull(SynthVerb.description), reads: reads) {
      _, context throws(EngineError) in
      let model: CopulaModel
      do throws(SourceError) { model = try self.model(path, at: place) } catch { throw EngineError(error) }
      return try request.make(model, sample: nil, self.schema(model), context)
    }
  }

  private static func schema(_ model: CopulaModel) -> RelationSchema {
    RelationSchema(name: "\(model.name)_made", raw: Schema(model.members.map { Field($0.name, $0.type) }))
  }

  private static func model(_ path: String, at place: String) throws(SourceError) -> CopulaModel {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try DurableFile.read(place, limit: SavedProfile.limit) } catch {
      throw SourceError(source: path, reason: .file(FileError(path: path, reason: error.reason)))
    }
    do throws(ProfileFault) { return try CopulaModel(profile: bytes) } catch {
      throw SourceError(source: path, reason: .badFormat(error.words))
    }
  }
}

extension FileName {
  /// What the rows are called that a profile is of, by its file's name.
  fileprivate static func profile(_ path: String) -> String { "\(stem(stem(path)))_made" }
}

extension VerbCall {
  /// The same verb with a table as its one argument.
  fileprivate func naming(_ table: Expr) -> VerbCall {
    VerbCall(
      // Of what is wrong with it the help names the option.
      verb: Name("\(SynthVerb.like.name):", at: verb.range), range: range,
      arguments: [Argument(.positional(table), at: table.range)], options: Options(),
      optionRanges: [:], optionExpressions: [:], scope: scope, namedTypes: namedTypes.filter { $0.key != "_" },
      promisedFiles: promisedFiles)
  }
}
