import Descriptions
import Expressions

/// The reference in Markdown, made from the same descriptions as help, completion and checking. A test holds the pages in
/// the repository to what this gives.
public struct ReferencePages: Sendable {
  let catalogue: HelpCatalogue

  public init(_ catalogue: HelpCatalogue) { self.catalogue = catalogue }

  /// A page with its path below the reference's folder.
  public struct Page: Sendable, Hashable {
    public let path: String
    public let text: String
  }

  /// An index, a page per verb, a page per member of each family, and a page per group of functions.
  public var pages: [Page] {
    var pages = [Page(path: "index.md", text: index)]
    pages += catalogue.verbs.map { Page(path: "verbs/\($0.name).md", text: Self.page($0)) }
    for family in catalogue.families {
      pages += family.members.map { Page(path: "\(family.name)/\($0.name).md", text: Self.page($0)) }
    }
    pages += FunctionGroup.allCases.map { Page(path: "functions/\(Self.file($0)).md", text: Self.page($0)) }
    return pages
  }

  // MARK: Index

  private var index: String {
    var lines = ["# Reference", ""]
    for (group, members) in HelpCatalogue.grouped(catalogue.verbs) {
      lines += ["## \(group)", ""] + members.map { Self.line($0, in: "verbs") } + [""]
    }
    for family in catalogue.families {
      lines += ["## \(family.name.prefix(1).uppercased() + family.name.dropFirst())", ""]
      lines += family.members.map { Self.line($0, in: family.name) } + [""]
    }
    lines += ["## Functions", ""]
    lines += FunctionGroup.allCases.map { group in
      "- [\(group.rawValue)](functions/\(Self.file(group)).md): "
        + FunctionPages.members(group).map { "`\($0.name)`" }.joined(separator: " ")
    }
    lines += ["", "## Selectors", ""]
    lines += ColumnSelector.allCases.map { "- `\($0.written)`: \($0.summary)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ description: Description, in folder: String) -> String {
    "- [`\(description.name)`](\(folder)/\(description.name).md): \(description.summary)"
  }

  private static func file(_ group: FunctionGroup) -> String { group.rawValue.lowercased() }

  // MARK: Pages

  private static func page(_ description: Description) -> String {
    var parts = ["# \(description.name)", description.summary + ".", "```\n\(Usage.line(description))\n```"]
    if !description.signature.isEmpty { parts.append("`\(description.signature)`") }
    parts += description.details
    if !description.positionals.isEmpty {
      parts.append(
        "## Arguments\n\n"
          + table(
            ["argument", "takes", "meaning"],
            description.positionals.map { ["`\($0.name)`", Usage.kind($0), $0.summary] }))
    }
    if !description.parameters.isEmpty {
      parts.append(
        "## Options\n\n" + table(["option", "default", "takes", "meaning"], description.parameters.map(row)))
    }
    for example in description.examples {
      let script = example.script.hasSuffix("\n") ? String(example.script.dropLast()) : example.script
      parts.append("## Example: \(example.title)\n\n```mlp\n\(script)\n```")
    }
    let words = description.otherNames + description.otherOptions.keys.sorted()
    if !words.isEmpty { parts.append("Also known as: " + words.map { "`\($0)`" }.joined(separator: ", ") + ".") }
    if !description.references.isEmpty {
      parts.append("## References\n\n" + description.references.map { "- " + $0 }.joined(separator: "\n"))
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private static func row(_ parameter: any AnyParameter) -> [String] {
    let fallback = parameter.fallbackWritten.map { "`\($0)`" } ?? parameter.fallbackWords ?? ""
    return ["`\(parameter.name):`", fallback, Usage.type(parameter), parameter.summary]
  }

  private static func page(_ group: FunctionGroup) -> String {
    let rows = FunctionPages.members(group).map { description in
      ["`\(description.signature)`", description.summary, "`\(FunctionPages.example(description))`"]
    }
    return "# \(group.rawValue)\n\n" + table(["function", "gives", "example"], rows) + "\n"
  }

  /// A Markdown table; a bar in a cell is escaped.
  private static func table(_ head: [String], _ rows: [[String]]) -> String {
    let lines = [head, head.map { _ in "---" }] + rows
    return lines.map { row in
      "| "
        + row.map { $0.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
        .joined(separator: " | ") + " |"
    }.joined(separator: "\n")
  }
}
