import Expressions
import Foundation
import ProgramRunning
import Testing

/// Whatever the sizes, with two gigabytes of address space a run is done or ends in an error that has a code: never by a signal.
@Suite(.serialized) struct HostileSizesTests {
  /// Each on `cats.csv`: 400,000 rows, each with a word and a number of its own, or on what it loads itself.
  static let flows = [
    "derive z = repeat(id, 100000)",
    "derive z = pad_left(id, 4000000)",
    "derive z = pad_right(id, 4000000, id)",
    "derive z = repeat(id, 1000)\nderive z = z + z\nderive z = z + z\nderive z = z + z\nderive z = z + z",
    "derive z = replace(repeat(id, 500), \"1\", repeat(\"x\", 2000))",
    "derive z = regex_replace(repeat(id, 500), r\".\", \"xxxxxxxxxxxxxxxxxxxx\")",
    "filter length(repeat(id, 200000)) > 3",
    "derive z = repeat(id, 4000)\nsort z",
    "derive z = repeat(id, 400)\ndedupe z",
    "derive z = repeat(id, 300)\nexport \"z.jsonl\"",
    "encode id = onehot\nlabel x\nsplit test: 0.2\ntrain linear",
    "encode id = onehot\nscale id = standard",
    "encode id = ordinal\nlabel x\nsplit test: 0.2\ntrain boost, trees: 2",
    "encode id = count\nshow",
    "encode id = hash\nshow",
    "label y\nencode id = target\nsplit test: 0.2\ntrain tree, depth: 2",
    "label id\nsplit test: 0.2\ntrain tree",
    "label id\nsplit test: 0.2, stratify: id\ntrain logistic",
    "split folds: 100, group: id",
    "profile", "schema", "validate unique(id), x > 3", "dedupe", "sort id", "sample 399999",
    "cast x = text\nimpute x = mode\nprofile",
    "impute x = median\nscale x = robust\nshow",
    "fix id\nfix id, case: upper\nshow", "fix id, variants: true", "fix id = number\nshow", "fix id = date",
    "replace id = {w7: missing, w8: \"w9\"}, x = {0: 1, 7: missing}\nshow", "outliers x, do: clip\noutliers y\nshow",
    "dedupe near: [id]", "dedupe y, near: [id], similarity: 0.6",
    "load \"long.csv\"\nfix long\nfix long, variants: true", "load \"long.csv\"\nfix long = number",
    "load \"long.csv\"\nfix long = date", "load \"long.csv\"\ndedupe near: [long]",
    "load \"long.csv\"\ndedupe near: [long], similarity: 0.6",
    "label y\nsplit test: 0.2\ntrain boost\neval\nexplain",
    "load \"wide.csv\"", "load \"wide.csv\"\nprofile", "load \"wide.csv\"\nderive z = c1 + c2\nexport \"w.csv\"",
    "load \"line.csv\"", "load \"line.jsonl\"", "load \"deep.jsonl\"", "load \"line.json\"", "load \"sparse.jsonl\"",
    "load \"sparse.jsonl\"\nselect k7\nprofile", "load \"quote.csv\"",
    "load \"long.csv\"\nprofile", "load \"long.csv\"\nderive z = repeat(long, 1000)",
    "load \"long.csv\"\nencode long = onehot\nlabel n\nsplit test: 0.2\ntrain linear",
    "load \"long.csv\"\nlabel long\nsplit test: 0.2\ntrain tree\nexport \"m.mlpkg\"\nexport \"m.onnx\"",
    "derive z = " + String(repeating: "(", count: 20_000) + "x" + String(repeating: ")", count: 20_000),
    "derive z = x" + String(repeating: " + x", count: 20_000),
  ]

  @Test(arguments: flows) func aRunIsDoneOrEndsInAnError(flow: String) throws {
    try Self.run(flow.hasPrefix("load") ? flow : "load \"cats.csv\"\n" + flow)
  }

  /// A few at a time, for most of a run is the reading of the texts.
  static let groups = stride(from: 0, to: Function.allCases.count, by: 12).map { start in
    Array(Function.allCases[start..<min(start + 12, Function.allCases.count)])
  }

