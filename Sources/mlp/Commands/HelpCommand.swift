import Diagnostics
import Display
import Interpreter

/// `mlp help [TOPIC]` and `mlp explain-error CODE`.
struct HelpCommand {
  let workplace: Workplace

  static let usage = """
    mlp                              the prompt; a script, if standard input is not a terminal
    mlp run FILE [name=value …]      runs a script; mlp FILE does the same
    mlp -e 'CODE'                    runs a piece of script
    mlp check FILE …                 reports every error without running
    mlp plan FILE                    prints the script with every default visible
    mlp fmt FILE …                   rewrites scripts in the canonical layout
    mlp serve MODEL.mlpkg            answers predictions: --port N, --host ADDRESS, --log FILE, --strict
    mlp serve NAME@ALIAS             the same with a published model: NAME, NAME@3, NAME@champion
    mlp help [TOPIC]                 this, or the page of a verb, an algorithm, a metric, a function
    mlp explain-error CODE           what an error means, with an example
    mlp reference FOLDER             writes the reference pages

    --quiet  --json  --seed N  --threads N  --memory SIZE  --sandbox DIR  --no-color  --version
    --registry PLACE                 where models are published: a SQLite file, a folder, postgres://user@host/db
    --cache DIR  --cache-size SIZE   keeps what stages gave, up to 10GB: what has not changed is not run again

    exit status: 0 done · 1 failed while running · 2 wrong usage · 3 static errors, nothing was run
                 4 a require, test or validation was not met · 130 interrupted
    """

  func help(_ topic: String?) -> Int32 {
    let writer = ResultWriter(workplace.invocation)
    if topic == nil { writer.write(.text(Self.usage)) }
    let environment = workplace.session(isInteractive: false).environment
    switch Help.answer(topic, workplace.vocabulary.help, environment) {
    case .found(let display):
      writer.write(display)
      return RunStatus.done.exitStatus
    case .unknown(let diagnostic):
      writer.write(diagnostic, in: nil)
      return RunStatus.wrongUsage.exitStatus
    }
  }

  func explain(_ name: String) -> Int32 {
    let writer = ResultWriter(workplace.invocation)
    guard let code = DiagnosticCode(rawValue: name) else {
      let known = DiagnosticCode.allCases.map(\.rawValue)
      writer.write(
        Diagnostic(
          .notFound, "no error code '\(name)'", label: NearestName.hint(name, in: known),
          help: ["codes: " + known.joined(separator: ", ")]), in: nil)
      return RunStatus.wrongUsage.exitStatus
    }
    writer.write(.text(code.explanation.text(for: code)))
    return RunStatus.done.exitStatus
  }
}
