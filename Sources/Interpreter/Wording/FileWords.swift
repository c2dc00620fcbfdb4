import Display
import Plan

extension FileProblem {
  var words: ProblemWords {
    switch self {
    case .unreadable(let source): ProblemWords("cannot read '\(source.source)'")
    case .absent: ProblemWords("the file is not there")
    case .outsideSandbox(let path):
      ProblemWords(
        "'\(path)' is outside the sandbox",
        help: ["only files below the sandbox's folder can be read and written in this session"])
    case .notWritten(let error): ProblemWords("cannot write '\(error.path)': \(error.words)")
    case .notAsExported(let format, let fault): fault.words(format)
    case .notKept(let error):
      ProblemWords(
        "rows beyond the memory bound cannot be kept in '\(error.path)': \(error.words)",
        help: ["TMPDIR names another folder, `--memory` a higher bound"])
    case .changed(let path):
      ProblemWords(
        "'\(path)' changed while the script ran",
        help: ["what was kept of it is of no use any more: run the script again"])
    case .damagedRows(let path): ProblemWords("the rows kept in '\(path)' are not those that were written")
    case .badPackage(let path, let byte, let problem):
      ProblemWords("'\(path)' is no package that can be opened: byte \(byte): \(problem.words)")
    case .badGraph(let path, let error):
      ProblemWords("'\(path)' holds a graph that does not compile: \(error.words)")
    }
  }
}

extension ExportFault {
  fileprivate func words(_ format: String) -> ProblemWords {
    let place = step.isEmpty ? "" : ", in `\(step)`"
    return ProblemWords(
      "the \(format.uppercased()) that was made, read back, is not what was exported\(place): \(reason.words)",
      help: Self.help)
  }

  static let help = [
    "nothing was written, and a file that was there is as it was",
    "this is a fault of mlp: please report it with the script",
  ]
}

extension ExportFault.Reason {
  fileprivate var words: String {
    switch self {
    case .unreadable(let words): words
    case .package(let byte, let problem): "byte \(byte): \(problem.words)"
    case .graph(let error): error.words
    case .answer(let output, let given, let expected, let difference):
      "\(output) of a row of the sample is '\(given)' and not '\(expected)'"
        + (difference.isFinite ? ", the largest difference: \(NumberText.figure(difference)) of it" : "")
    }
  }
}

extension PackageProblem {
  fileprivate var words: String {
    switch self {
    case .notAPackage: "this is not a model package"
    case .unknownVersion(let version): "the package has format \(version), which a later version of mlp writes"
    case .truncated: "the file ends early"
    case .trailingBytes: "there is more than the package"
    case .badChecksum: "the checksum does not match, so the file is damaged"
    case .badText: "a text is not UTF-8"
    case .unknownName(let name): "'\(name.prefix(80))' is not known to this version"
    case .badValue(let what): "this is not \(what)"
    case .inconsistent(let what): "\(what) does not fit the rest of the model"
    case .tooLarge(let what): "\(what) is over the limit"
    case .tooDeep: "an expression is nested too deeply"
    }
  }
}
