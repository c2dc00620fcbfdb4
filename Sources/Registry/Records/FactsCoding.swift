import Notation
import Plan
import Tables

extension VersionFacts {
  /// As every kind of registry keeps them: JSON, with members in this order.
  var json: JSONValue {
    .object([
      JSONMember("published", .int(published)), JSONMember("digest", .string(digest)),
      JSONMember("size", .int(Int64(size))), JSONMember("made_by", .string(madeBy)),
      JSONMember("algorithm", .string(algorithm)), JSONMember("label", label.map(JSONValue.string) ?? .null),
      JSONMember("task", task.map { .string($0.rawValue) } ?? .null), JSONMember("rows", .int(Int64(trainRows))),
      JSONMember("inputs", .array(inputs.map { ["name": .string($0.name), "type": .string($0.type.rawValue)] })),
      JSONMember("figures", .array(figures.map(Self.json))), JSONMember("required", .array(required.map(Self.json))),
      JSONMember("accepted", accepted.map { .array($0.map(Self.json)) } ?? .null),
      JSONMember("openings", .int(Int64(openings))), JSONMember("script", .string(script)),
    ])
  }

  private static func json(_ figure: Figure) -> JSONValue {
    ["part": .string(figure.part), "metric": .string(figure.metric), "value": JSONValue(number: figure.value)]
  }

  private static func json(_ check: Check) -> JSONValue {
    [
      "part": .string(check.part), "metric": .string(check.asked.metric),
      "comparison": .string(check.asked.comparison), "bound": JSONValue(number: check.asked.bound),
      "value": check.value.map { JSONValue(number: $0) } ?? .null, "met": .bool(check.isMet),
    ]
  }

  /// nil for what is not as `json` writes it.
  init?(_ json: JSONValue) {
    guard let published = json["published"]?.int, let digest = json["digest"]?.string, digest.utf8.count == 64,
      let size = json["size"]?.int.flatMap({ Int(exactly: $0) }), size >= 0, let madeBy = json["made_by"]?.string,
      let algorithm = json["algorithm"]?.string, let trainRows = json["rows"]?.int.flatMap({ Int(exactly: $0) }),
      let openings = json["openings"]?.int.flatMap({ Int(exactly: $0) }), let script = json["script"]?.string,
      let inputs = Self.all(json["inputs"], Self.field), let figures = Self.all(json["figures"], Self.figure),
      let required = Self.all(json["required"], Self.check), let task = Self.task(json["task"])
    else { return nil }
    var accepted: [Check]?
    if let written = json["accepted"], !written.isNull {
      guard let checks = Self.all(written, Self.check) else { return nil }
      accepted = checks
    }
    self.init(
      published: published, digest: digest, size: size, madeBy: madeBy, algorithm: algorithm,
      label: json["label"]?.string, task: task, trainRows: trainRows, inputs: inputs, figures: figures,
      required: required, accepted: accepted, openings: openings, script: script)
  }

  private static func all<Part>(_ json: JSONValue?, _ read: (JSONValue) -> Part?) -> [Part]? {
    guard let elements = json?.elements else { return nil }
    let parts = elements.compactMap(read)
    return parts.count == elements.count ? parts : nil
  }

  /// nil for no task of this version's; a task that is nil for a model without a label.
  private static func task(_ json: JSONValue?) -> LearningTask?? {
    guard let json, !json.isNull else { return .some(nil) }
    return json.string.flatMap(LearningTask.init(rawValue:)).map { .some($0) }
  }

  private static func field(_ json: JSONValue) -> Field? {
    guard let name = json["name"]?.string, let type = json["type"]?.string.flatMap(ColumnType.init(rawValue:)) else {
      return nil
    }
    return Field(name, type)
  }

  private static func figure(_ json: JSONValue) -> Figure? {
    guard let part = json["part"]?.string, let metric = json["metric"]?.string, let value = json["value"] else {
      return nil
    }
    return Figure(part: part, metric: metric, value: value.double ?? .nan)
  }

  private static func check(_ json: JSONValue) -> Check? {
    guard let part = json["part"]?.string, let metric = json["metric"]?.string,
      let comparison = json["comparison"]?.string, let bound = json["bound"]?.double
    else { return nil }
    let asked = Requirement(metric: metric, comparison: comparison, bound: bound)
    return Check(part: part, asked: asked, value: json["value"]?.double)
  }
}
