import Diagnostics
import Interpreter

/// `mlp check FILE…` and `mlp plan FILE`: nothing is run.
struct CheckCommand {
  let workplace: Workplace

  /// Reports every error of every file. The exit status: 3 if there was one.
  func check(_ files: [String]) -> Int32 {
    var status = RunStatus.done
    for file in files {
      guard let checked = checked(file) else {
        status = .wrongUsage
        continue
      }
      if checked.hasErrors, status == .done { status = .staticErrors }
    }
    return status.exitStatus
  }

  /// Prints the script with every default visible.
  func plan(_ file: String) -> Int32 {
    guard let checked = checked(file) else { return RunStatus.wrongUsage.exitStatus }
    if checked.hasErrors { return RunStatus.staticErrors.exitStatus }
    ResultWriter(workplace.invocation).write(checked.plan)
    return RunStatus.done.exitStatus
  }

  private func checked(_ file: String) -> CheckedScript? {
    let writer = ResultWriter(workplace.invocation)
    do {
      let source = SourceFile(name: file, text: try Workplace.script(file))
      let checked = workplace.session(isInteractive: false).check(source)
      for event in checked.events { writer.write(event) }
      return checked
    } catch {
      writer.write(Workplace.unreadable(file, error), in: nil)
      return nil
    }
  }
}
