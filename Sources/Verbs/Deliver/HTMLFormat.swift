import Descriptions
import Display

/// A format that reports are written in: any value, as it is shown, with what its flow has shown.
protocol ReportWriting: FileFormat {
  static func bytes(_ page: Page) -> [UInt8]
}

/// A page for a browser.
enum HTMLFormat: ReportWriting {
  static let description = Description(
    name: "html", summary: "A report of any value as one page", group: "Formats",
    details: [
      "The page stands alone: its tables, plots and styles are in the one file, for wide and narrow screens, light and dark, and for paper. It is written, not read.",
      "It holds the look that it follows, or the value; of a model its figures of the valid and the test part beside each other, and pictures; all that the flow has shown until then, stage by stage, with every default visible; the files that were read with the SHA-256 of their bytes, the program's version, the seed and the script.",
      "After a `require`, `test` or `validate` that was not met, the reports further down the script are written all the same, of what there was until then; the run ends with its exit status.",
    ],
    examples: [Example("a table's profile", "mlp 1\nload penguins\nprofile\nexport \"penguins.html\"")],
    otherNames: ["htm", "report"])
  static let endings = ["html"]

  static func bytes(_ page: Page) -> [UInt8] { Array(HTMLRenderer().document(page).utf8) }
}
