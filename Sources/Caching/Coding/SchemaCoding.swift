import Packaging
import Plan
import Tables

/// The schema of a relation as bytes, without the reading that it comes from, whose place in a script is another each time.
extension ByteWriter {
  package mutating func schema(_ schema: RelationSchema) {
    text(schema.name)
    list(schema.columns) { writer, column in
      writer.text(column.name)
      writer.facts(column.facts)
    }
    bool(schema.isOpen)
    optional(schema.label) { $0.label($1) }
    texts(schema.asides.sorted())
    optional(schema.rowCount) { $0.int($1) }
    texts(schema.missingWords)
    sensitivity(schema.unlisted)
    list(schema.rawLevels.sorted { $0.key < $1.key }) {
      $0.text($1.key)
      $0.text($1.value.rawValue)
    }
  }

  private mutating func facts(_ facts: ColumnFacts) {
    optional(facts.type) { $0.text($1.rawValue) }
    texts(facts.origins.sorted())
    optional(facts.fittedBy) { $0.text($1) }
    optional(facts.missing) { $0.int($1) }
    texts(facts.settled.map(\.rawValue).sorted())
    sensitivity(facts.sensitivity)
  }

  private mutating func sensitivity(_ sensitivity: Sensitivity) {
    text(sensitivity.level.rawValue)
    text(sensitivity.shows.rawValue)
    texts(sensitivity.masks.sorted())
    bool(sensitivity.isUnmasked)
    bool(sensitivity.isBarred)
    optional(sensitivity.atHand) { $0.text($1) }
    optional(sensitivity.kept) { $0.text($1) }
  }

  private mutating func label(_ label: LabelSpec) {
    text(label.name)
    optional(label.positive) { $0.cell($1) }
    texts(label.origins.sorted())
    text(label.task.rawValue)
  }
}

extension ByteReader {
  package mutating func schema() throws(PackageError) -> RelationSchema {
    let name = try text()
    let columns = try list(each: 13) { reader throws(PackageError) in (try reader.text(), try reader.facts()) }
    let isOpen = try bool()
    let label = try optional { reader throws(PackageError) in try reader.label() }
    let asides = try texts()
    let rowCount = try optional { reader throws(PackageError) in try reader.int() }
    var schema = RelationSchema(name: name, columns: columns, isOpen: isOpen, rowCount: rowCount)
    schema.label = label
    schema.setAside(asides)
    schema.missingWords = try texts()
    schema.unlisted = try sensitivity()
    let levels = try list(each: 2) { reader throws(PackageError) in
      (try reader.text(), try reader.word(ColumnLevel.self))
    }
    schema.rawLevels = Dictionary(levels, uniquingKeysWith: { first, _ in first })
    return schema
  }

  private mutating func facts() throws(PackageError) -> ColumnFacts {
    let type = try optional { reader throws(PackageError) in try reader.word(ColumnType.self) }
    let origins = Set(try texts())
    let fittedBy = try optional { reader throws(PackageError) in try reader.text() }
    var facts = ColumnFacts(type: type, origins: origins, fittedBy: fittedBy)
    facts.missing = try optional { reader throws(PackageError) in try reader.int() }
    facts.settled = Set(try list(each: 1) { reader throws(PackageError) in try reader.word(Settled.self) })
    facts.sensitivity = try sensitivity()
    return facts
  }

  private mutating func sensitivity() throws(PackageError) -> Sensitivity {
    Sensitivity(
      level: try word(ColumnLevel.self), shows: try word(ColumnLevel.self), masks: Set(try texts()),
      isUnmasked: try bool(), isBarred: try bool(),
      atHand: try optional { reader throws(PackageError) in try reader.text() },
      kept: try optional { reader throws(PackageError) in try reader.text() })
  }

  private mutating func label() throws(PackageError) -> LabelSpec {
    let name = try text()
    let positive = try optional { reader throws(PackageError) in try reader.cell() }
    let origins = Set(try texts())
    return LabelSpec(name: name, positive: positive, origins: origins, task: try word(LabelTask.self))
  }
}
