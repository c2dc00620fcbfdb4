import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Language
import Plan
import Relational

/// `join weather, on: date`
enum JoinVerb: Verb {
  static let on = Parameter<RawValue>(
    "on", "The columns whose cells are equal: a name, a list, or {OWN: OTHER} where the tables call them differently",
    otherwise: "has to be given", meaning: .columnPairs)
  static let how = Parameter<JoinKind>("how", "Which rows stay", default: .left)
  static let suffix = Parameter<String>(
    "suffix", "What is put behind a column of the other table whose name is taken", default: "_right", .notEmpty)
  static let expect = Parameter<JoinExpectation>(
    "expect", "How often a key may stand in this table and in the other; another is an error", default: .manyToMany)
  static let by = Parameter<RawValue>(
    "by", "Of how: asof, the columns whose cells are equal, as in `on`", otherwise: "any rows", meaning: .columnPairs)
  static let direction = Parameter<NearestKey.Direction>(
    "direction", "Of how: asof, which neighbour is taken", default: .backward)
  static let tolerance = Parameter<Double>(
    "tolerance", "Of how: asof, how far away a row may be, in days for dates and in seconds for moments",
    otherwise: "any distance", .atLeast(0))

  /// Those that say something to how: asof alone.
  static let ofNearest: [any AnyParameter] = [by, direction, tolerance]

  static let description = Description(
    name: "join", summary: "Put the columns of another table beside the rows with the same key", group: "Shape",
    signature: "Table → Table",
    details: [
      "The other table is a named one, a file in quotes or a built-in set. A row that has several matches stands once for each, which is told; `expect: many_to_one` makes that an error, `expect: one_to_one` a key that stands twice in either table.",
      "`how: left` keeps every row of this table, `inner` those with a match, `right` the matches and the rows of the other table without one, `full` all rows of both. `semi` keeps the rows that have a match and `anti` those that have none, without columns of the other table.",
      "Rows stay in their order, each with its matches in the order of the other table; rows of that alone come last. A missing key matches nothing, also no other missing one. Whole numbers and fractions are compared without rounding, texts byte by byte.",
      "The columns of `on` stand once. Another column of a name that this table has gets the suffix.",
      "`how: asof` takes for each row the last row of the other table that is not after it in the one column of `on`, or the first that is not before it (`direction: forward`), or the nearer; `by` names the columns that have to be equal as well, and `tolerance` says how far away it may be. The tables need not be sorted.",
      "A join stands before `split`, and before what is fitted: a model takes its columns as they are after it.",
    ],
    positionals: [Positional("table", .table, "the other table", minimum: 1)],
    parameters: [on, how, suffix, expect] + ofNearest + [LoadVerb.union] + OtherTable.readingParameters,
    examples: [
      Example(
        "columns of another table",
        "load penguins\nselect species, body_mass_g\ndedupe species\nrename first_mass = body_mass_g\nas firsts\nload penguins\njoin firsts, on: species\nshow rows: 5"
      ),
      Example(
        "the weather of the day, and of the day before",
        "load seattle_weather\nselect date, weather\nderive next = date + 1\nas yesterday\nload seattle_weather\njoin yesterday, on: {date: next}, suffix: \"_before\"\nshow rows: 5"
      ),
      Example(
        "the last value before a time",
        "load seattle_weather\nfilter weather == \"snow\"\nselect date, temp_min\nas snow\nload seattle_weather\njoin snow, on: date, how: asof, tolerance: 30\nprofile temp_min_right"
      ),
      Example(
        "rows without a match",
        "load penguins\nfilter sex == missing\nas unknown\nload penguins\njoin unknown, on: [species, island, year], how: anti\nshow"
      ),
    ],
    otherNames: [
      "merge", "left_join", "inner_join", "right_join", "full_join", "semi_join", "anti_join", "join_asof",
      "merge_asof",
    ],
    otherOptions: [
      "validate": "expect", "relationship": "expect", "suffixes": "suffix", "strategy": "direction",
      "left_on": "on", "right_on": "on", "keys": "on", "type": "how",
    ].merging(ReadingOptions.otherOptions) { own, _ in own })
  static let subjects: Set<SubjectKind> = [.table]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  /// What is known of the columns without those of the other table.
  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    guard case .table(var schema) = subject else { return subject }
    schema.isOpen = true
    return .table(schema)
  }

  static func companions(of arguments: [Argument]) -> [Description] { FormatCatalog.companions(of: arguments) }

  static func otherTable(_ arguments: [Argument], _ named: [String: ValueType]) -> RelationSchema? {
    TablePreview.schema(of: arguments, named)
  }

  static func suits(option: String, after arguments: [Argument], _ subject: ValueType) -> Bool {
    let isNearest = arguments.contains { argument in
      if case .option(let name, let value) = argument.kind, name.text == how.name {
        value.kind == .name("asof")
      } else {
        false
      }
    }
    return isNearest || !ofNearest.contains { $0.name == option }
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .table(let schema) = subject, let other = OtherTable.named(at: 0, of: call, description, &sink),
      let request = JoinRequest(call, schema, other.schema, &sink)
    else { return nil }
    let id = ReadingID(start: call.range.start, end: call.range.end)
    let join = request.join(schema, other.schema)
    do throws(EngineError) {
      var result = try join.result(schema)
      result.reading = id
      let combined = try combined(join, schema, other)
      return PlannedStage(
        result: .table(result), words: words(call, join, other), combines: combined,
        writes: call.written(ReadingOptions.rejects),
        reads: other.reads
      ) { value, context throws(EngineError) in
        guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
        let (others, notes) = try other.relation(context)
        let join = request.join(relation.schema, others.schema)
          .taking(others, context.readings[id]?.columns ?? .all)
        let (settled, collected) = try Relation(relation, transformedBy: join, reading: id).settled(context)
        return Outcome(.table(settled), [.notes(notes + collected.notes.map { Note($0.words) })])
      }
    } catch {
      sink.report(error, at: request.place(of: error))
      return nil
    }
  }

  /// With the options that say something to this join.
  private static func words(_ call: VerbCall, _ join: Join, _ other: OtherTable) -> String {
    let own: [any AnyParameter] = join.kind == .asof ? [on, how, suffix] + ofNearest : [on, how, suffix, expect]
    return OtherTable.words(call, own + (other.isReadHere ? [LoadVerb.union] : []), [other])
  }

  /// What the columns of the result are made of.
  private static func combined(
    _ join: Join, _ schema: RelationSchema, _ other: OtherTable
  ) throws(EngineError) -> CombinedColumns {
    var (own, others): ([String: String], [String: String]) = ([:], [:])
    for column in try join.origins() {
      own[column.name] = column.own
      others[column.name] = column.other
    }
    let keys = join.keys + (join.nearest.map { [$0.key] } ?? [])
    return CombinedColumns([
      CombinedColumns.Input(schema, always: Set(keys.map(\.own)), made: own),
      CombinedColumns.Input(
        other.schema, always: Set(keys.map(\.other)), made: others, isReadHere: other.isReadHere),
    ])
  }
}
