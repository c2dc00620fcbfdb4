import Diagnostics
import Glibc
import Interpreter
import Kernels
import Terminal
import Verbs

/// Runs a script to its end, and a service that it left up until it is interrupted.
struct BatchRun {
  let workplace: Workplace
  let writer: ResultWriter

  init(_ workplace: Workplace) {
    self.workplace = workplace
    writer = ResultWriter(workplace.invocation)
  }

  /// The exit status.
  func run(file: String, overrides: [String: String]) -> Int32 {
    do {
      return run(SourceFile(name: file == "-" ? "<input>" : file, text: try Workplace.script(file)), overrides)
    } catch {
      writer.write(Workplace.unreadable(file, error), in: nil)
      return RunStatus.wrongUsage.exitStatus
    }
  }

  func run(_ source: SourceFile, _ overrides: [String: String] = [:]) -> Int32 {
    InterruptHandler.install(idle: .exits)
    var session = workplace.session(
      isInteractive: false, cache: workplace.cache(isInteractive: false, writer))
    let progress = Progress()
    let writer = writer
    let screen = ScreenProgress(isShown: !workplace.invocation.isQuiet && !workplace.invocation.isJSON)
    let status = InterruptHandler.running(progress) {
      screen.showing(progress, stage: "") { session.run(source, overrides: overrides, progress) { writer.write($0) } }
    }
    // A named service may stand beside the last value: each is waited for or stopped.
    while let service = session.service {
      if status == .done, let served = service as? ModelService { served.runUntilSignal() }
      service.stop()
    }
    return status.exitStatus
  }
}
