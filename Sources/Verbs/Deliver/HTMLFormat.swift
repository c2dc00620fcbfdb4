import Descriptions
import Display

/// A format that reports are written in: any value, as it is shown.
protocol ReportWriting: FileFormat {
  static func bytes(title: String, _ displays: [Display]) -> [UInt8]
}

/// A page for a browser.
enum HTMLFormat: ReportWriting {
  static let description = Description(
    name: "html", summary: "A report of any value as one page", group: "Formats",
    details: [
      "The page stands alone: its tables, plots and styles are in the one file. It is written, not read."
    ],
    examples: [Example("a table's profile", "mlp 1\nload penguins\nprofile\nexport \"penguins.html\"")],
    otherNames: ["htm", "report"])
  static let endings = ["html"]

  static func bytes(title: String, _ displays: [Display]) -> [UInt8] {
    Array(HTMLRenderer().document(title: title, displays: displays).utf8)
  }
}
