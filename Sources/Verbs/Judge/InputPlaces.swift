import Interpreter
import Plan
import Scoring
import Tables

/// Where among the recorded steps of some rows the cells stand that a model takes.
struct InputPlaces {
  /// One of the model's inputs: the column that the first `count` steps left under a name.
  struct Place {
    let input: String
    let count: Int
    let name: String
    /// The words of the steps that made it and that the model does not contain; empty where there are none.
    let makers: String
  }

  let places: [Place]

  /// Of rows that had the columns `raw` before the steps; `before` are the steps from before the cut. Throws `wrong-type` for a column
  /// of which the cells that the model takes cannot be told.
  init(_ steps: [Step], before: [Step], raw: [String], for model: Model) throws(EngineError) {
    let trace = InputTrace(steps, raw: raw, contained: model.inputs.steps ?? [])
    var places: [Place] = []
    for input in model.graph.inputs.map(\.name) {
      switch trace.place(of: input) {
      case .absent: continue
      case .mixed(let contained, let other): throw Self.mixed(input, contained, other)
      case .found(let count, let name):
        if let step = before.first(where: { $0.changed(input, among: trace.uncontained) }) {
          throw Self.mixed(input, step.words, nil)
        }
        let makers = trace.others(making: input)
        if model.inputs.steps == nil, !makers.isEmpty {
          throw EngineError(.inputs(.stepsUnknown(input: input, steps: makers)))
        }
        places.append(
          Place(
            input: input, count: count, name: name, makers: makers.map { "`\($0)`" }.joined(separator: ", ")))
      }
    }
    self.places = places
  }

  private static func mixed(_ input: String, _ contained: String, _ other: String?) -> EngineError {
    EngineError(.inputs(.overwritten(input: input, by: other, after: contained)))
  }

  /// Columns of the rows as they came that are shown and of which no input is made.
  func others(_ raw: [String], shown: [String]) -> [String] {
    let (taken, there) = (Set(places.flatMap { [$0.input, $0.name] }), Set(shown))
    return raw.filter { there.contains($0) && !taken.contains($0) }
  }

  /// What there is to say of the inputs that were found.
  func notes(_ found: Set<String>) -> [String] {
    var others: [(words: String, inputs: [String])] = []
    for place in places where found.contains(place.input) && !place.makers.isEmpty {
      if let known = others.firstIndex(where: { $0.words == place.makers }) {
        others[known].inputs.append(place.input)
      } else {
        others.append((place.makers, [place.input]))
      }
    }
    return others.map { "\(InputMatch.listed($0.inputs)) as made by \($0.words), which the model does not contain" }
  }
}

extension Step {
  /// Whether it changed a column from before the cut that the model, which takes the column raw and has the step, changes again.
  fileprivate func changed(_ column: String, among keys: Set<StepKey>) -> Bool {
    if case .feature(let feature) = self { feature.writes.contains(column) && keys.contains(key) } else { false }
  }
}

extension Relation {
  /// Every step that was recorded before the cut.
  var stepsBeforeCut: [Step] {
    guard case .transformed(let previous, _) = origin else { return [] }
    return previous.stepsBeforeCut + previous.recipe.steps
  }
}
