import Formats
import Kernels
import Plan
import Tables

/// `schema_is("sales.schema.json")`: the columns and their types are those of a file, which `load` can write.
public struct SchemaTest: RuleTest {
  private let file: SchemaFile

  public init(_ file: SchemaFile) { self.file = file }

  public var columns: [String] { [] }
  public var key: StepKey { StepKey("schema_is", file.fields.flatMap { [$0.name, $0.type.rawValue] }) }
  public var reach: RuleReach { .table }

  public func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch {
    let found = DeclaredSchema(schema: Schema(rows.columns.map(\.field)))
    return SchemaWatch(differences: file.differences(found, among: nil, isText: false))
  }
}

private struct SchemaWatch: RuleWatch {
  let differences: [SchemaDifference]

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures { RuleFailures() }

  mutating func finish() throws(EngineError) -> TableFinding? {
    TableFinding(holds: differences.isEmpty, .differences(differences))
  }
}
