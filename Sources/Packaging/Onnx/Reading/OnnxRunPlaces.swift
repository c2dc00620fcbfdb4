import Notation
import Plan

// Operators that choose, change or move values of any type.
extension OnnxDocument.Node {
  func arranged(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    switch operation {
    case "Identity": return try x.one()
    case "Where": return try chosen(x)
    case "Cast": return try cast(try x.one())
    case "StringConcat": return try joinedTexts(x)
    case "Concat": return try int("axis") == 0 ? strung(x) : besides(x)
    case "Gather": return try int("axis") == 0 ? listed(x) : places(x)
    case "ArgMax": return try greatest(try x.one())
    case "Shape": return try lengths(try x.one())
    case "Expand": return try expanded(x)
    case "Reshape": return try flat(x)
    // any other operator is none that the exports have
    default: throw ExportFault(.unreadable("the operator \(operation) is not known"))
    }
  }

  private func chosen(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    guard x.count == 3 else { throw ExportFault(.unreadable("\(x.count) inputs in place of three")) }
    let joint = try OnnxBroadcast(x)
    let truths = joint.stretched(try x[0].bools(), x[0])
    func pick<Value>(_ a: [Value], _ b: [Value]) -> [Value] {
      let (left, right) = (joint.stretched(a, x[1]), joint.stretched(b, x[2]))
      return truths.indices.map { truths[$0] ? left[$0] : right[$0] }
    }
    if case .texts(let texts) = x[1].values {
      return try OnnxArray(.texts(pick(texts, try x[2].texts())), shape: joint.shape)
    }
    return try OnnxArray(.doubles(pick(try x[1].doubles(), try x[2].doubles())), shape: joint.shape)
  }

  private func cast(_ x: OnnxArray) throws(ExportFault) -> OnnxArray {
    let values: OnnxArray.Values
    switch (x.values, try int("to")) {
    case (.bools(let truths), 11): values = .doubles(truths.map { $0 ? 1 : 0 })
    case (.bools(let truths), 7): values = .ints(truths.map { $0 ? 1 : 0 })
    case (.doubles(let numbers), 7): values = .ints(numbers.map { Int64(exactly: $0.rounded(.towardZero)) ?? .min })
    case (.ints(let numbers), 8): values = .texts(numbers.map { Array("\($0)".utf8) })
    // any other pair is none that the exports have
    default: throw ExportFault(.unreadable("no such conversion"))
    }
    return try OnnxArray(values, shape: x.shape)
  }

  private func joinedTexts(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (a, b) = try x.two()
    let joint = try OnnxBroadcast(x)
    let (left, right) = (joint.stretched(try a.texts(), a), joint.stretched(try b.texts(), b))
    return try OnnxArray(.texts(zip(left, right).map { $0 + $1 }), shape: joint.shape)
  }

  /// Lists of whole numbers one after the other.
  private func strung(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    var all: [Int64] = []
    for part in x { all += try part.ints() }
    return try OnnxArray(.ints(all), shape: [all.count])
  }

  /// Matrices of doubles side by side.
  private func besides(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let rows = x.first?.rows ?? 0
    guard x.allSatisfy({ $0.shape.count == 2 && $0.rows == rows }) else {
      throw ExportFault(.unreadable("parts of shapes \(x.map(\.shape)) stand side by side"))
    }
    var parts: [(values: [Double], width: Int)] = []
    for part in x { parts.append((try part.doubles(), part.columns)) }
    var all: [Double] = []
    all.reserveCapacity(parts.reduce(0) { $0 + $1.values.count })
    for row in 0..<rows {
      for part in parts { all.append(contentsOf: part.values[row * part.width..<(row + 1) * part.width]) }
    }
    return try OnnxArray(.doubles(all), shape: [rows, parts.reduce(0) { $0 + $1.width }])
  }

  /// The elements of a list that a tensor of places names.
  private func listed(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (list, wanted) = try x.two()
    let places = try wanted.ints()
    guard list.shape.count == 1, places.allSatisfy({ $0 >= 0 && $0 < list.count }) else {
      throw ExportFault(.unreadable("a place outside of the list"))
    }
    func pick<Value>(_ values: [Value]) -> [Value] { places.map { values[Int($0)] } }
    let values: OnnxArray.Values =
      switch list.values {
      case .doubles(let values): .doubles(pick(values))
      case .ints(let values): .ints(pick(values))
      case .bytes(let values): .bytes(pick(values))
      case .texts(let values): .texts(pick(values))
      case .bools(let values): .bools(pick(values))
      }
    return try OnnxArray(values, shape: wanted.shape)
  }

  /// Columns of a matrix of doubles.
  private func places(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (matrix, wanted) = try x.two()
    let (values, places) = (try matrix.doubles(), try wanted.ints())
    guard matrix.shape.count == 2, wanted.shape.count == 1, try int("axis") == 1,
      places.allSatisfy({ $0 >= 0 && $0 < matrix.columns })
    else { throw ExportFault(.unreadable("a place outside of the row")) }
    let picked = (0..<matrix.rows).flatMap { row in places.map { values[row * matrix.columns + Int($0)] } }
    return try OnnxArray(.doubles(picked), shape: [matrix.rows, places.count])
  }

  /// The place of the first of the largest in each row.
  private func greatest(_ x: OnnxArray) throws(ExportFault) -> OnnxArray {
    let values = try x.doubles()
    guard try int("axis") == 1, try int("keepdims") == 1, x.shape.count == 2, x.columns > 0 else {
      throw ExportFault(.unreadable("not along a row"))
    }
    let places = (0..<x.rows).map { row -> Int64 in
      var best = 0
      for place in 1..<x.columns where values[row * x.columns + place] > values[row * x.columns + best] { best = place }
      return Int64(best)
    }
    return try OnnxArray(.ints(places), shape: [x.rows, 1])
  }

  private func lengths(_ x: OnnxArray) throws(ExportFault) -> OnnxArray {
    let (start, end) = (try int("start"), try int("end"))
    guard 0 <= start, start <= end, end <= x.shape.count else { throw ExportFault(.unreadable("no such dimension")) }
    let lengths = x.shape[Int(start)..<Int(end)].map(Int64.init)
    return try OnnxArray(.ints(lengths), shape: [lengths.count])
  }

  private func expanded(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (input, lengths) = try x.two()
    let shape = try lengths.ints().map { Int($0) }
    guard shape.count == 2, shape.allSatisfy({ $0 >= 0 }), OnnxArray.isHeld(shape[0], shape[1]) else {
      throw ExportFault(.unreadable("the shape \(shape)"))
    }
    let like = try OnnxArray(.bytes([UInt8](repeating: 0, count: shape[0] * shape[1])), shape: shape)
    let joint = try OnnxBroadcast([input, like])
    let values: OnnxArray.Values =
      switch input.values {
      case .doubles(let values): .doubles(joint.stretched(values, input))
      case .ints(let values): .ints(joint.stretched(values, input))
      case .bytes(let values): .bytes(joint.stretched(values, input))
      case .texts(let values): .texts(joint.stretched(values, input))
      case .bools(let values): .bools(joint.stretched(values, input))
      }
    return try OnnxArray(values, shape: joint.shape)
  }

  private func flat(_ x: [OnnxArray]) throws(ExportFault) -> OnnxArray {
    let (input, shape) = try x.two()
    guard try shape.ints() == [-1] else { throw ExportFault(.unreadable("a shape other than a list")) }
    return try OnnxArray(input.values, shape: [input.count])
  }
}
