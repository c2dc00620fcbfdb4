import Descriptions
import Display
import Formats
import Interpreter

/// A format that the figures of a look are written in.
protocol FigureWriting: FileFormat {
  static func bytes(_ look: Look) -> [UInt8]
}

/// What a look shows, as data for another program.
enum JSONFormat: FigureWriting {
  static let description = Description(
    name: "json", summary: "What a look shows as data", group: "Formats",
    details: [
      "The file holds the object that `--json` prints for a result, on one line. It is written, not read.",
      "Every object has a `kind`, and most have a `title` or null. `table`: `columns` with `name` and `type`, `rows` with a list of cells each, `total_rows` and `total_columns` of what they may be a part of.",
      "`metrics`: `columns` with `name` and `type`; `metrics` with `name`, `better` (`higher`, `lower` or null) and `figures`, one a column, with `value`, `spread` and, where there is one, `reason`; `notes`. `confusion_matrix`: `classes`; `columns`; `counts` with a list for each actual class; of a part of the classes also `total_classes`, `total_rows` and `right`.",
      "`plot`: `mark`; `x`, `y`, `colour` and `facet` by the names of columns in `data`, which has a list for each; `y_scale`; `edges` of a histogram's bins; `reference`, which is `diagonal`, a number or null; the same as a specification in `vega_lite`. `tree`: `nodes` with `depth`, `rule`, `rows`, `answer`, `share`, `leaf` and `omitted`; `total_nodes`; `total_leaves`.",
      "`facts`: `facts` with `name` and `value`, which is a list where there are several. `notes`: `notes` with `level` and `message`. `text` and `heading`: `text`. `group`: `parts`.",
      "On standard output, `--json` puts behind `kind` where a result comes from: `verb`, `line`, `stage` (its number in the flow) and `words` (the stage with every default visible); `verb` and `stage` are null for a value or a name that stands alone. A diagnostic has `type` instead of `kind`.",
      "A missing cell is null, as is a type that is not known; dates are ISO 8601 text; numbers have all their digits.",
    ],
    examples: [
      Example(
        "figures as data",
        "mlp 1\nload iris\nlabel species\nsplit valid: 0.3, seed: 7\ntrain tree\neval\nexport \"metrics.json\"")
    ],
    otherNames: ["figures"])
  static let endings = ["json"]

  static func bytes(_ look: Look) -> [UInt8] { Array((JSONRenderer().render(look.display) + "\n").utf8) }
}
