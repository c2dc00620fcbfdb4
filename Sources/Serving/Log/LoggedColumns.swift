import Display
import Notation
import Tables

/// A model's columns as the log keeps them, so that its records can be read without the model.
struct LoggedColumns: Equatable {
  var inputs: [Field]
  /// nil for a model without one.
  var label: String?
  var predictionType: ColumnType
  var classes: [String]

  init(_ model: any ServedModel) {
    inputs = model.recordedInputs
    label = model.label
    predictionType = model.predictionType
    classes = model.classes.map(\.description)
  }

  /// From what `text` gave; nil for anything else.
  init?(_ text: String) {
    // try? is safe: nil says that they are not known, which the records' lines show.
    guard let value = try? JSONValue(parsing: text, depth: 8, limit: 16 << 20),
      let type = value["type"]?.string.flatMap(ColumnType.init), let inputs = value["inputs"]?.elements,
      let classes = value["classes"]?.elements
    else { return nil }
    var fields: [Field] = []
    for input in inputs {
      guard let name = input["name"]?.string, let type = input["type"]?.string.flatMap(ColumnType.init) else {
        return nil
      }
      fields.append(Field(name, type))
    }
    self.inputs = fields
    label = value["label"]?.string
    self.predictionType = type
    self.classes = classes.compactMap(\.string)
  }

  var text: String {
    let fields = inputs.map { field in
      JSONValue.object([
        JSONMember("name", .string(field.name)), JSONMember("type", .string(field.type.rawValue)),
      ])
    }
    let named = label.map { [JSONMember("label", .string($0))] } ?? []
    return JSONValue.object(
      named + [
        JSONMember("type", .string(predictionType.rawValue)), JSONMember("inputs", .array(fields)),
        JSONMember("classes", .array(classes.map(JSONValue.string))),
      ]
    ).text
  }
}
