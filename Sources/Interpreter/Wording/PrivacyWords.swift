import Notation
import Plan
import Scoring

extension PrivacyProblem {
  var words: ProblemWords {
    switch self {
    case .cellsAsNames(let name, let level):
      ProblemWords(
        "'\(name)' is \(level.rawValue), and its values would become names of columns",
        help: ["\(ScriptText.code("mask \(ScriptText.name(name)) = token")) first"])
    case .key(let problem): problem.words
    case .wrongType(let name, let type, let mask):
      ProblemWords(
        "'\(name)' is \(type.rawValue), which `\(mask)` does not take", help: Self.others(for: mask))
    }
  }

  private static func others(for mask: String) -> [String] {
    switch mask {
    case "bin", "noise": ["numbers are binned and get noise; `generalise` takes texts and dates too"]
    case "shift": ["dates are shifted; numbers get `noise`"]
    case "synthesise": ["texts are synthesised; numbers get `noise`, dates `shift`"]
    default: []
    }
  }
}

extension MaskKeyProblem {
  /// Of a key nothing but its place is told.
  var words: ProblemWords {
    switch self {
    case .absent(.environment(let name)):
      ProblemWords("there is no key in the variable '\(name)' of the environment", help: Self.making)
    case .absent(.file(let path)): ProblemWords("there is no key in the file '\(path)'", help: Self.making)
    case .short(let place, let bytes):
      ProblemWords(
        "the key of '\(place.text)' has \(bytes) bytes, and fewer than \(MaskKey.Place.leastBytes) are soon guessed",
        help: Self.making)
    case .long(let place): ProblemWords("'\(place.text)' is too long for a key")
    case .unreadable(let place, let file): ProblemWords("cannot read '\(place.text)': \(file.words)")
    case .other(let place):
      ProblemWords("the key of '\(place.text)' is not the one that the mask was made with")
    }
  }

  private static let making = ["`openssl rand -hex 32` makes a good one"]
}
