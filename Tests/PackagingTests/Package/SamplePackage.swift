import Expressions
import Packaging
import Plan
import Scoring
import Tables

/// Packages that use every operator and every optional part.
enum SamplePackage {
  static let ensemble = TreeEnsemble(
    features: 5, outputs: 2,
    nodes: [
      .init(test: .atMost(0.5), feature: 0, left: 1, right: 2, missingLeft: true),
      .init(test: .leaf, feature: 0),
      .init(test: .member(set: 0), feature: 3, left: 3, right: 4),
      .init(test: .leaf, feature: 1),
      .init(test: .leaf, feature: 2),
    ], trees: [.init(root: 0, output: 0), .init(root: 2, output: 1)], leafValues: [-1.25, 0.0, 2.5e-300],
    sets: [[0b101, 1 << 63]], base: [0.25, -0.0])

  static func graph() -> Graph {
    var builder = GraphBuilder()
    builder.step = "load"
    let age = builder.input("age", .float)
    let town = builder.input("town é", .text)
    let joined = builder.input("joined", .datetime)
    builder.step = "derive ratio = …"
    let ratio =
      builder.expression(
        .call(
          .ifElse,
          [
            .call(.less, [.column("age", .float), .literal(.float(30))]), .missing(.float),
            .call(.divide, [.column("age", .float), .literal(.int(.max))]),
          ]), ["age": age]) ?? age
    let filter = builder.expression(.call(.isPresent, [.column("t", .text)]), ["t": town])
    let place = builder.lookup(town, words: ["Oslo", "", "Bergen"], unseen: -1)
    let places = builder.oneHot(town, words: ["Oslo"], missingPlace: true)
    var vector = builder.concatenate([.column(age), .column(ratio), .column(joined), .vector(places)])
    vector = builder.fill(vector, [1, -0.0, 3, 4, .greatestFiniteMagnitude])
    vector = builder.affine(vector, scale: [1, 2, 3, 4, 5], offset: [0, 0, .leastNonzeroMagnitude, 0, 1])
    let sums = builder.linear(vector, weights: [[1, 2, 3, 4, 5]], intercepts: [-1])
    let votes = ensemble.map { builder.trees(vector, $0) } ?? sums
    let fixed = builder.constant(sums, [0.5])
    let score = builder.element(votes, 1)
    let all = builder.concatenate([.vector(votes), .column(score), .column(place), .vector(fixed)])
    let one = builder.linear(all, weights: [[1, 1, 1, 1, 1]], intercepts: [0])
    let chances = builder.link(one, .sigmoid)
    let classes: [Cell] = [.text("stays"), .text("leaves")]
    let answer = builder.decide(chances, classes: classes, threshold: 0.4)
    let flags = filter.map { [Graph.Flag(name: "outside the filter", node: $0.node)] } ?? []
    return builder.graph(prediction: answer, probabilities: chances, classes: classes, flags: flags)
  }

  static let full = PackageFile(
    name: "customers", graph: graph(), labelName: "outcome", task: .binary, algorithm: "boost",
    options: [.init(name: "depth", value: "6"), .init(name: "learning_rate", value: "0.1")],
    steps: ["impute age = median"], notes: ["age: 12 missing → 38.5"],
    partSizes: [.init(part: "train", rows: 700), .init(part: "test", rows: 150)],
    metrics: [.init(name: "auc", part: "valid", values: [0.81, 0.79])],
    board: [
      .init(algorithm: "boost", options: "depth: 6", score: 0.8, spread: 0.01),
      .init(algorithm: "linear", options: "", score: nil, spread: nil, failure: "did not converge"),
    ], boardMetric: "auc", testOpenings: 2, madeBy: "mlp 1.0",
    importances: [.init(column: "age", value: 0.5)],
    inputSummaries: [
      .init(column: "age", rows: 700, missing: 12, shape: .numbers(edges: [18, 40], counts: [1, 400, 287])),
      .init(column: "town é", rows: 700, missing: 0, shape: .categories(words: ["Oslo"], counts: [650], others: 50)),
    ])

  /// The same with how its inputs are read and which steps it contains.
  static let informed: PackageFile = {
    var package = full
    package.modelInputs = ModelInputs(
      package.graph.inputs, steps: [StepKey("impute", ["age", "median"]), StepKey("drop", ["town é"])],
      missingWords: ["", "NA"])
    return package
  }()

  /// A raw column that is to be recorded by its first letter only.
  static let masked: PackageFile = {
    var builder = GraphBuilder()
    let email = builder.input("email", .text)
    let first = builder.expression(.call(.left, [.column("email", .text), .literal(.int(1))]), ["email": email])
    let letter = first ?? email
    builder.mark(letter, as: .mask(of: "email"))
    let code = builder.lookup(letter, words: ["a", "b"])
    let graph = builder.graph(prediction: code, probabilities: nil, classes: [])
    return PackageFile(
      name: "mail", graph: graph, labelName: "y", task: .regression, algorithm: "linear", madeBy: "mlp 1.0",
      modelInputs: ModelInputs(graph.inputs, steps: []))
  }()

  static let bare: PackageFile = {
    var builder = GraphBuilder()
    let x = builder.input("x", .float)
    let graph = builder.graph(prediction: x, probabilities: nil, classes: [])
    return PackageFile(
      name: "", graph: graph, labelName: "y", task: .regression, algorithm: "linear", madeBy: "mlp 1.0")
  }()
}
