import Expressions
import Packaging
import Scoring
import Testing

/// Every cell of the matrix (operators and functions) × ONNX: onnxruntime answers as the prompt does, to 1e-9.
///
/// The judge runs in the Python that MLP_JUDGE_PYTHON names (with onnx, onnxruntime and numpy).
@Suite struct OnnxParityTests {
  static let heldFunctions = Function.allCases.filter { OnnxTarget.support($0).isHeld }
  static let heldOperators = OperatorKind.allCases.filter { OnnxTarget.support($0).isHeld }

  /// One run of the judge over all cells: starting it costs a second.
  static let verdicts = Result {
    try OnnxJudge.verdicts(
      heldFunctions.flatMap(FunctionCases.cases) + heldOperators.flatMap(OperatorCases.cases) + RandomGraphs.cases)
  }

  @Test(.enabled(if: OnnxJudge.python != nil, "MLP_JUDGE_PYTHON is not set"), arguments: heldFunctions)
  func runtimeAgreesOnFunction(function: Function) throws {
    try expectAgreement(FunctionCases.cases(function))
  }

  @Test(.enabled(if: OnnxJudge.python != nil, "MLP_JUDGE_PYTHON is not set"), arguments: heldOperators)
  func runtimeAgreesOnOperator(kind: OperatorKind) throws {
    try expectAgreement(OperatorCases.cases(kind))
  }

  @Test(.enabled(if: OnnxJudge.python != nil, "MLP_JUDGE_PYTHON is not set"))
  func runtimeAgreesOnRandomGraphs() throws {
    try expectAgreement(RandomGraphs.cases)
  }

  @Test func theJudgeIsThereWhereItIsRequired() {
    #expect(OnnxJudge.python != nil || !OnnxJudge.isRequired, "set MLP_JUDGE_PYTHON to a Python with onnxruntime")
  }

  private func expectAgreement(_ cases: [OnnxCase]) throws {
    let verdicts = try Self.verdicts.get()
    #expect(!cases.isEmpty)
    for item in cases {
      let verdict = verdicts[item.name] ?? "no verdict"
      let difference = verdict.split(separator: " ").first.flatMap { Double($0) } ?? .infinity
      #expect(difference <= OnnxJudge.tolerance, "\(item.name): \(verdict)")
    }
  }
}

extension Support {
  var isHeld: Bool { if case .none = self { false } else { true } }
}
