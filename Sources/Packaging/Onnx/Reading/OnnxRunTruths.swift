import Plan

// Operators whose result is a truth for each place.
extension OnnxDocument.Node {
  /// nil for an operator of another kind.
  func truth(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray? {
    switch operation {
    case "Less": try compared(x) { $0 < $1 }
    case "LessOrEqual": try compared(x) { $0 <= $1 }
    case "Equal": try equal(x)
    case "And": try joined(x) { $0 && $1 }
    case "Or": try joined(x) { $0 || $1 }
    case "Xor": try joined(x) { $0 != $1 }
    case "Not": try OnnxArray(.bools(try x.one().bools().map { !$0 }), shape: try x.one().shape)
    case "IsNaN": try OnnxArray(.bools(try x.one().doubles().map(\.isNaN)), shape: try x.one().shape)
    case "IsInf": try OnnxArray(.bools(try x.one().doubles().map(\.isInfinite)), shape: try x.one().shape)
    // any other operator is of another kind
    default: nil
    }
  }

  private func compared(_ x: [OnnxArray], _ holds: (Double, Double) -> Bool) throws(ExportFault) -> OnnxArray {
    let (a, b) = try x.two()
    let joint = try OnnxBroadcast(x)
    let (left, right) = (joint.stretched(try a.doubles(), a), joint.stretched(try b.doubles(), b))
    return try OnnxArray(.bools(zip(left, right).map(holds)), shape: joint.shape)
  }

  private func equal(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (a, b) = try x.two()
    guard case .texts(let left) = a.values else { return try compared(x) { $0 == $1 } }
    let joint = try OnnxBroadcast(x)
    let same = zip(joint.stretched(left, a), joint.stretched(try b.texts(), b)).map { $0 == $1 }
    return try OnnxArray(.bools(same), shape: joint.shape)
  }

  private func joined(_ x: [OnnxArray], _ holds: (Bool, Bool) -> Bool) throws(ExportFault) -> OnnxArray {
    let (a, b) = try x.two()
    let joint = try OnnxBroadcast(x)
    let (left, right) = (joint.stretched(try a.bools(), a), joint.stretched(try b.bools(), b))
    return try OnnxArray(.bools(zip(left, right).map(holds)), shape: joint.shape)
  }
}
