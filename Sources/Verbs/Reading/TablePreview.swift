import Descriptions
import Formats
import Interpreter
import Language
import Plan
import Tables

/// What is known of a table that a call names beside its subject while the call is still being typed.
enum TablePreview {
  /// The columns of the first argument's table: a named one, a built-in set or a file, of which no more than a header and a sample are
  /// read; nil where there is none.
  static func schema(of arguments: [Argument], _ named: [String: ValueType]) -> RelationSchema? {
    for case .positional(let value) in arguments.map(\.kind) {
      switch value.kind {
      case .name(let name):
        if let schema = named[name]?.schema { return schema }
        return StandardLibrary.dataSet(name).flatMap(schema)
      case .literal(.text(let text)):
        do throws(EngineError) { return schema(try WorkingFolder.current.resolve(text)) } catch { return nil }
      default: return nil
      }
    }
    return nil
  }

  private static func schema(_ path: String) -> RelationSchema? {
    do throws(SourceError) {
      let source = try FormatCatalog.tableReader(path, stated: nil).source(path, ReadingRequest(Options()))
      return try source.declaredSchema().map { RelationSchema(name: source.name, raw: $0.schema, openTypes: $0.open) }
    } catch {
      return nil
    }
  }
}
