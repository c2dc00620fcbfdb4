import Plan
import Tables

extension ByteWriter {
  mutating func inputs(_ inputs: ModelInputs) {
    list(inputs.fields) {
      $0.text($1.name)
      $0.text($1.type.rawValue)
    }
    texts(inputs.missingWords)
    texts((inputs.steps ?? []).map(\.text))
  }
}

extension ByteReader {
  mutating func inputs() throws(PackageError) -> ModelInputs {
    let fields = try list(each: 2) { (reader) throws(PackageError) in
      Field(try reader.text(), try reader.word(ColumnType.self))
    }
    let missingWords = try texts()
    return ModelInputs(fields, steps: try texts().map(StepKey.init(text:)), missingWords: missingWords)
  }
}
