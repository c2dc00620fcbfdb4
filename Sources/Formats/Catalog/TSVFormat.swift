import Descriptions

/// Tab-separated values: as CSV, with a tab for the comma.
public enum TSVFormat {
  public static let description = Description(
    name: "tsv",
    summary: "Tab-separated text with a header, also in .gz",
    group: "Formats",
    details: ["As csv, but the tab is tried first as the delimiter, and is what is written."],
    parameters: CSVFormat.parameters,
    examples: [
      Example("write a table and read it again", "mlp 1\nload iris\nexport \"iris_copy.tsv\"\nload \"iris_copy.tsv\"")
    ],
    otherNames: ["tab"],
    otherOptions: CSVFormat.description.otherOptions,
    references: ["IANA text/tab-separated-values"])
}
