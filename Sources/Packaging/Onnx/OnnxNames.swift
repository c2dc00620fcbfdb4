/// Names of what is inside an ONNX file: the step that it is of and the operator, so that a drawing of the file can be read. The same
/// model gives the same names.
struct OnnxNames {
  /// Characters of the step in a name.
  private static let longest = 40

  /// The words of the step at hand.
  var step = "" { didSet { if step != oldValue { scope = Self.name(of: step) } } }
  private var scope = "model"
  private let taken: Set<String>
  private var uses: [String: Int] = [:]

  /// `taken` are names that nothing may have.
  init(taken: Set<String>) { self.taken = taken }

  /// `impute_age_median/Where`, the next one `impute_age_median/Where_2`.
  mutating func node(_ op: String) -> String { fresh("\(scope)/\(op)") }

  /// A single value is called by it, as all steps share it.
  mutating func constant(_ tensor: OnnxTensor) -> String {
    switch tensor.values {
    case .doubles(let bits) where bits.count == 1: fresh("number/\(Double(bitPattern: bits[0]))")
    case .texts(let texts) where texts.count == 1:
      fresh("text/\(Self.name(of: String(decoding: texts[0], as: UTF8.self)))")
    case .doubles, .ints, .bytes, .texts, .bools: fresh("\(scope)/values")
    }
  }

  private mutating func fresh(_ stem: String) -> String {
    while true {
      let count = uses[stem, default: 0] + 1
      uses[stem] = count
      let name = count == 1 ? stem : "\(stem)_\(count)"
      if !taken.contains(name) { return name }
    }
  }

  /// Letters and digits of some words with lines between.
  private static func name(of words: String) -> String {
    let name = words.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_").prefix(longest)
    return name.isEmpty ? "empty" : String(name)
  }
}
