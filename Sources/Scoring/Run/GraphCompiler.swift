import Expressions
import Tables

/// Makes the nodes of a graph ready to run, one after the other, and settles how their vectors lie in memory.
struct GraphCompiler {
  private struct WordKey: Hashable {
    let input: Int
    let words: WordList
  }

  private let nodes: [Graph.Node]
  private(set) var layouts: [VectorLayout?]
  private var lists: [WordKey: Int] = [:]
  var wordLists: Int { lists.count }

  init(_ nodes: [Graph.Node]) {
    self.nodes = nodes
    layouts = [VectorLayout?](repeating: nil, count: nodes.count)
  }

  /// The work of a node that fits its inputs; those come before it and were made ready.
  mutating func work(_ place: Int) throws(GraphError) -> GraphProgram.Work {
    let node = nodes[place]
    switch node.op {
    case .input: return .input(0)
    case .expression(let expression):
      do throws(ExpressionError) {
        return .expression(try CompiledExpression(expression))
      } catch {
        throw GraphError(step: node.step, .expression(error))
      }
    case .lookup(let words, let unseen): return .lookup(places(node, words), unseen: unseen)
    case .oneHot(let words, let missingPlace):
      let width = words.count + (missingPlace ? 1 : 0)
      layouts[place] = VectorLayout(
        width: width, coded: [VectorLayout.Coded(start: 0, width: width, source: place, values: nil)])
      return .oneHot(places(node, words), missingPlace: missingPlace ? Int32(words.count) : -1)
    case .concatenate: return concatenate(place)
    case .decide(let classes, let threshold): return .decide(ClassCells(classes), threshold: threshold)
    case .element(let at): return .element(layout(node).spot(at))
    case .fill, .affine, .linear, .trees, .constant, .link: return try numbers(place)
    }
  }

  private mutating func numbers(_ place: Int) throws(GraphError) -> GraphProgram.Work {
    let node = nodes[place]
    let x = layout(node)
    if case .vector(let width) = node.output { layouts[place] = VectorLayout(width: width) }
    switch node.op {
    case .fill(let values):
      layouts[place] = x.filled(values)
      return .fill(x.dense(values))
    case .affine(let scale, let offset):
      layouts[place] = x.scaled(scale, offset)
      return .affine(scale: x.dense(scale), offset: x.dense(offset))
    case .linear(let weights, let intercepts): return .linear(LinearWeights(weights, intercepts, x))
    case .trees(let ensemble):
      guard let trees = TreeScorer(ensemble, x) else { throw GraphError(misfit: node) }
      return .trees(trees)
    case .constant(let values): return .constant(values)
    case .link(let link): return .link(link)
    default: throw GraphError(misfit: node)
    }
  }

  private func layout(_ node: Graph.Node) -> VectorLayout { layouts[node.inputs[0]] ?? VectorLayout(width: 0) }

  private mutating func places(_ node: Graph.Node, _ words: [String]) -> WordPlaces {
    let key = WordKey(input: node.inputs[0], words: WordList(words))
    if let list = lists[key] { return WordPlaces(list: list, words: nil) }
    lists[key] = lists.count
    return WordPlaces(list: lists.count - 1, words: TextSet(words))
  }

  private mutating func concatenate(_ place: Int) -> GraphProgram.Work {
    let node = nodes[place]
    layouts[place] = VectorLayout.joined(node.inputs.map { layouts[$0] })
    var parts: [ConcatenatedPart] = []
    var next = 0
    for input in node.inputs {
      switch nodes[input].output {
      case .column(let type):
        parts.append(.column(node: input, type, at: next))
        next += 1
      case .vector:
        let width = layouts[input]?.denseWidth ?? 0
        if width > 0 { parts.append(.vector(node: input, width: width, at: next)) }
        next += width
      }
    }
    return .concatenate(parts)
  }
}
