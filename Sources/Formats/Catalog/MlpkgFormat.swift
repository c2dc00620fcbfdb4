import Descriptions

/// A model as this program packs it. Its reader and writer are those of models, not of tables.
public enum MlpkgFormat {
  public static let description = Description(
    name: "mlpkg",
    summary: "This program's package of a model, whole from raw columns to the answer",
    group: "Formats",
    details: [
      """
      `export "m.mlpkg"` writes one and `load "m.mlpkg"` gives the model again, to predict, export and serve with. It \
      holds the scoring graph, how the inputs are read (their types, the words for missing cells), the recorded steps, \
      the options and the measured figures, but no rows: what judges by rows or trains again is the error `no-split`.
      """
    ],
    examples: [
      Example(
        "a model, written and loaded",
        "mlp 1\nload iris\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\nexport \"iris.mlpkg\"\nload \"iris.mlpkg\"\npredict iris"
      )
    ],
    otherNames: ["pkl", "pickle", "joblib"])
}