  /// The examples of all functions with long texts and large numbers in the places of their own.
  @Test(arguments: groups) func functionsOfLongTextsDoToo(functions: [Function]) throws {
    let stages = functions.map { function in
      "derive z = \(Self.enlarged(function.description.example).display)\nderive u = text(z) + text(z)\n"
    }
    let status = try Self.run("load \"long.csv\"\n" + stages.joined())
    guard status != 0, functions.count > 1 else { return }
    // What is refused ends the run: the halves, so that the others are run as well.
    let half = functions.count / 2
    for part in [functions[..<half], functions[half...]] { try functionsOfLongTextsDoToo(functions: Array(part)) }
  }

  private static func enlarged(_ expression: Expressions.Expression) -> Expressions.Expression {
    guard case .call(let function, let arguments) = expression else { return expression }
    return .call(
      function,
      arguments.enumerated().map { place, argument -> Expressions.Expression in
        switch argument {
        case .literal(.text) where place == 0 || [.concat, .replace].contains(function): .column("long", .text)
        case .literal(.int) where place > 0: .literal(.int(4_000_000))
        case .literal(.int): .column("n", .int)
        default: argument
        }
      })
  }

  /// What a session holds is there after a stage that was refused, and the session goes on.
  @Test func theTableIsThereAfterAStageThatWasRefused() throws {
    try Self.run("load \"cats.csv\"\nderive z = repeat(id, 100000)", expecting: "error[too-large]")
  }

  @discardableResult private static func run(_ script: String, expecting code: String? = nil) throws -> Int32 {
    let folder = try folder.get().path
    try script.write(toFile: folder + "/flow.mlp", atomically: true, encoding: .utf8)
    let arguments = ["prlimit", "--as=2000000000", Program.mlp.path, "--seed", "1", "run", "flow.mlp"]
    let ended = try Program(path: "/usr/bin/env").run(
      arguments, in: folder, environment: ["MLP_STDLIB": Repository.root + "/stdlib"], seconds: 180)
    let shown = "\(script.prefix(2000)): \(ended.status)\n\(ended.output.suffix(300))\n\(ended.errors.suffix(600))"
    #expect((0...4).contains(ended.status), "\(shown)")
    #expect(ended.status == 0 || ended.errors.contains("error["), "\(shown)")
    if let code { #expect(ended.errors.contains(code), "\(shown)") }
    // Readers ask before they take: a table that is too large ends its stage, and a session goes on.
    if script.hasPrefix("load"), !script.contains("\n") {
      #expect(ended.status == 0 || ended.errors.contains("flow.mlp:1"), "\(shown)")
    }
    return ended.status
  }

  private static let folder: Result<ScratchFolder, any Error> = Result {
    let folder = try ScratchFolder()
    var rows = "id,x,y\n"
    for row in 0..<400_000 { rows += "w\(row),\(row * 7919 % 400_000),\(row % 3)\n" }
    try folder.write(rows, to: "cats.csv")
    let names = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",")
    let cells = String(repeating: "1,", count: 999_999) + "1\n"
    try folder.write(names + "\n" + cells + cells, to: "wide.csv")
    let long = (0..<300).map { "\($0),\(String(repeating: "lorem \($0) ", count: 30_000))\n" }.joined()
    try folder.write("n,long\n" + long, to: "long.csv")
    try folder.write(String(repeating: "[", count: 4_000_000), to: "deep.jsonl")
    let keys = (0..<50_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
    try folder.write("{\(keys)}\n" + String(repeating: "{}\n", count: 400_000), to: "sparse.jsonl")
    // Half a gigabyte that takes no place on a disk.
    let starts = [
      ("line.csv", "a,b\n1,"), ("line.jsonl", "{\"a\": \""), ("line.json", "[{\"a\": 1}, {\"a\": \""),
      ("quote.csv", "a,b\n1,\""),
    ]
    for (name, start) in starts {
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.write(start, to: name)))
      try file.truncate(atOffset: 500 << 20)
      try file.close()
    }
    return folder
  }
}
