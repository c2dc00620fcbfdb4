import Testing

@testable import Scoring

@Suite struct TreeEnsembleTests {
  @Test func aChildBeforeItsParentIsRefused() {
    let nodes: [TreeEnsemble.Node] = [
      .init(test: .atMost(1), feature: 0, left: 0, right: 1), .init(test: .leaf, feature: 0),
    ]
    let ensemble = TreeEnsemble(
      features: 1, outputs: 1, nodes: nodes, trees: [.init(root: 0, output: 0)], leafValues: [1], sets: [], base: [0])
    #expect(ensemble == nil)
  }
}
