import Diagnostics
import Glibc
import Interpreter
import Kernels
import Language
import Terminal

/// `mlp fmt FILE…`: rewrites scripts in the canonical layout; `-` formats standard input to standard output.
struct FormatCommand {
  let workplace: Workplace

  func run(_ files: [String]) -> Int32 {
    var status = RunStatus.done
    for file in files {
      let outcome = format(file)
      if status == .done { status = outcome }
    }
    return status.exitStatus
  }

  private func format(_ file: String) -> RunStatus {
    let writer = ResultWriter(workplace.invocation)
    let source: SourceFile
    do throws(ScriptReadFailure) {
      source = SourceFile(name: file, text: try Workplace.script(file))
    } catch {
      writer.write(Workplace.unreadable(file, error), in: nil)
      return .wrongUsage
    }
    do throws(FileError) {
      switch Formatter.format(source) {
      case .failure(let errors):
        for diagnostic in errors.diagnostics { writer.write(diagnostic, in: source) }
        return .staticErrors
      case .success(let text) where file == "-":
        _ = Screen.write(text, to: STDOUT_FILENO)
      case .success(let text):
        if text != source.text { try DurableFile.write(Array(text.utf8), to: file) }
      }
      return .done
    } catch {
      writer.write(Diagnostic(.cannotWrite, "cannot format '\(file)': \(error.words)"), in: nil)
      return .failed
    }
  }
}
