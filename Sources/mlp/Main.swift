import Diagnostics
import Glibc
import Terminal
import Verbs

/// The program: reads its command line and hands over to the command.
@main
struct MLP {
  static func main() {
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) -> Int32 {
    // A reader that goes away (`mlp … | head`) ends a write with an error, not the process with a signal.
    signal(SIGPIPE, SIG_IGN)
    // So does a file past the size that the system allows (`ulimit -f`).
    signal(SIGXFSZ, SIG_IGN)
    let invocation: Invocation
    do throws(Invocation.Refusal) {
      invocation = try Invocation(arguments)
    } catch {
      let diagnostic = Diagnostic(.usage, error.message, help: error.help)
      return refused(diagnostic)
    }
    if let folder = invocation.sandbox, !Workplace.confine(to: folder) {
      return refused(Diagnostic(.usage, "--sandbox takes a folder, and '\(folder)' is none that can be entered"))
    }
    if let folder = invocation.cache, !Workplace.mayUse(folder) {
      return refused(
        Diagnostic(
          .outsideSandbox, "'\(folder)' is outside the sandbox",
          help: ["--cache takes a folder below that of --sandbox"]))
    }
    if let registry = invocation.registry { RegistryPlace.state(registry) }
    if case .reference(let folder) = invocation.command, !Workplace.mayUse(folder) {
      return refused(Diagnostic(.outsideSandbox, "'\(folder)' is outside the sandbox"))
    }
    if case .serve = invocation.command, let refusal = ServeCommand.refusal(of: invocation.host) {
      return refused(refusal)
    }
    let status = perform(invocation)
    return status == 0 && ResultWriter.hasLostResults.load(ordering: .relaxed) ? 1 : status
  }

  private static func refused(_ diagnostic: Diagnostic) -> Int32 {
    _ = Screen.write(DiagnosticRenderer(source: nil).render(diagnostic), to: STDERR_FILENO)
    return 2
  }

  private static func perform(_ invocation: Invocation) -> Int32 {
    let workplace = Workplace(invocation)
    switch invocation.command {
    case .interactive where Screen.isTerminal(STDIN_FILENO): return PromptLoop(workplace).run()
    case .interactive: return BatchRun(workplace).run(file: "-", overrides: [:])
    case .run(let file, let overrides): return BatchRun(workplace).run(file: file, overrides: overrides)
    case .evaluate(let code): return BatchRun(workplace).run(SourceFile(name: "<code>", text: code))
    case .check(let files): return CheckCommand(workplace: workplace).check(files)
    case .plan(let file): return CheckCommand(workplace: workplace).plan(file)
    case .format(let files): return FormatCommand(workplace: workplace).run(files)
    case .serve(let model): return ServeCommand(workplace: workplace).run(model)
    case .help(let topic): return HelpCommand(workplace: workplace).help(topic)
    case .explainError(let code): return HelpCommand(workplace: workplace).explain(code)
    case .reference(let folder): return ReferenceCommand(workplace: workplace).run(folder)
    case .version:
      _ = Screen.write("mlp \(Version.current)\n", to: STDOUT_FILENO)
      return 0
    }
  }
}
