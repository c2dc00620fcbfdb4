import Caching
import Display
import Kernels

/// Where a result comes from.
public struct StagePlace: Sendable, Hashable {
  /// The verb of the stage; nil for a value or a name that stands alone.
  public let verb: String?
  /// The 1-based line of the script.
  public let line: Int
  /// The 1-based number of the stage in its flow; nil for a value or a name that stands alone.
  public let stage: Int?
  /// The stage with every default visible, or the value as it is written.
  public let words: String
}

/// A stage that ran, or a value that was shown, with what it showed.
public struct StageRecord: Sendable {
  public let place: StagePlace
  public fileprivate(set) var displays: [Display] = []
  let files: ReadFiles
  /// The stages that its value, or the value that it was shown after, begins with.
  let origins: Set<Int>
}

/// A file that a flow read.
public struct InputFile: Sendable, Hashable {
  public let path: String
  /// The SHA-256 of its bytes in hexadecimal digits; nil where they cannot be told any more, or never could.
  public let hash: String?
  /// Whether it is a file of this machine, and not a pipe, a database or another place.
  public let isFile: Bool
}

/// The stages that ran with what they showed, in order: what a report tells. Of a long session the oldest results are given up.
public struct FlowRecord: Sendable {
  /// The script that is run; at a prompt all entries so far.
  public struct Script: Sendable, Hashable {
    public let name: String
    public let text: String
  }

  private static let mostCells = 200_000
  private static let mostStages = 10_000

  public private(set) var stages: [StageRecord] = []
  public internal(set) var script = Script(name: "", text: "")
  /// How many results were given up for want of room.
  public private(set) var leftOut = 0
  private var begun = 0
  private var cells = 0
  /// The first stage whose results are still there.
  private var firstKept = 0

  public init() {}

  /// Begins a stage on a value with these origins. One that takes no value is an origin itself. Gives the origins of what it makes.
  mutating func begin(
    _ place: StagePlace, of origins: Set<Int>, isOrigin: Bool, reading files: ReadFiles = .none
  ) -> Set<Int> {
    begun += 1
    let own = isOrigin ? origins.union([begun]) : origins
    stages.append(StageRecord(place: place, files: files, origins: own))
    if stages.count > Self.mostStages {
      giveUp(0)
      stages.removeFirst()
      firstKept = max(0, firstKept - 1)
    }
    return own
  }

  /// Adds to what the last stage has shown.
  mutating func show(_ display: Display) {
    guard let last = stages.indices.last else { return }
    stages[last].displays.append(display)
    cells += display.cellCount
    while cells > Self.mostCells, firstKept < last {
      giveUp(firstKept)
      firstKept += 1
    }
  }

  /// Takes back the last stage, which failed.
  mutating func dropLast() {
    guard let last = stages.popLast() else { return }
    cells -= last.cellCount
    firstKept = min(firstKept, stages.count)
  }

  private mutating func giveUp(_ place: Int) {
    cells -= stages[place].cellCount
    leftOut += stages[place].displays.count
    stages[place].displays = []
  }

  /// The stages of the flows with these origins, and of no other.
  func part(of origins: Set<Int>) -> FlowRecord {
    var part = self
    part.stages = stages.filter { $0.origins.isSubset(of: origins) }
    return part
  }

  /// Of which script it is, and none of what the stages have shown.
  var scriptAlone: FlowRecord {
    var alone = FlowRecord()
    alone.script = script
    return alone
  }

  /// The files that the stages read, each once. O(bytes).
  public func inputs(_ progress: Progress) -> [InputFile] {
    var inputs: [InputFile] = []
    for files in stages.map(\.files) {
      for (place, path) in files.paths.enumerated() where !inputs.contains(where: { $0.path == path }) {
        let hash = files.arrived?[path] ?? files.states[place].flatMap { FileDigest.of($0, progress) }
        inputs.append(InputFile(path: path, hash: hash, isFile: files.states[place] != nil))
      }
    }
    return inputs
  }

  /// What stands for all of it in the key of a stage that tells it. O(what was shown).
  var key: CacheKey {
    var parts = KeyParts("flow")
    parts.add("name", script.name)
    parts.add("script", script.text)
    parts.add("left out", "\(leftOut)")
    for stage in stages {
      parts.add("line", "\(stage.place.line)")
      parts.add("words", stage.place.words)
      for display in stage.displays { parts.add("shown", JSONRenderer().render(display)) }
    }
    return parts.key
  }
}

extension StageRecord {
  fileprivate var cellCount: Int { displays.reduce(0) { $0 + $1.cellCount } }
}
