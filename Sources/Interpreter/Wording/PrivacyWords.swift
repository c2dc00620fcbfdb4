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
    case .notAnonymous(let demand, let rows, let left):
      ProblemWords(
        "\(demand) cannot be had of \(rows) rows by leaving out \(left) of them, whatever is generalised",
        help: ["ask for less, or let more rows be left out by `suppress:`"])
    case .notEncrypted(let name, let row, let place):
      ProblemWords(
        "'\(name)' has a cell in row \(row) that was not encrypted with the key of '\(place.text)'",
        help: ["`decrypt` takes back what `encrypt` made with the same key, unchanged"])
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
    case .noCipher:
      ProblemWords(
        "texts are encrypted by libcrypto of OpenSSL 3, which is not there", help: ["Debian has it as libssl3"])
    case .other(let place):
      ProblemWords("the key of '\(place.text)' is not the one that the mask was made with")
    }
  }

  private static let making = ["`openssl rand -hex 32` makes a good one"]
}
