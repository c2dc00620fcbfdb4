import Expressions
import Scoring
import Tables

/// A graph of one expression with so many calls within calls.
func deepGraph(_ depth: Int) -> Graph {
  var builder = GraphBuilder()
  var expression = Expression.column("x", .float)
  for _ in 0..<depth { expression = .call(.negate, [expression]) }
  let x = builder.input("x", .float)
  let answer = builder.expression(expression, ["x": x]) ?? x
  return builder.graph(prediction: answer, probabilities: nil, classes: [])
}
