import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan
import Privacy
import Scoring

/// `mask email = token, card_no = redact, key: "env:MLP_KEY"`
enum MaskVerb: Verb {
  static let words = [
    "redact", "partial", "token", "hash", "encrypt", "decrypt", "generalise", "bin", "noise", "shift", "synthesise",
    "drop",
  ]
  static let key = Parameter<String>(
    "key", "Where the key of tokens, hashes and ciphers is: \"env:NAME\" or \"file:PATH\"",
    otherwise: "`token`, `hash`, `encrypt` and `decrypt` need one"
  )
  static let seed = Parameter<Int>(
    "seed", "Draws the same noise, days and letters again", otherwise: "the session's seed", .atLeast(0))

  static let description = Description(
    name: "mask", summary: "Hide cells, so that they may be used and leave the program", group: "Guard",
    signature: "Table → Table · Split → Split",
    details: [
      "`redact` puts `***` in the place of every cell. `partial` stars a text but for its last four letters and digits, or a quarter of them where that is less; of an address of mail the first letter and the host stay. `token` is a keyed code (HMAC-SHA-256, 32 hexadecimal digits) and `hash` SHA-256 of the key and the text (64 digits): equal cells stay equal, so that rows can still be joined and counted. `encrypt` is a text that `decrypt` takes back with the same key (AES-256-SIV of a key that HKDF makes of it, in base64url): equal cells are encrypted alike here too, and a cell that was changed on its way is an error. What is decrypted is confidential. `generalise(10)` takes numbers to the beginning of their step, `generalise(3)` texts to their first characters, `generalise(month)` dates to the beginning of their year, quarter, month, week, day or hour. `bin` takes numbers to steps of a round width, fitted on the training part, and what lies far out to the last of them.",
      "These travel inside the model: it takes the raw column, masks it, and the request log keeps the masked cell. ONNX has no form for `partial`, `token`, `hash` and `encrypt`, and refuses them by name; a package keeps the place of the key, never the key, and is scored where the same key is.",
      "`noise(s)` adds a normal number of standard deviation s, `shift(d)` moves dates by up to d days (30), the same for all dates of a row, `synthesise` draws other letters and digits in the same form. They change the rows at hand alone, so no model may learn from what they made. `drop` leaves the column out.",
      "Confidential columns may be used behind any mask, restricted ones only redacted (`help classify`).",
    ],
    positionals: [
      Positional("column = mask", .method(words), "columns and what hides them", minimum: 1, maximum: nil)
    ],
    parameters: [key, seed],
    examples: [
      Example("names and ages", "load titanic\nmask name = partial, age = generalise(10)\nshow rows: 5"),
      Example(
        "inside a model",
        "load titanic\nclassify name = restricted, age = confidential\nmask name = redact, age = bin\nlabel survived\nsplit test: 0.2, seed: 7\ntrain logistic"
      ),
      Example(
        "other data of the same form", "load titanic\nmask name = synthesise, age = noise(2), seed: 7\nshow rows: 5"),
    ],
    otherNames: ["redact", "pseudonymize", "pseudonymise", "obfuscate", "tokenize", "deidentify"],
    otherOptions: ["salt": "key", "secret": "key", "random_state": "seed"],
    references: [
      "RFC 2104, HMAC", "FIPS 180-4, Secure Hash Standard", "RFC 5297, AES-SIV", "RFC 5869, HKDF",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema,
      let uses = call.methods(words, usual: .text, in: schema, &sink),
      let masks = MaskRequest(uses, call, schema, &sink)
    else { return nil }
    for column in masks.columns where schema.facts(of: column)?.type == nil { return call.open(subject) }
    if let decrypt = masks.decrypt { return plan(decrypt, on: subject, call, &sink) }
    guard let first = masks.atHand.first else {
      return recording(masks.steps, masks.ranges, on: subject, call, &sink)
    }
    guard case .table(let table) = subject else {
      sink.report(
        .wrongSubject, "'\(first.method.word)' changes the rows at hand alone, which a split's parts share",
        at: call.range, label: "put it before `split`")
      return nil
    }
    return plan(masks, on: table, call, &sink)
  }

  /// Cells are decrypted at hand: a model takes them as they are then.
  private static func plan(
    _ decrypt: Decrypt, on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    guard case .table(let schema) = subject else {
      sink.report(
        .wrongSubject, "'decrypt' changes the rows at hand, which a split's parts share", at: call.range,
        label: "put it before `split`")
      return nil
    }
    let result: RelationSchema
    do throws(EngineError) { result = try decrypt.result(schema) } catch {
      sink.report(error, at: call.range)
      return nil
    }
    return PlannedStage(
      result: .table(result), words: call.wordsInFull(description), repetition: .never
    ) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      return Outcome(.table(try Relation(relation, transformedBy: decrypt).settled(context).relation))
    }
  }

  private static func recording(
    _ steps: [Step], _ ranges: [SourceRange], on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    guard let planned = PlannedStage.recording(steps, ranges: ranges, on: subject, call, &sink) else { return nil }
    // What a key makes is another thing with another key, which nothing but the environment knows.
    return PlannedStage(
      result: planned.result, words: call.wordsInFull(description), needs: planned.needs, records: planned.records,
      repetition: call.options.has(key) ? .never : .kept, run: planned.run)
  }

  /// Masks of the rows at hand change the table as a whole; the others are recorded after them.
  private static func plan(
    _ masks: MaskRequest, on schema: RelationSchema, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    let own = call.options[seed].map { UInt64($0) }
    let changed: RelationSchema
    do throws(EngineError) {
      changed = try MaskAtHand(masks.atHand, seed: 0).result(schema)
    } catch {
      sink.report(error, at: call.range)
      return nil
    }
    guard let rest = recording(masks.steps, masks.ranges, on: .table(changed), call, &sink) else { return nil }
    return PlannedStage(
      result: rest.result, words: call.wordsInFull(description), repetition: call.options.has(key) ? .never : .kept
    ) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      let transform = MaskAtHand(masks.atHand, seed: own ?? context.seed)
      let (settled, _) = try Relation(relation, transformedBy: transform).settled(context)
      return masks.steps.isEmpty ? Outcome(.table(settled)) : try rest.run(.table(settled), context)
    }
  }
}
