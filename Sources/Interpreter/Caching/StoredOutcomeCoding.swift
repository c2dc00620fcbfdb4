import Caching
import Display
import Packaging
import Plan
import Tables

extension StoredOutcome {
  /// nil for what has no form as bytes: a service.
  var bytes: [UInt8]? {
    var writer = ByteWriter()
    writer.displays(displays)
    guard writer.type(type) else { return nil }
    writer.text(summary)
    writer.bool(look != nil)
    if let look {
      writer.text(look.kind)
      writer.display(look.display)
      guard look.figures.allSatisfy({ $0.cell != nil }) else { return nil }
      writer.list(look.figures) {
        $0.text($1.name)
        $0.cell($1.cell ?? .missing)
      }
    }
    writer.origin(origin)
    writer.list(writes) { writer, file in
      writer.text(file.path)
      writer.optional(file.digest) { writer, digest in writer.list(digest) { $0.byte($1) } }
    }
    writer.list(openings) { $0.fixed($1) }
    return writer.bytes
  }

  /// Throws for bytes of another form. `reading` is that of the run that asks.
  init(_ bytes: [UInt8], reading: ReadingID?) throws(PackageError) {
    var reader = ByteReader(bytes, in: 0..<bytes.count)
    displays = try reader.displays()
    type = try reader.type(reading, depth: 0)
    summary = try reader.text()
    look = try reader.optional { reader throws(PackageError) in
      let kind = try reader.text()
      let display = try reader.display()
      let figures = try reader.list(each: 2) { reader throws(PackageError) in
        let name = try reader.text()
        return Look.Figure(name, .cell(try reader.cell()))
      }
      return StoredLook(kind: kind, display: display, figures: figures)
    }
    origin = try reader.origin()
    writes = try reader.list(each: 2) { reader throws(PackageError) in
      let path = try reader.text()
      let digest = try reader.optional { reader throws(PackageError) in
        try reader.list(each: 1) { reader throws(PackageError) in try reader.byte() }
      }
      return (path: path, digest: digest)
    }
    openings = try reader.list(each: 8) { reader throws(PackageError) in try reader.fixed64() }
    guard reader.remaining == 0 else { throw reader.failure(.trailingBytes) }
  }
}

extension Look.Figure {
  fileprivate var cell: Cell? { if case .cell(let cell) = value { cell } else { nil } }
}

extension ByteWriter {
  fileprivate mutating func origin(_ origin: StoredOutcome.Origin) {
    switch origin {
    case .subject: byte(0)
    case .model: byte(1)
    case .run: byte(2)
    case .record(let record):
      byte(3)
      list(record.figures) {
        $0.text($1.part)
        $0.text($1.metric)
        $0.double($1.value)
      }
      requirements(record.requirements)
      int(record.openings)
      optional(record.acceptance) { $0.requirements($1) }
    }
  }

  private mutating func requirements(_ requirements: [Requirement]) {
    list(requirements) {
      $0.text($1.metric)
      $0.text($1.comparison)
      $0.double($1.bound)
    }
  }

  /// False for a type of which no value is kept.
  fileprivate mutating func type(_ type: ValueType) -> Bool {
    switch type {
    case .table(let schema):
      byte(0)
      self.schema(schema)
    case .split(let split):
      byte(1)
      self.split(split)
    case .model(let model):
      byte(2)
      self.model(model)
    case .look(let look):
      byte(3)
      text(look.kind)
      optional(look.figures) { $0.texts($1) }
      return self.type(look.subject)
    case .nothing, .service, .scalar, .unknown: return false
    }
    return true
  }

  private mutating func split(_ split: SplitType) {
    schema(split.schema)
    bool(split.hasValid)
    bool(split.hasTest)
    int(split.foldCount)
  }

  private mutating func model(_ model: ModelType) {
    text(model.name)
    optional(model.labelName) { $0.text($1) }
    optional(model.task) { $0.text($1.rawValue) }
    optional(model.inputs) { writer, fields in
      writer.list(fields) {
        $0.text($1.name)
        $0.text($1.type.rawValue)
      }
    }
    optional(model.split) { $0.split($1) }
    optional(model.algorithms) { $0.texts($1) }
  }
}

extension ByteReader {
  fileprivate mutating func origin() throws(PackageError) -> StoredOutcome.Origin {
    switch try byte() {
    case 0: return .subject
    case 1: return .model
    case 2: return .run
    case 3:
      let figures = try list(each: 10) { reader throws(PackageError) in
        (part: try reader.text(), metric: try reader.text(), value: try reader.double())
      }
      let requirements = try requirements()
      let openings = try int()
      let acceptance = try optional { (reader) throws(PackageError) in try reader.requirements() }
      return .record(
        ModelRecord(figures: figures, requirements: requirements, openings: openings, acceptance: acceptance))
    // any other byte
    default: throw failure(.badValue("an origin"))
    }
  }

  private mutating func requirements() throws(PackageError) -> [Requirement] {
    try list(each: 10) { reader throws(PackageError) in
      Requirement(metric: try reader.text(), comparison: try reader.text(), bound: try reader.double())
    }
  }

  fileprivate mutating func type(_ reading: ReadingID?, depth: Int) throws(PackageError) -> ValueType {
    guard depth < 64 else { throw failure(.tooDeep) }
    switch try byte() {
    case 0: return .table(try schema(reading))
    case 1: return .split(try split(reading))
    case 2: return .model(try model(reading))
    case 3:
      let kind = try text()
      let figures = try optional { reader throws(PackageError) in try reader.texts() }
      return .look(LookType(kind: kind, figures: figures, subject: try type(reading, depth: depth + 1)))
    // any other byte
    default: throw failure(.badValue("a type"))
    }
  }

  private mutating func schema(_ reading: ReadingID?) throws(PackageError) -> RelationSchema {
    var schema = try self.schema()
    schema.reading = reading
    return schema
  }

  private mutating func split(_ reading: ReadingID?) throws(PackageError) -> SplitType {
    SplitType(
      schema: try schema(reading), hasValid: try bool(), hasTest: try bool(), foldCount: try int())
  }

  private mutating func model(_ reading: ReadingID?) throws(PackageError) -> ModelType {
    let name = try text()
    let label = try optional { reader throws(PackageError) in try reader.text() }
    let task = try optional { reader throws(PackageError) in try reader.word(LearningTask.self) }
    let inputs = try optional { reader throws(PackageError) in
      try reader.list(each: 2) { reader throws(PackageError) in
        let name = try reader.text()
        return Field(name, try reader.word(ColumnType.self))
      }
    }
    let split = try optional { reader throws(PackageError) in try reader.split(reading) }
    return ModelType(
      name: name, labelName: label, task: task, inputs: inputs, split: split,
      algorithms: try optional { reader throws(PackageError) in try reader.texts() })
  }
}

extension ValueType {
  /// The reading that its columns come from, if that is known.
  var reading: ReadingID? {
    switch self {
    case .model(let model), .service(let model): model.split?.schema.reading
    case .look(let look): look.subject.reading
    default: schema?.reading
    }
  }
}
