import Foundation
import ProgramRunning
import Testing

/// The number of threads never shows in a file: a model that was trained twice is the same model.
@Suite(.serialized) struct SameBytesTests {
  static let flows = [
    "load titanic\ndrop name\nimpute age = median\nlabel survived\nsplit valid: 0.2, test: 0.2\ntrain [logistic, tree, boost]",
    "load titanic\ndrop name\nlabel survived\nsplit folds: 4, test: 0.2\ntrain boost, depth: 2..5, trials: 4",
    "load digits\nlabel digit\nsplit test: 0.2\ntrain logistic",
    "load diamonds\nimpute carat = mean\nscale [depth, x, y, z] = standard\nlabel price\nsplit valid: 0.2\ntrain linear",
    "load diamonds\nlabel price\nsplit valid: 0.2\ntrain boost",
  ]

  @Test(arguments: flows)
  func filesAreTheSameOnOneThreadAndOnTwo(flow: String) throws {
    let script = flow + "\nexport \"m.mlpkg\"\nexport \"m.onnx\"\neval\nexport \"m.html\"\n"
    let folders = [try ScratchFolder(), try ScratchFolder()]
    let settings = ["MLP_STDLIB": Repository.root + "/stdlib"]
    for (threads, folder) in zip(["1", "2"], folders) {
      let ended = try Program.mlp.run(
        ["--threads", threads, "--seed", "7", "-e", script], in: folder.path, environment: settings)
      try #require(ended.status == 0, "\(ended.output)\n\(ended.errors)")
    }
    for file in ["m.mlpkg", "m.onnx", "m.html"] {
      let bytes = try folders.map { try Data(contentsOf: URL(fileURLWithPath: $0.path + "/" + file)) }
      #expect(!bytes[0].isEmpty && bytes[0] == bytes[1], "\(file) of \(flow)")
    }
  }
}
