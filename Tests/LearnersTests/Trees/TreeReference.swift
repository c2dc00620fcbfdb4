import Glibc
import Kernels
import Learners
import Plan
import Scoring
import Testing

/// A tree checked node by node against every split there is, each counted anew from the design's vectors.
struct TreeReference {
  struct Split {
    let node: TreeEnsemble.Node
    let set: [UInt64]
    let worth: Double
  }

  let design: DesignMatrix
  let ensemble: TreeEnsemble
  let criterion: String
  let fewestRows: Int
  private let vectors: [[Double]]
  private let labels: [Double]
  private let classes: Int

  init(_ design: DesignMatrix, _ ensemble: TreeEnsemble, criterion: String, fewestRows: Int) throws {
    self.design = design
    self.ensemble = ensemble
    self.criterion = criterion
    self.fewestRows = fewestRows
    vectors = design.vectors
    switch try #require(design.target).values {
    case .classes(let codes, let count):
      labels = codes.map(Double.init)
      classes = count
    case .numbers(let numbers):
      labels = numbers
      classes = 0
    }
  }

  /// Records an issue at each node whose split is not the best of all, or the first of the best where worths are whole numbers
  /// divided by the same.
  func check(depth: Int, isFirst: Bool) {
    var open = [(node: 0, rows: Array(0..<design.rowCount), depth: 0)]
    while let next = open.popLast() {
      let node = ensemble.nodes[next.node]
      let best = best(next.rows)
      let isPure = Set(next.rows.map { labels[$0] }).count == 1
      guard next.depth < depth, !isPure, let best else {
        #expect(node.test == .leaf)
        checkLeaf(node, next.rows)
        continue
      }
      guard node.test != .leaf else {
        Issue.record("a leaf where \(best) is possible")
        continue
      }
      let (lefts, rights) = (next.rows.filter { goesLeft(node, $0) }, next.rows.filter { !goesLeft(node, $0) })
      #expect(lefts.count >= fewestRows && rights.count >= fewestRows)
      #expect(worth(lefts) + worth(rights) >= best.worth - 1e-9 * max(1, abs(best.worth)))
      if isFirst {
        #expect(node.feature == best.node.feature && node.missingLeft == best.node.missingLeft)
        if case .member(let set) = node.test {
          #expect(ensemble.sets[set] == best.set)
        } else {
          #expect(node.test == best.node.test)
        }
      }
      open.append((node.right, rights, next.depth + 1))
      open.append((node.left, lefts, next.depth + 1))
    }
  }

  private func checkLeaf(_ node: TreeEnsemble.Node, _ rows: [Int]) {
    let answer = ensemble.leafValues[node.feature..<node.feature + ensemble.outputs]
    guard classes > 0 else {
      let mean = rows.reduce(0) { $0 + labels[$1] } / Double(rows.count)
      #expect(abs((answer.first ?? .nan) - mean) < 1e-9 * max(1, abs(mean)))
      return
    }
    let counts = (0..<classes).map { label in rows.count { labels[$0] == Double(label) } }
    #expect(Array(answer) == counts.map { Double($0) / Double(rows.count) })
  }

  private func goesLeft(_ node: TreeEnsemble.Node, _ row: Int) -> Bool {
    let value = vectors[row][node.feature]
    if value.isNaN { return node.missingLeft }
    switch node.test {
    case .leaf: return false
    case .atMost(let threshold): return value <= threshold
    case .member(let set):
      return value >= 0 && Int(value) / 64 < ensemble.sets[set].count
        && ensemble.sets[set][Int(value) / 64] >> UInt64(Int(value) % 64) & 1 == 1
    }
  }

  private func worth(_ rows: [Int]) -> Double {
    guard !rows.isEmpty else { return 0 }
    let size = Double(rows.count)
    if classes == 0 {
      // The mean of all rows is taken away first: else its square hides the rest.
      let mean = labels.reduce(0, +) / Double(labels.count)
      let sum = rows.reduce(0) { $0 + labels[$1] - mean }
      return sum * sum / size
    }
    let counts = (0..<classes).map { label in Double(rows.count { labels[$0] == Double(label) }) }
    if criterion == "gini" { return counts.reduce(0) { $0 + $1 * $1 } / size }
    return counts.reduce(0) { $0 + ($1 > 0 ? $1 * log2($1 / size) : 0) }
  }

  /// The first of the best splits of some rows: by feature, then missing values to the right before the left, then upwards.
  private func best(_ rows: [Int]) -> Split? {
    var best: Split?
    for (feature, described) in design.features.enumerated() {
      let missing = rows.filter { vectors[$0][feature].isNaN }
      for missingLeft in missing.isEmpty ? [false] : [false, true] {
        for (test, set, taken) in cuts(feature, described.kind, rows) {
          let lefts = taken + (missingLeft ? missing : [])
          let rights = Set(rows).subtracting(lefts).sorted()
          guard lefts.count >= fewestRows, rights.count >= fewestRows else { continue }
          let worth = worth(lefts) + worth(rights)
          guard worth > best?.worth ?? -.infinity else { continue }
          let side = missing.isEmpty ? lefts.count > rights.count : missingLeft
          best = Split(node: .init(test: test, feature: feature, missingLeft: side), set: set, worth: worth)
        }
      }
    }
    return best
  }

  /// The tests of a feature with the rows that have a value and go left.
  private func cuts(_ feature: Int, _ kind: DesignFeature.Kind, _ rows: [Int]) -> [(
    TreeEnsemble.Node.Test, [UInt64], [Int]
  )] {
    func value(_ row: Int) -> Double { vectors[row][feature] }
    guard case .category = kind else {
      let values = Set(rows.map(value).filter { !$0.isNaN }).sorted()
      return values.indices.map { place in
        let threshold =
          place + 1 < values.count ? values[place] / 2 + values[place + 1] / 2 : .greatestFiniteMagnitude
        return (.atMost(threshold), [], rows.filter { value($0) <= values[place] })
      }
    }
    let counts = (0..<max(classes, 1)).map { label in rows.count { labels[$0] == Double(label) } }
    let commonest = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    let mean = labels.reduce(0, +) / Double(labels.count)
    func key(_ code: Double) -> Double {
      let own = rows.filter { value($0) == code }
      let sum = own.reduce(0) { $0 + (classes > 0 ? (labels[$1] == Double(commonest) ? 1 : 0) : labels[$1] - mean) }
      return sum / Double(own.count)
    }
    let codes = Set(rows.map(value).filter { $0 >= 0 }).map { (key($0), $0) }.sorted { $0 < $1 }.map(\.1)
    return codes.indices.map { place in
      let taken = codes[...place]
      var set = [UInt64](repeating: 0, count: Int(taken.max() ?? 0) / 64 + 1)
      for code in taken { set[Int(code) / 64] |= 1 << UInt64(Int(code) % 64) }
      return (.member(set: 0), set, rows.filter { taken.contains(value($0)) })
    }
  }
}
