import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Language
import Plan
import Relational

/// `union january, february`
enum UnionVerb: Verb {
  static let source = Parameter<String>(
    "source", "A text column to be made that says which table each row is from", otherwise: "none is made", .notEmpty)

  static let description = Description(
    name: "union", summary: "Put the rows of other tables below these, column by column of a name", group: "Shape",
    signature: "Table → Table",
    details: [
      "The other tables are named ones, files in quotes or built-in sets. Columns are brought together by name, whatever their order; where a table has no column of a name its cells are missing, which is told.",
      "A column of whole numbers in one table and of fractions in another becomes one of fractions; any other difference of types is an error. Rows that are equal stay: `dedupe` leaves them out.",
      "A union stands before `split`, and before what is fitted: a model takes its columns as they are after it.",
    ],
    positionals: [Positional("tables", .table, "the other tables", minimum: 1, maximum: nil)],
    parameters: [source] + OtherTable.readingParameters,
    examples: [
      Example(
        "two tables",
        "load penguins\nfilter island == \"Dream\"\nas dream\nload penguins\nfilter island == \"Biscoe\"\nunion dream, source: origin\nshow rows: 5"
      ),
      Example(
        "of other columns",
        "load penguins\nselect species, year\nas years\nload penguins\nselect species, sex\nunion years\nprofile"),
    ],
    otherNames: ["concat", "bind_rows", "rbind", "vstack", "union_all", "append_rows"],
    otherOptions: ["keys": "source", "id": "source", "names": "source"]
      .merging(ReadingOptions.otherOptions) { own, _ in own })
  static let subjects: Set<SubjectKind> = [.table]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    guard case .table(var schema) = subject else { return subject }
    schema.isOpen = true
    return .table(schema)
  }

  static func companions(of arguments: [Argument]) -> [Description] { FormatCatalog.companions(of: arguments) }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .table(let schema) = subject else { return nil }
    var others: [OtherTable] = []
    for place in call.positionals.indices {
      guard let other = OtherTable.named(at: place, of: call, description, unites: true, &sink) else { return nil }
      others.append(other)
    }
    let (tables, source, words) = (others, call.options[source], Self.words(call))
    guard let united = result(schema, tables, source, call, &sink) else { return nil }
    let id = ReadingID(start: call.range.start, end: call.range.end)
    var result = united
    result.reading = id
    return PlannedStage(
      result: .table(result), words: OtherTable.words(call, [Self.source], tables), combines: combined(schema, tables),
      writes: call.written(ReadingOptions.rejects), reads: ReadFiles(allOf: tables.map(\.reads))
    ) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      var below: [Relation] = []
      var notes: [Note] = []
      for table in tables {
        let (other, said) = try table.relation(context)
        below.append(other)
        notes += said
      }
      let union = Union(of: relation.schema, with: below.map(\.schema), source: source, words: words)
        .taking(below, context.readings[id]?.columns ?? .all)
      let (settled, collected) = try Relation(relation, transformedBy: union, reading: id).settled(context)
      return Outcome(.table(settled), [.notes(notes + collected.notes.map { Note($0.words) })])
    }
  }

  /// As notes call it: `union january, february`.
  private static func words(_ call: VerbCall) -> String {
    "\(call.verb.text) " + call.positionals.map(SyntaxPrinter.text).joined(separator: ", ")
  }

  /// The columns of the result; nil after an error, which is reported where the table stands that brings it.
  private static func result(
    _ schema: RelationSchema, _ others: [OtherTable], _ source: String?, _ call: VerbCall,
    _ sink: inout DiagnosticSink
  ) -> RelationSchema? {
    var result: RelationSchema?
    for count in 1...max(1, others.count) {
      let below = others.prefix(count).map(\.schema)
      do throws(EngineError) {
        result = try Union(of: schema, with: below, source: source, words: "").result(schema)
      } catch {
        let place = others.indices.contains(count - 1) ? others[count - 1].range : call.range
        let isSource = if case .column(.taken) = error.problem { true } else { false }
        sink.report(error, at: isSource ? call.optionRanges[UnionVerb.source.name] ?? place : place)
        return nil
      }
    }
    return result
  }

  /// What the columns of the result are made of: those of the name in each table.
  private static func combined(_ schema: RelationSchema, _ others: [OtherTable]) -> CombinedColumns {
    func input(_ table: RelationSchema, _ isReadHere: Bool) -> CombinedColumns.Input {
      let made = Dictionary(table.names.map { ($0, $0) }, uniquingKeysWith: { first, _ in first })
      return CombinedColumns.Input(table, always: [], made: made, isReadHere: isReadHere)
    }
    return CombinedColumns([input(schema, false)] + others.map { input($0.schema, $0.isReadHere) })
  }
}
