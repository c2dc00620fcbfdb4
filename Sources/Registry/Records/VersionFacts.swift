import Glibc
import Kernels
import Plan
import Tables

/// What a registry keeps of a version beside its package.
public struct VersionFacts: Sendable, Equatable {
  /// A figure of a part of the rows.
  public struct Figure: Sendable, Equatable {
    public let part: String
    public let metric: String
    public let value: Double
  }

  /// A condition that `require` or `test` asked, with what came of it: `value` is nil where the figure is not defined.
  public struct Check: Sendable, Equatable {
    public let part: String
    public let asked: Requirement
    public let value: Double?

    public var isMet: Bool { asked.holds(value) }
  }

  /// Microseconds since 1970-01-01T00:00:00Z.
  public let published: Int64
  /// The SHA-256 of the package, in hexadecimal digits, and its bytes.
  public let digest: String
  public let size: Int
  /// The version of mlp that published it.
  public let madeBy: String
  public let algorithm: String
  /// nil without a label, and so is its task.
  public let label: String?
  public let task: LearningTask?
  public let trainRows: Int
  public let inputs: [Field]
  public let figures: [Figure]
  /// What was required of it.
  public let required: [Check]
  /// What the test on the sealed part asked; nil for a model that was not tested.
  public let accepted: [Check]?
  /// How often the sealed part had been opened.
  public let openings: Int
  /// The SHA-256 of the script that published it, in hexadecimal digits.
  public let script: String

  public init(
    published: Int64, digest: String, size: Int, madeBy: String, algorithm: String, label: String?, task: LearningTask?,
    trainRows: Int, inputs: [Field], figures: [Figure], required: [Check], accepted: [Check]?, openings: Int,
    script: String
  ) {
    self.published = published
    self.digest = digest
    self.size = size
    self.madeBy = madeBy
    self.algorithm = algorithm
    self.label = label
    self.task = task
    self.trainRows = trainRows
    self.inputs = inputs
    self.figures = figures
    self.required = required
    self.accepted = accepted
    self.openings = openings
    self.script = script
  }

  /// Of a model, packed as these bytes by a script of that text, now. O(bytes).
  public init(_ model: Model, packed bytes: [UInt8], madeBy: String, script: String) {
    let figures = model.figures.map { Figure(part: $0.part, metric: $0.metric, value: $0.value) }
    let test = SplitPart.test
    let required = model.requirements.map { asked in
      let figure = figures.first { $0.part != test && $0.metric == asked.metric }
      return Check(part: figure?.part ?? "", asked: asked, value: figure?.value)
    }
    let accepted = model.acceptance.map { conditions in
      conditions.map { asked in
        Check(
          part: test, asked: asked, value: figures.first { $0.part == test && $0.metric == asked.metric }?.value)
      }
    }
    self.init(
      published: Self.now, digest: Hexadecimal.text(SHA256.digest(bytes)), size: bytes.count, madeBy: madeBy,
      algorithm: model.algorithm, label: model.label?.name, task: model.label?.task, trainRows: model.trainRows,
      inputs: model.graph.inputs, figures: figures, required: required, accepted: accepted, openings: model.openings,
      script: Hexadecimal.text(SHA256.digest(Array(script.utf8))))
  }

  /// Microseconds since 1970-01-01T00:00:00Z.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  /// Why it does not count as accepted; nil where its test on the sealed part asked something, and all of it was met.
  public var refusal: NotAccepted? {
    guard let accepted else { return .notTested }
    if accepted.isEmpty { return .nothingAsked }
    let unmet = accepted.filter { !$0.isMet }
    return unmet.isEmpty ? nil : .unmet(unmet.map(\.asked.words))
  }
}

/// The name of the sealed part in a model's record.
enum SplitPart { static let test = "test" }

/// Bytes as hexadecimal digits.
enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var text: [UInt8] = []
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
