import Glibc
import Plan

// Operators whose result is a number for each place.
extension OnnxDocument.Node {
  /// nil for an operator of another kind.
  func number(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray? {
    switch operation {
    case "Add": try pair(x) { $0 + $1 }
    case "Sub": try pair(x) { $0 - $1 }
    case "Mul": try pair(x) { $0 * $1 }
    case "Div": try pair(x) { $0 / $1 }
    case "Pow": try pair(x) { pow($0, $1) }
    case "Mod": try remainder(x)
    case "Abs": try single(x) { abs($0) }
    case "Neg": try single(x) { -$0 }
    case "Floor": try single(x) { floor($0) }
    case "Ceil": try single(x) { ceil($0) }
    case "Sqrt": try single(x) { sqrt($0) }
    case "Exp": try single(x) { exp($0) }
    case "Log": try single(x) { log($0) }
    case "Sin": try single(x) { sin($0) }
    case "Cos": try single(x) { cos($0) }
    case "Tanh": try single(x) { tanh($0) }
    case "Sigmoid": try single(x) { $0 >= 0 ? 1 / (1 + exp(-$0)) : exp($0) / (1 + exp($0)) }
    case "Sign": try single(x) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    case "MatMul": try product(x)
    case "Softmax": try softmax(x)
    case "ReduceMax": try largest(x)
    // any other operator is of another kind
    default: nil
    }
  }

  private func single(_ x: [OnnxArray], _ compute: (Double) -> Double) throws(ExportFault) -> OnnxArray {
    let input = try x.one()
    return try OnnxArray(.doubles(try input.doubles().map(compute)), shape: input.shape)
  }

  private func pair(_ x: [OnnxArray], _ compute: (Double, Double) -> Double) throws(ExportFault) -> OnnxArray {
    let (a, b) = try x.two()
    let joint = try OnnxBroadcast(x)
    let (left, right) = (joint.stretched(try a.doubles(), a), joint.stretched(try b.doubles(), b))
    return try OnnxArray(.doubles(zip(left, right).map(compute)), shape: joint.shape)
  }

  /// With the sign of the dividend.
  private func remainder(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    guard try int("fmod") == 1 else { throw fault("doubles have the remainder of fmod alone") }
    return try pair(x) { fmod($0, $1) }
  }

  private func product(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (a, b) = try x.two()
    guard a.shape.count == 2, b.shape.count == 2, a.columns == b.rows,
      OnnxArray.isHeld(a.rows, b.columns)
    else {
      throw ExportFault(.unreadable("matrices of shapes \(a.shape) and \(b.shape) meet"))
    }
    let (left, right) = (try a.doubles(), try b.doubles())
    let (inner, width) = (a.columns, b.columns)
    var sums = [Double](repeating: 0, count: a.rows * width)
    for row in 0..<a.rows {
      for place in 0..<inner {
        let factor = left[row * inner + place]
        for column in 0..<width { sums[row * width + column] += factor * right[place * width + column] }
      }
    }
    return try OnnxArray(.doubles(sums), shape: [a.rows, width])
  }

  private func softmax(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let input = try x.one()
    guard try int("axis") == 1, input.shape.count == 2 else { throw ExportFault(.unreadable("not along a row")) }
    var values = try input.doubles()
    for start in stride(from: 0, to: values.count, by: max(1, input.columns)) {
      let places = start..<start + input.columns
      let peak = values[places].max() ?? 0
      let sum = values[places].reduce(0) { $0 + exp($1 - peak) }
      for place in places { values[place] = exp(values[place] - peak) / sum }
    }
    return try OnnxArray(.doubles(values), shape: input.shape)
  }

  private func largest(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (input, axes) = try x.two()
    guard try axes.ints() == [1], try int("keepdims") == 1, input.shape.count == 2, input.columns > 0 else {
      throw ExportFault(.unreadable("not along a row"))
    }
    let values = try input.doubles()
    let peaks = (0..<input.rows).map { row in
      values[row * input.columns..<(row + 1) * input.columns].reduce(-.infinity) { $0 < $1 || $1.isNaN ? $1 : $0 }
    }
    return try OnnxArray(.doubles(peaks), shape: [input.rows, 1])
  }
}
