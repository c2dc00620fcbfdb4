import Descriptions
import Display
import Tables

extension Help {
  /// The page of a verb, a learner, a metric or a format.
  static func page(_ description: Description, kind: String) -> Display {
    var parts: [Display] = [.heading("\(description.name): \(description.summary)")]
    parts.append(.text(opening(description, kind: kind)))
    if !description.details.isEmpty { parts.append(.text(description.details.joined(separator: "\n\n"))) }
    if !description.positionals.isEmpty { parts.append(positionals(description.positionals)) }
    if !description.parameters.isEmpty { parts.append(options(description.parameters)) }
    for example in description.examples { parts.append(.text(Self.example(example))) }
    if !description.references.isEmpty {
      parts.append(.text("References\n" + description.references.map { "  " + $0 }.joined(separator: "\n")))
    }
    return .group(parts)
  }

  private static func opening(_ description: Description, kind: String) -> String {
    let usage = "  " + Usage.line(description)
    return description.signature.isEmpty ? usage : usage + "\n  \(description.signature)"
  }

  private static func positionals(_ all: [Positional]) -> Display {
    .facts(all.map { Fact($0.name, "\($0.summary): \(Usage.kind($0))") })
  }

  private static func options(_ all: [any AnyParameter]) -> Display {
    .facts(
      all.map { parameter in
        let fallback = Usage.fallback(parameter)
        let left = fallback.isEmpty ? "" : "; left out: \(fallback)"
        return Fact(parameter.name + ":", "\(parameter.summary): \(Usage.type(parameter))\(left)")
      })
  }

  private static func example(_ example: Example) -> String {
    let lines = example.script.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
    return "Example: \(example.title)\n" + shown.map { "  " + $0 }.joined(separator: "\n")
  }
}
