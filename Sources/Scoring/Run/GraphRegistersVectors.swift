import Expressions

extension GraphRegisters {
  /// Runs a step that gives a vector.
  func runVector(_ step: GraphProgram.Step, _ rows: Int) {
    guard let out = vectors[step.node] else { return }
    switch step.work {
    case .concatenate(let parts): concatenate(parts, rows, out)
    case .oneHot(let places, let missingPlace): oneHot(step, places, missingPlace, rows, out)
    case .constant(let values):
      for row in 0..<rows {
        for place in values.indices { out.dense[row * values.count + place] = values[place] }
      }
    default:
      guard let x = vectors[step.inputs[0]] else { return }
      runNumbers(step, x, rows, out)
    }
  }

  private func runNumbers(_ step: GraphProgram.Step, _ x: VectorRows, _ rows: Int, _ out: VectorRows) {
    switch step.work {
    case .fill(let values): VectorOperators.fill(x.dense, values, rows, out.dense)
    case .affine(let scale, let offset): VectorOperators.affine(x.dense, scale, offset, rows, out.dense)
    case .linear(let weights): VectorOperators.linear(x, weights, rows, out.dense)
    case .trees(let scorer):
      if let scratch = trees[step.node] { scorer.score(x, rows: rows, scratch, into: out.dense) }
    case .link(let link): self.link(step, link, x, rows, out)
    default: break
    }
  }

  private func link(_ step: GraphProgram.Step, _ link: Link, _ x: VectorRows, _ rows: Int, _ out: VectorRows) {
    guard case .vector(let width) = program.outputs[step.inputs[0]] else { return }
    guard !x.codes.isEmpty else {
      VectorOperators.link(link, x.dense, width: width, rows, out.dense)
      return
    }
    for row in 0..<rows {
      VectorOperators.link(
        link, whole(row, of: step.inputs[0], x), width: width, 1, out.dense + row * out.stride)
    }
  }

  private func concatenate(_ parts: [ConcatenatedPart], _ rows: Int, _ out: VectorRows) {
    for part in parts {
      switch part {
      case .column(let node, let type, let place):
        VectorOperators.place(columns[node], type, rows, out.dense + place, stride: out.stride)
      case .vector(let node, let width, let place):
        guard let vector = vectors[node] else { continue }
        VectorOperators.place(vector.dense, width: width, rows, out.dense + place, stride: out.stride)
      }
    }
  }

  private func oneHot(
    _ step: GraphProgram.Step, _ places: WordPlaces, _ missingPlace: Int32, _ rows: Int, _ out: VectorRows
  ) {
    let found = found(places, columns[step.inputs[0]], rows)
    guard let codes = out.codes.first else { return }
    for row in 0..<rows { codes[row] = found[row] == WordPlaces.missing ? missingPlace : found[row] }
  }
}
