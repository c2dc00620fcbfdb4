import Notation
import Tables

/// A decision tree as it is read: each node before those below it, perhaps only the first levels, and then it says so.
public struct TreeDisplay: Sendable, Equatable {
  public struct Node: Sendable, Equatable {
    /// How rows come here from the node above: `age <= 9.5`; nil of the root.
    public var rule: String?
    /// Rules between the root and here.
    public var depth: Int
    /// How many rows of the training came here; nil where that is not known.
    public var rows: Int?
    public var answer: Cell
    /// The share of the answer among the classes here, as the leaves below hold it; nil of a number.
    public var share: Double?
    /// The place of the answer among the classes; 0 of a number.
    public var series: Int
    public var isLeaf: Bool
    /// How many nodes below are left out.
    public var omitted: Int

    public init(
      rule: String?, depth: Int, rows: Int?, answer: Cell, share: Double?, series: Int = 0, isLeaf: Bool,
      omitted: Int = 0
    ) {
      self.rule = rule
      self.depth = depth
      self.rows = rows
      self.answer = answer
      self.share = share
      self.series = series
      self.isLeaf = isLeaf
      self.omitted = omitted
    }
  }

  public var title: String?
  /// Of two nodes of one parent the one that holds where the rule does stands first.
  public var nodes: [Node]
  public var totalNodes: Int
  public var totalLeaves: Int

  public init(title: String? = nil, nodes: [Node], totalNodes: Int, totalLeaves: Int) {
    self.title = title
    self.nodes = nodes
    self.totalNodes = totalNodes
    self.totalLeaves = totalLeaves
  }

  /// `9 nodes, 5 leaves`, and how many of them are shown.
  var summary: String {
    let size = "\(counted(totalNodes, "node")), \(totalLeaves) \(totalLeaves == 1 ? "leaf" : "leaves")"
    let hidden = totalNodes - nodes.count
    return hidden > 0 ? "\(size); \(counted(hidden, "node")) below the shown levels left out" : size
  }
}

extension TreeDisplay.Node {
  var ruleText: String { rule.map { SafeText.escaped($0) } ?? "all rows" }

  /// A class by its name, a number with four digits; empty where it is not known.
  var answerText: String { answer == .missing ? "" : plotLabel(answer) }

  /// `94.2%`; empty of a number.
  var shareText: String { share.map { NumberText.of($0, .percent(decimals: 1)) } ?? "" }

  /// `151 rows, Adelie 94.2%`
  var figures: String {
    [rows.map { counted($0, "row") }, [answerText, shareText].filter { !$0.isEmpty }.joined(separator: " ")]
      .compactMap { $0 }.joined(separator: ", ")
  }
}
