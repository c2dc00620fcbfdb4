import Diagnostics
import Glibc
import Interpreter
import Kernels

/// `mlp reference FOLDER`: writes the reference pages that ship, from the descriptions.
struct ReferenceCommand {
  let workplace: Workplace

  func run(_ folder: String) -> Int32 {
    let writer = ResultWriter(workplace.invocation)
    for page in ReferencePages(workplace.vocabulary.help).pages {
      let path = folder + "/" + page.path
      makeFolders(of: path)
      do {
        try DurableFile.write(Array(page.text.utf8), to: path)
      } catch {
        writer.write(Diagnostic(.cannotWrite, "cannot write '\(path)': \(error.words)"), in: nil)
        return RunStatus.failed.exitStatus
      }
    }
    return RunStatus.done.exitStatus
  }

  private func makeFolders(of path: String) {
    var place = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/").dropLast() {
      place += "/" + part
      mkdir(place, 0o755)
    }
  }
}
