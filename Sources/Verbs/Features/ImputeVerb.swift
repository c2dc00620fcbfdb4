import Descriptions
import Diagnostics
import Interpreter
import Plan
import Training

/// `impute age = median, plan = mode`
enum ImputeVerb: Verb {
  static let flag = Parameter<Bool>(
    "flag", "Add a bool column NAME_missing that says where cells were missing", default: false)
  static let by = Parameter<[String]>(
    "by", "Columns whose rows of equal values are a group with a statistic, or a last value, of its own",
    otherwise: "all rows are one group", meaning: .column)
  static let from = Parameter<[String]>(
    "from", "Number columns that `knn` compares rows by and `iterative` makes its equations of",
    otherwise: "all number columns but the label", meaning: .column)
  static let words = ["mean", "median", "mode", "knn", "iterative", "forward"]

  static let description = Description(
    name: "impute", summary: "Fill missing cells", group: "Features", signature: "Table → Table · Split → Split",
    details: [
      "`mean`, `median` and `mode` are statistics of the training part, wherever the stage stands; a value in quotes or a number fills as it is. A mean or median of whole numbers is a float. With `by:` they are those of the row's group, and those of all rows where the group has no value, was not there in training, or is missing itself.",
      "`knn(5)` takes the mean of the five nearest rows that have the cell. Near is by the number columns that both rows have, so columns of one scale are compared fairly: `scale` them before. `iterative` learns an equation for each column from the others, round after round, at most ten or `iterative(max_iter: 20)`. Both give what scikit-learn's KNNImputer and IterativeImputer give, and keep in the model what they learned: the rows themselves for `knn`.",
      "`forward` takes the last value before, so it needs an order: `order: day`, or `order: rows` for the rows as they stand. It reads other rows and stands before `split`.",
      "What was filled is shown with mean and standard deviation before and after. An explicit column beats a selector: `impute numeric() = median, age = 0`.",
    ],
    positionals: [
      Positional("column = method", .method(words), "columns and how to fill them", minimum: 1, maximum: nil)
    ],
    parameters: [flag, by, from, WindowOptions.order],
    examples: [
      Example("by type", "load penguins\nimpute numeric() = median, sex = mode\nschema"),
      Example("with a flag", "load titanic\nimpute age = median, flag: true\nshow"),
      Example("of the same group", "load titanic\nimpute age = median, by: [sex, class]\nshow"),
      Example("from the nearest rows", "load penguins\nimpute numeric() = knn(5)\nshow"),
      Example(
        "by equations", "load penguins\nimpute body_mass_g = iterative, from: [bill_length_mm, flipper_length_mm]\nshow"
      ),
      Example("from the row above", "load penguins\nimpute sex = forward, by: species, order: rows\nshow"),
    ],
    otherNames: ["fillna", "fill_null", "SimpleImputer", "KNNImputer", "IterativeImputer"],
    otherOptions: [
      "group": "by", "groups": "by", "groupby": "by", "impute_with": "from", "sort": "order", "order_by": "order",
      "add_indicator": "flag",
    ],
    references: [
      "Dixon 1979, Pattern recognition with partly missing data (the distance of rows with missing cells)",
      "van Buuren & Groothuis-Oudshoorn 2011, mice: Multivariate Imputation by Chained Equations in R",
      "Tipping 2001, Sparse Bayesian learning and the relevance vector machine (the ridge regression of each equation)",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema,
      let uses = call.methods(words, allowsValues: true, usual: .numeric, in: schema, &sink),
      let request = ImputeRequest(uses, call, schema, &sink)
    else { return nil }
    if request.forward.isEmpty {
      return .recording(request.steps, ranges: request.ranges, on: subject, call, &sink, tell: ImputeDisplay.displays)
    }
    return plan(request, on: subject, call, &sink)
  }

  /// Filling from above changes the table as a whole; what else the stage fills is recorded after it.
  private static func plan(
    _ request: ImputeRequest, on subject: ValueType, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) -> PlannedStage? {
    guard case .table(let schema) = subject else {
      sink.report(
        .wrongSubject, "'impute … = forward' reads the row above, which is in another part", at: call.range,
        label: "put it before `split`")
      return nil
    }
    guard let order = request.order(&sink) else { return nil }
    let transform = ForwardFill(request.forward, order: order, by: request.groups)
    let filled: RelationSchema
    do throws(EngineError) {
      filled = try transform.result(schema)
    } catch {
      sink.report(error, at: call.range)
      return nil
    }
    let others = request.steps
    guard
      let rest = PlannedStage.recording(
        others, ranges: request.ranges, on: .table(filled), call, &sink, tell: ImputeDisplay.displays)
    else { return nil }
    return PlannedStage(result: rest.result) { value, context throws(EngineError) in
      guard case .table(let relation)? = value else { throw EngineError(.subject(.wrong(.table))) }
      let next = try Relation(relation, transformedBy: transform)
      let (settled, collected) = try next.settled(context)
      let said = StageNotes.displays(collected.notes)
      if others.isEmpty { return Outcome(.table(settled), said) }
      let outcome = try rest.run(.table(settled), context)
      return Outcome(outcome.value, said + outcome.displays)
    }
  }
}
