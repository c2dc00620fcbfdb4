import Tables
import Testing

@testable import Serving

private let schema = InputSchema(ChurnModel())

private func decode(_ body: String) throws(RequestProblem) -> InferenceRequest {
  try TensorBody.decode(Array(body.utf8), schema)
}

private func tensor(_ name: String, _ type: String, _ shape: String, _ data: String) -> String {
  #"{"name":"\#(name)","datatype":"\#(type)","shape":\#(shape),"data":\#(data)}"#
}

private func inputs(_ tensors: String...) -> String { "{\"inputs\":[\(tensors.joined(separator: ","))]}" }

@Suite struct TensorBodyTests {
  @Test func tensorsBecomeRows() throws {
    let request = try decode(
      inputs(tensor("plan", "BYTES", "[2]", #"["gold",null]"#), tensor("age", "INT32", "[2,1]", "[[1],[2]]")))
    #expect(request.rows.map { $0[2] } == [.text("gold"), .missing])
    #expect(request.rows.map { $0[0] } == [.int(1), .int(2)])
    #expect(request.notes(1).count == 4)
  }

  @Test func idOutputsAndParametersAreUnderstood() throws {
    let request = try decode(
      #"{"id":"q1","parameters":{"x":[1]},"inputs":[{"name":"age","datatype":"INT64","shape":[1],"data":[1],"#
        + #""parameters":{"y":1}}],"outputs":[{"name":"probabilities"}]}"#)
    #expect(request.id == "q1")
    #expect(request.outputs == [.probabilities])
  }

  @Test(arguments: [
    ("{}", "wrong-body"), ("[]", "wrong-body"), (#"{"inputs":[{}]}"#, "wrong-body"),
    (inputs(tensor("age", "INT64", "[2]", "[1]")), "wrong-shape"),
    (inputs(tensor("age", "INT64", "[1,2]", "[1,2]")), "wrong-shape"),
    (inputs(tensor("age", "INT64", "[-1]", "[]")), "wrong-shape"),
    (inputs(tensor("age", "INT64", "[1e30]", "[1]")), "wrong-shape"),
    (inputs(tensor("age", "INT64", "[9223372036854775807]", "[1]")), "too-many-rows"),
    (inputs(tensor("age", "COMPLEX", "[1]", "[1]")), "wrong-body"),
    (inputs(tensor("age", "BYTES", "[1]", #"["1"]"#)), "wrong-type"),
    (inputs(tensor("age", "FP64", "[1]", "[1.5]")), "wrong-type"),
    (inputs(tensor("plan", "BYTES", "[1]", "[1]")), "wrong-type"),
    (inputs(tensor("plan", "INT64", "[1]", "[1]")), "wrong-type"),
    (inputs(tensor("who", "INT64", "[1]", "[1]")), "unknown-column"),
    (inputs(tensor("age", "INT64", "[1]", "[1]"), tensor("age", "INT64", "[1]", "[1]")), "wrong-body"),
    (inputs(tensor("age", "INT64", "[1]", "[1]"), tensor("spend", "FP32", "[2]", "[1,2]")), "wrong-shape"),
    (#"{"inputs":[],"outputs":[{"name":"z"}]}"#, "unknown-output"), (#"{"inputs":[],"id":7}"#, "wrong-body"),
  ])
  func badTensorsAreRefused(body: String, code: String) {
    do throws(RequestProblem) {
      _ = try decode(body)
      Issue.record("decoded \(body)")
    } catch {
      #expect(error.code == code)
    }
  }
}
