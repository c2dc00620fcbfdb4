import Plan

/// What an ONNX file says, read from its bytes alone: a ModelProto, as far as the exports have one.
struct OnnxDocument {
  struct Node {
    var name = ""
    var operation = ""
    var domain = ""
    /// The step of the model that it belongs to, where the file tells.
    var step = ""
    var inputs: [String] = []
    var outputs: [String] = []
    var attributes: [String: Attribute] = [:]

    func fault(_ reason: String) -> ExportFault { ExportFault(step: step, .unreadable("the node \(name): \(reason)")) }
  }

  enum Attribute {
    case int(Int64)
    case ints([Int64])
    case text(String)
    case tensor(OnnxArray)
  }

  /// An input or an output.
  struct Port {
    var name = ""
    var type: Int64 = 0
  }

  private(set) var nodes: [Node] = []
  private(set) var constants: [String: OnnxArray] = [:]
  private(set) var inputs: [Port] = []
  private(set) var outputs: [Port] = []
  private(set) var properties: [String: String] = [:]
  /// The version of each set of operators, by its domain.
  private(set) var operators: [String: Int64] = [:]

  /// Throws where the bytes are no such file.
  init(_ bytes: [UInt8]) throws(ExportFault) {
    var reader = ProtobufReader(bytes, bytes.indices)
    while let (field, content) = try reader.next() {
      switch field {
      case 7: try read(graph: try content.message(bytes))
      case 8:
        let (domain, version) = try Self.operators(try content.message(bytes))
        operators[domain] = version
      case 14:
        let (name, value) = try Self.property(try content.message(bytes))
        properties[name] = value
      // any other field says who wrote it
      default: break
      }
    }
    guard operators == ["": 21, "ai.onnx.ml": 5] else {
      throw ExportFault(.unreadable("its sets of operators are not ai.onnx 21 and ai.onnx.ml 5"))
    }
  }

  private mutating func read(graph message: ProtobufReader) throws(ExportFault) {
    var reader = message
    let bytes = reader.bytes
    while let (field, content) = try reader.next() {
      switch field {
      case 1: nodes.append(try Node(try content.message(bytes)))
      case 5:
        let tensor = try content.message(bytes)
        constants[try Self.name(tensor, field: 8)] = try OnnxArray(tensor)
      case 11: inputs.append(try Port(try content.message(bytes)))
      case 12: outputs.append(try Port(try content.message(bytes)))
      // any other field is a name or a remark
      default: break
      }
    }
  }

  private static func name(_ message: ProtobufReader, field wanted: UInt64) throws(ExportFault) -> String {
    var reader = message
    while let (field, content) = try reader.next() {
      if field == wanted { return try content.text(reader.bytes) }
    }
    return ""
  }

  private static func operators(_ message: ProtobufReader) throws(ExportFault) -> (domain: String, version: Int64) {
    var reader = message
    var (domain, version) = ("", Int64(0))
    while let (field, content) = try reader.next() {
      if field == 1 { domain = try content.text(reader.bytes) }
      if field == 2 { version = try content.number() }
    }
    return (domain, version)
  }

  private static func property(_ message: ProtobufReader) throws(ExportFault) -> (name: String, value: String) {
    var reader = message
    var (name, value) = ("", "")
    while let (field, content) = try reader.next() {
      if field == 1 { name = try content.text(reader.bytes) }
      if field == 2 { value = try content.text(reader.bytes) }
    }
    return (name, value)
  }
}

extension OnnxDocument.Node {
  /// A NodeProto.
  fileprivate init(_ message: ProtobufReader) throws(ExportFault) {
    var reader = message
    let bytes = reader.bytes
    while let (field, content) = try reader.next() {
      switch field {
      case 1: inputs.append(try content.text(bytes))
      case 2: outputs.append(try content.text(bytes))
      case 3: name = try content.text(bytes)
      case 4: operation = try content.text(bytes)
      case 5:
        let (name, value) = try Self.attribute(try content.message(bytes))
        attributes[name] = value
      case 6: step = try content.text(bytes)
      case 7: domain = try content.text(bytes)
      // any other field is none that the exports write
      default: break
      }
    }
  }

  private static func attribute(
    _ message: ProtobufReader
  ) throws(ExportFault) -> (name: String, value: OnnxDocument.Attribute) {
    var reader = message
    let bytes = reader.bytes
    var name = ""
    var value = OnnxDocument.Attribute.ints([])
    while let (field, content) = try reader.next() {
      switch field {
      case 1: name = try content.text(bytes)
      case 3: value = .int(try content.number())
      case 4: value = .text(try content.text(bytes))
      case 5: value = .tensor(try OnnxArray(try content.message(bytes)))
      case 8: value = .ints(try content.numbers(bytes))
      // any other field says which of these it is
      default: break
      }
    }
    return (name, value)
  }
}

extension OnnxDocument.Port {
  /// A ValueInfoProto of a tensor.
  fileprivate init(_ message: ProtobufReader) throws(ExportFault) {
    var reader = message
    while let (field, content) = try reader.next() {
      if field == 1 { name = try content.text(reader.bytes) }
      if field == 2 { type = try Self.element(try content.message(reader.bytes)) }
    }
  }

  private static func element(_ message: ProtobufReader) throws(ExportFault) -> Int64 {
    var reader = message
    var tensor: ProtobufReader?
    while let (field, content) = try reader.next() {
      if field == 1 { tensor = try content.message(reader.bytes) }
    }
    while let (field, content) = try tensor?.next() {
      if field == 1 { return try content.number() }
    }
    return 0
  }
}

extension OnnxDocument.Node {
  func int(_ name: String) throws(ExportFault) -> Int64 {
    guard case .int(let value) = attributes[name] else { throw missing(name) }
    return value
  }

  func ints(_ name: String) throws(ExportFault) -> [Int64] {
    guard case .ints(let values) = attributes[name] else { throw missing(name) }
    return values
  }

  func text(_ name: String) throws(ExportFault) -> String {
    guard case .text(let text) = attributes[name] else { throw missing(name) }
    return text
  }

  func tensor(_ name: String) throws(ExportFault) -> OnnxArray {
    guard case .tensor(let tensor) = attributes[name] else { throw missing(name) }
    return tensor
  }

  private func missing(_ name: String) -> ExportFault { fault("no attribute \(name)") }
}
