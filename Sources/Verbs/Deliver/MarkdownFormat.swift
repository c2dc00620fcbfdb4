import Descriptions
import Display

/// A report as text that editors, wikis and code hosts draw.
enum MarkdownFormat: ReportWriting {
  static let description = Description(
    name: "md", summary: "A report of any value as Markdown", group: "Formats",
    details: [
      "It holds what a report as html holds, with plots drawn in text. It is written, not read."
    ],
    examples: [Example("a table's profile", "mlp 1\nload penguins\nprofile\nexport \"penguins.md\"")],
    otherNames: ["markdown"])
  static let endings = ["md"]

  static func bytes(_ page: Page) -> [UInt8] { Array(MarkdownRenderer().document(page).utf8) }
}
