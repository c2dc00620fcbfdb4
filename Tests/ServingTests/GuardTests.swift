import Expressions
import Notation
import Scoring
import Tables
import Testing

@testable import Serving

/// Twice `x`, for rows of which `x` is not negative and `y`, where there is one, at most 9.
private func model() throws -> GraphModel {
  var builder = GraphBuilder()
  let x = builder.input("x", .float)
  let y = builder.input("y", .float)
  func breaks(_ condition: Expression, _ ports: [String: ColumnPort]) throws -> Int {
    let holds = Expression.call(.coalesce, [condition, .literal(.bool(true))])
    let port = builder.expression(.call(.not, [holds]), ports)
    return try #require(port).node
  }
  let low = try breaks(.call(.greaterOrEqual, [.column("x", .float), .literal(.float(0))]), ["x": x])
  let high = try breaks(.call(.lessOrEqual, [.column("y", .float), .literal(.float(9))]), ["y": y])
  let twice = builder.expression(.call(.multiply, [.column("x", .float), .literal(.float(2))]), ["x": x])
  let graph = builder.graph(
    prediction: try #require(twice), probabilities: nil, classes: [],
    flags: [
      Graph.Flag(name: "x >= 0", node: low, isGuard: true), Graph.Flag(name: "y <= 9", node: high, isGuard: true),
    ])
  return try GraphModel(name: "m", version: "1", label: "z", graph: graph.pruned())
}

private func ask(_ path: String, _ body: String) throws -> (status: Int, json: JSONValue, error: String?) {
  let (answer, record) = Responder(try model()).respond(Call(method: "POST", path: path, body: Array(body.utf8)))
  return (answer.status, try JSONValue(parsing: answer.body), record.error)
}

@Suite struct GuardTests {
  @Test func rowsThatKeepToTheRulesAreAnswered() throws {
    let one = try ask("/v1/predict", #"{"x":2,"y":9}"#)
    #expect(one.status == 200 && one.json["prediction"] == .double(4))
    // A rule that is missing passes.
    #expect(try ask("/v1/predict", #"{"x":2,"y":null}"#).status == 200)
  }

  @Test func aBrokenRuleIsToldAndNothingIsAnswered() throws {
    let (status, json, error) = try ask("/v1/predict", #"{"x":-1,"y":1}"#)
    #expect(status == 422 && error == "guard-failed")
    #expect(json["error"]?["code"] == .string("guard-failed"))
    #expect(json["error"]?["message"] == .string("`x >= 0` does not hold"))
    #expect(json["error"]?["field"] == .string("x") && json["error"]?["row"] == nil && json["prediction"] == nil)
  }

  @Test func theFirstRowOfSeveralIsNamedWithAllItsRules() throws {
    let (status, json, _) = try ask("/v1/predict", #"[{"x":1,"y":1},{"x":-1,"y":10},{"x":-2,"y":1}]"#)
    #expect(status == 422)
    #expect(json["error"]?["message"] == .string("`x >= 0` and `y <= 9` do not hold"))
    #expect(json["error"]?["row"] == .int(1) && json["error"]?["field"] == nil)
  }

  @Test func theInferenceProtocolRefusesToo() throws {
    let body =
      #"{"inputs":[{"name":"x","shape":[2],"datatype":"FP64","data":[1,2]},{"name":"y","shape":[2],"datatype":"FP64","data":[1,99]}]}"#
    let (status, json, _) = try ask("/v2/models/m/infer", body)
    #expect(
      status == 422
        && json["error"] == .string("row 1: `y <= 9` does not hold; the model answers rows that keep to its rules"))
  }
}
