import Expressions
import Scoring
import Tables

/// Graphs that hold each operator between raw columns and an answer.
enum OperatorCases {
  static func cases(_ kind: OperatorKind) -> [OnnxCase] {
    graphs(kind).enumerated().map { OnnxCase(name: "\(kind.rawValue) \($0)", graph: $1, table: JudgedRows.table) }
  }

  private static func graphs(_ kind: OperatorKind) -> [Graph] {
    switch kind {
    case .input: ["x", "n", "b", "s", "d", "v"].map { name in column { $0.input(name, type(name)) } }
    case .expression: [column { b in expression(&b) }, column { b in literal(&b) }]
    case .lookup:
      [["a", "Oslo", "a", "b"], [], [""]].map { words in
        column { b in b.lookup(b.input("s", .text), words: words, unseen: -1) }
      }
    case .recode:
      recodings.map { table in
        column { b in
          b.recode(b.input("s", .text), words: table.words, values: table.values, else: b.input("t", .text))
        }
      }
    // No case: ONNX does not hold it.
    case .mask: []
    case .oneHot:
      [true, false].flatMap { isMissingKept in
        (0..<5).filter { $0 < 4 || isMissingKept }.map { place in
          column { b in
            let words = ["a", "Østre Ås", "a.b", "Ab\u{301}c"]
            return b.element(b.oneHot(b.input("s", .text), words: words, missingPlace: isMissingKept), place)
          }
        }
      }
    case .concatenate: (0..<7).map { place in column { b in b.element(features(&b), place) } }
    case .fill: [column { b in b.element(filled(&b), 0) }]
    case .neighbours:
      [column { b in b.element(b.neighbours(features(&b), rows: [], count: 1, otherwise: offset), 0) }]
    case .chain: (0..<2).map { place in column { b in b.element(chained(&b), place) } }
    case .affine: [column { b in b.element(b.affine(filled(&b), scale: scale, offset: offset), 2) }]
    case .linear: [column { b in b.element(linear(&b, 3), 1) }]
    case .constant: [column { b in b.element(b.constant(features(&b), [4, -0.0, 2.5]), 2) }]
    case .element: [column { b in b.element(features(&b), 3) }]
    case .trees: RandomTrees.graphs
    case .link: Link.allCases.map(linked)
    case .decide: decisions
    }
  }

  private static let recodings: [(words: [String], values: [String?])] = [
    (["a", "Oslo", "a", "b"], ["x", nil, "y", "a"]), ([], []), ([""], ["none"]), (["Ab\u{301}c"], ["abc"]),
  ]

  static func type(_ name: String) -> ColumnType { JudgedRows.table[name]?.type ?? .float }

  private static func column(_ make: (inout GraphBuilder) -> ColumnPort) -> Graph {
    var builder = GraphBuilder()
    let answer = make(&builder)
    return builder.graph(prediction: answer, probabilities: nil, classes: [])
  }

  private static func expression(_ b: inout GraphBuilder) -> ColumnPort {
    let f = b.input("f", .float)
    let sum = Expression.call(
      .add, [.call(.multiply, [.column("a", .float), .column("b", .int)]), .column("a", .float)])
    return b.expression(sum, ["a": f, "b": b.input("k", .int)]) ?? f
  }

  private static func literal(_ b: inout GraphBuilder) -> ColumnPort {
    let f = b.input("f", .float)
    let all = b.concatenate([.column(f), .column(b.expression(.literal(.float(2.5)), [:]) ?? f)])
    return b.element(all, 1)
  }

  /// Six columns of every kind of number and a one-hot text.
  static func features(_ b: inout GraphBuilder) -> VectorPort {
    let names = ["f", "k", "b", "d", "v"]
    let numbers = names.map { Port.column(b.input($0, type($0))) }
    let text = b.oneHot(b.input("s", .text), words: ["a"], missingPlace: true)
    return b.concatenate(numbers + [.vector(text)])
  }

  static let scale = [0.5, -1, 2, 1e-4, 1e-9, 1, 1]
  static let offset = [1.0, 0, -0.0, 3, 0.25, 0, -1]

  static func filled(_ b: inout GraphBuilder) -> VectorPort {
    b.fill(features(&b), [0.5, 1, 0, 18_000, 1e9, 0, 0])
  }

  /// The first places of the features, each from the other where it is missing.
  private static func chained(_ b: inout GraphBuilder) -> VectorPort {
    let pair = b.concatenate([.column(b.input("f", .float)), .column(b.input("b", .bool))])
    return b.chain(
      pair, start: [0.5, 0.25],
      steps: [
        .init(place: 0, weights: [9, 0.5], intercept: 1), .init(place: 1, weights: [-0.25, 9], intercept: 0.125),
        .init(place: 0, weights: [0, 2], intercept: -1),
      ])
  }

  /// Scores of a size that links take.
  static func linear(_ b: inout GraphBuilder, _ count: Int) -> VectorPort {
    let vector = b.affine(filled(&b), scale: scale, offset: offset)
    let weights: [[Double]] = (0..<count).map { row in
      (0..<7).map { place in
        let step = (place * 5 + row * 3) % 7
        return Double(step) / 7 - 0.4
      }
    }
    let intercepts: [Double] = (0..<count).map { Double($0) / 10 }
    return b.linear(vector, weights: weights, intercepts: intercepts)
  }

  private static func linked(_ link: Link) -> Graph {
    var b = GraphBuilder()
    let values = b.link(linear(&b, link == .sigmoid ? 1 : 3), link)
    let isChance = link == .sigmoid || link == .softmax
    let answer = b.element(values, values.width - 1)
    let classes = (0..<values.width).map { Cell.int(Int64($0)) }
    return b.graph(prediction: answer, probabilities: isChance ? values : nil, classes: isChance ? classes : [])
  }

  private static let decisions: [Graph] = {
    let three: [[Cell]] = [
      [.text("low"), .text("mid"), .text("")], [.int(-5), .int(1 << 60), .int(7)],
      [.float(0.5), .float(1), .float(2)], [.date(0), .date(100), .date(-5)],
    ]
    let two: [[Cell]] = [
      [.text("stays"), .text("leaves, \"now\"")], [.bool(false), .bool(true)], [.int(0), .int(1)],
    ]
    return three.map { decision($0, nil) } + two.flatMap { [decision($0, 0.4), decision($0, nil), ties($0)] }
  }()

  private static func decision(_ classes: [Cell], _ threshold: Double?) -> Graph {
    var b = GraphBuilder()
    let chances = classes.count == 2 ? b.link(linear(&b, 1), .sigmoid) : b.link(linear(&b, 3), .softmax)
    let answer = b.decide(chances, classes: classes, threshold: threshold)
    return b.graph(prediction: answer, probabilities: chances, classes: classes)
  }

  /// The first of equals.
  private static func ties(_ classes: [Cell]) -> Graph {
    var b = GraphBuilder()
    let even = b.constant(features(&b), [0.5, 0.5])
    let answer = b.decide(even, classes: classes, threshold: nil)
    return b.graph(prediction: answer, probabilities: even, classes: classes)
  }
}
