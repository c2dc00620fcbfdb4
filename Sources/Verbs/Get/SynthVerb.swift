import Descriptions
import Diagnostics
import Interpreter
import Language
import Notation
import Plan
import Synthesis
import Tables

/// `synth 1000, like: customers`
enum SynthVerb: Verb {
  static let like = Parameter<RawValue>(
    "like", "A table, a file in quotes, a built-in set or a saved profile, which the rows are made after",
    otherwise: "none")
  static let of = Parameter<RawValue>(
    "of", "For each column what its cells are drawn from", otherwise: "no columns of their own")
  static let by = Parameter<String>(
    "by", "Of like, a column whose classes have distributions and correlations of their own",
    otherwise: "the label, where it is one of classes")
  static let condition = Parameter<RawValue>(
    "where", "A condition that each row meets, or a list of such", otherwise: "none", meaning: .condition)
  static let given = Parameter<RawValue>(
    "given", "Of like, columns that have one value in all rows: the others are as they are in such rows",
    otherwise: "none")
  static let near = Parameter<NearRows>(
    "near", "Of like, what becomes of made rows that are nearer to a real one than real ones are to each other",
    default: .refuse)
  static let seed = Parameter<Int>("seed", "Makes the same rows again", otherwise: "the session's seed", .atLeast(0))

  enum NearRows: String, ChoiceValue { case refuse, allow }

  static let description = Description(
    name: "synth", summary: "Make rows: like those of a table, from distributions, or a set by its name", group: "Get",
    signature: "→ Table",
    details: [
      "`like: TABLE` learns how each column is distributed and how columns hang together (a Gaussian copula), and makes other rows: numbers, dates and moments from smoothed quantiles within their range and to their decimals, texts of few values and bools by their shares, texts that tell rows apart as others of the same form. Texts of fewer than \(CopulaModel.leastCount) rows are left out. Gaps come as often and together as in the table, and each class of the label has distributions of its own. `profile save: \"x.profile.json\"` keeps what was learned, and `like: \"x.profile.json\"` makes rows of that alone.",
      "Two reports are shown. Quality: for each column how far the made values are from the real ones (0 to 1), and how far correlations are. Privacy: how near made rows are to a real one, beside how near real rows are to each other, and the share of copies. A row is as far from another as the mean over its columns of the difference of numbers by their range, 1 for another text or a gap. A made row that is a copy of a row which stands alone, or nearer to one than real rows are to each other at the 1st percentile, is made anew (`near: allow` keeps it).",
      "A confidential or restricted column is made of smoothed numbers or other letters and digits alone, never of its texts. It keeps its level, behind the mask `synthesise`: what is left shows how its values are distributed, and no model may learn from it.",
      "`where: start <= end` tries rows until as many as asked for meet it. `given: {sex: \"female\"}` makes rows of which that is true, without trying.",
      "`of: {age: normal(40, 12), plan: choice([\"a\", \"b\"], [0.8, 0.2])}` draws each column for itself: "
        + DistributionForm.all.map { "`\($0.signature)` \($0.summary)" }.joined(separator: ", ")
        + ". Another value is that of all rows, and `missing: 0.1` in a call leaves that share of the cells out.",
      "By name: \(ShapeForm.names.map { "`\($0)`" }.joined(separator: ", ")); `help moons` tells the options.",
    ],
    positionals: [
      Positional("rows", .scalar, "how many rows", minimum: 1),
      Positional("set", .word(ShapeForm.names), "a set that is made by its name"),
    ],
    parameters: [like, of, by, condition, given, near, seed],
    examples: [
      Example("like a table", "load titanic\nlabel survived\nas real\nsynth 500, like: real, seed: 7\nshow rows: 5"),
      Example(
        "of a profile alone",
        "load penguins\nprofile save: \"penguins.profile.json\"\nsynth 200, like: \"penguins.profile.json\", seed: 7\nshow rows: 5"
      ),
      Example(
        "from distributions",
        "synth 1000, of: {id: sequence(), name: fake_name(), age: integers(18, 90), joined: dates(@2020-01-01, @2025-12-31), spend: lognormal(3, 1, missing: 0.1), plan: choice([\"basic\", \"gold\"], [0.8, 0.2])}, seed: 7\nprofile"
      ),
      Example(
        "with a condition, and a value that is given",
        "synth 100, like: seattle_weather, where: temp_min <= temp_max, given: {weather: \"rain\"}, seed: 7\nshow rows: 5"
      ),
    ],
    otherNames: ["synthesize", "synthesise", "generate", "make", "fake", "sdv", "simulate"],
    otherOptions: [
      "conditions": "given", "constraints": "where", "filter": "where", "distributions": "of", "columns": "of",
      "label": "by", "target": "by", "class": "by",
    ].merging(SeedWords.otherOptions) { own, _ in own },
    references: [
      "Nelsen, An Introduction to Copulas (2006)",
      "Patki, Wedge & Veeramachaneni, The Synthetic Data Vault (2016)",
      "Gower, A general coefficient of similarity and some of its properties (1971)",
    ])
  static let subjects: Set<SubjectKind> = [.nothing]

  static func companions(of arguments: [Argument]) -> [Description] {
    let names = arguments.compactMap { argument -> String? in
      if case .positional(let value) = argument.kind, case .name(let name) = value.kind { name } else { nil }
    }
    return names.compactMap { ShapeForm.named($0)?.description }
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let rows = rows(call, &sink) else { return nil }
    let isLike = call.optionExpressions[like.name] != nil
    let isOf = call.optionExpressions[of.name] != nil
    let set = call.positionals.count > 1 ? call.positionals[1] : nil
    let ways = [isLike, isOf, set != nil].count(where: \.self)
    guard ways == 1 else {
      sink.report(
        ways == 0 ? .missingArgument : .badOption,
        ways == 0 ? "'synth' needs to know what to make" : "'synth' makes one kind of rows at a time", at: call.range,
        help: [
          "synth \(rows), like: TABLE", "synth \(rows), of: {age: normal(40, 12)}",
          "synth \(rows), \(ShapeForm.names.joined(separator: "|"))",
        ])
      return nil
    }
    if !isLike {
      for option in [by.name, given.name, near.name] where call.optionRanges[option] != nil {
        sink.report(.badOption, "'\(option)' is for rows that are like others", at: call.optionRanges[option])
        return nil
      }
    }
    if let set { return SynthByName.plan(set, rows, call, &sink) }
    return isOf ? SynthByName.plan(columns: rows, call, &sink) : SynthLike.plan(rows, call, &sink)
  }

  private static func rows(_ call: VerbCall, _ sink: inout DiagnosticSink) -> Int? {
    guard let written = call.positionals.first, case .known(let scalar) = written.scalar(call.scope, &sink) else {
      return nil
    }
    guard case .cell(.int(let rows)) = scalar, rows > 0, let count = Int(exactly: rows), count <= 1 << 40 else {
      sink.report(.outOfBounds, "'synth' takes a whole number of rows above 0, not \(scalar)", at: written.range)
      return nil
    }
    return count
  }
}
