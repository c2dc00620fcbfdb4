import Diagnostics
import Interpreter
import Testing

@testable import Verbs

/// What is told of groups, pivots and functions of the rows around before anything runs.
struct GroupVerbTests {
  @Test(
    arguments: [
      ("group by: sexx, n = count()", DiagnosticCode.unknownColumn), ("group by: sex, n = count(agee)", .unknownColumn),
      ("group by: sex, m = mean(island)", .wrongType), ("group by: sex, year", .missingArgument),
      ("group by: sex", .missingArgument), ("group by: sex, mean(year)", .missingArgument),
      ("group by: sex, y = year", .wrongType), ("group by: sex, y = mean(year) - year", .wrongType),
      ("group by: sex, m = mean(year - mean(year))", .unsupported), ("group by: sex, sex = count()", .duplicateName),
      ("group by: sex, n = count(), n = sum(year)", .duplicateName),
      ("group by: sex, n = count(), m = mean(n)", .wrongType), ("group by: sex, p = first(lag(year))", .unsupported),
      ("group by: sex, n = count()\nfilter year > 2007", .unknownColumn),
      ("impute body_mass_g = mean\ngroup by: sex, m = mean(body_mass_g)", .fittedTooEarly),
      ("impute sex = mode\ngroup by: sex, n = count()", .fittedTooEarly),
      ("label sex\nsplit\ngroup by: island, n = count()", .wrongSubject),
      ("pivot names: sex", .missingArgument), ("pivot names: sex, values: year, by: sex", .badOption),
      ("pivot names: sex, values: island, by: year, using: mean", .wrongType),
      ("pivot names: sex, values: year, by: island, using: sum, values_of: [1]", .wrongType),
      ("pivot names: sex, values: year, by: island, using: sum, fill: \"x\"", .badOption),
      ("pivot names: sex, values: year, by: island, using: sum, values_of: [\"island\"]", .duplicateName),
      (
        "pivot names: sex, values: year, by: island, using: sum, values_of: [\"male\"]\nderive x = female",
        .unknownColumn
      ),
      ("unpivot year, island", .wrongType), ("unpivot year, name: sex", .duplicateName),
      ("unpivot year, body_mass_g\nderive x = body_mass_g", .unknownColumn),
      ("derive p = lag(year)", .missingArgument), ("derive p = lag(year, 0), order: year", .wrongType),
      ("derive p = lag(year, body_mass_g), order: year", .wrongType),
      ("derive p = rolling_mean(year, 3, 4), order: year", .wrongType),
      ("derive p = rolling_mean(island, 3), order: year", .wrongType),
      ("derive p = lag(year), order: {year: downwards}", .badOption),
      ("derive p = lag(year), order: yeer", .unknownColumn),
      ("derive p = rank(), by: sexx, order: year", .unknownColumn),
      ("derive p = year + 1, by: sex", .badOption), ("derive p = year + 1, order: year", .badOption),
      ("derive p = lag(year) - mean(year), order: year", .unsupported),
      ("derive p = first(year), by: sex", .missingArgument),
      ("filter lag(year) > 2007", .unsupported), ("validate year >= lag(year)", .unsupported),
      ("label sex\nsplit\nderive p = lag(year), order: year", .wrongSubject),
      ("scale body_mass_g = standard\nderive p = lag(year), order: year", .fittedTooEarly),
      ("label sex\nderive p = lag(sex), order: year", .labelLeak),
    ])
  func aMistakeIsToldOnce(_ typed: String, _ code: DiagnosticCode) {
    let told = errors(typed)
    #expect(told.count == 1 && told[0].code == code, "\(told.map { "\($0.code.rawValue): \($0.message)" })")
  }

  @Test(
    arguments: [
      "group by: [sex, island], n = count(), share = n / count(), m = max(body_mass_g), where_ = upper(island)",
      "group mass = mean(body_mass_g), n = count()\nderive x = mass / n",
      "group by: sex, year = mean(year)\nlabel sex\nsplit test: 0.2",
      "pivot names: sex, values: body_mass_g, by: [species, island], using: mean\nderive x = male - female",
      "group by: [island, sex], n = count()\npivot names: sex, values: n, by: island, fill: 0, prefix: \"n_\"",
      "unpivot bill_length_mm, bill_depth_mm, name: part, value: mm\nfilter part == \"bill_depth_mm\" and mm > 3",
      "derive p = lag(body_mass_g, 2), c = body_mass_g - p, order: [year, {bill_length_mm: down}], by: [species, sex]",
      "derive n = row_number(), s = cum_sum(body_mass_g), order: rows\nlabel species\nsplit test: 0.2",
      "derive s = body_mass_g / sum(body_mass_g), z = body_mass_g - median(body_mass_g), by: species",
      "derive last_one = last(body_mass_g), by: species, order: year",
    ])
  func whatIsSoundIsToldSo(_ typed: String) {
    #expect(errors(typed).isEmpty, "\(errors(typed).map(\.message))")
  }

  @Test(
    arguments: [
      ("derive p = lag(date)", "derive p = lag(date), order: date"),
      ("derive p = rolling_avg(wind, 3), order: date", "derive p = rolling_mean(wind, 3), order: date"),
      ("derive p = shift(wind), sort_by: date", "derive p = lag(wind), order: date"),
      ("mutate p = cumsum(wind), order_by: date", "derive p = cum_sum(wind), order: date"),
      (
        "pivot_wider names_from: weather, values_from: wind, id_cols: date",
        "pivot names: weather, values: wind, by: date"
      ),
      ("melt wind, temp_max, var_name: part", "unpivot wind, temp_max, name: part"),
    ])
  func otherToolsWordsAreMended(_ typed: String, _ written: String) {
    let followed = FollowedAdvice("load seattle_weather\n\(typed)")
    #expect(followed.isSound && followed.text == "load seattle_weather\n\(written)", "\(followed)")
  }

  @Test func columnsOptionsAndFunctionsAreOffered() {
    let texts = PlotCompletionTests.texts
    #expect(Set(["by:", "sex"]).isSubset(of: texts("load titanic\ngroup ")))
    #expect(Set(texts("load titanic\ngroup by: [class, s")) == ["survived", "sex"])
    #expect(Set(["count(", "mean("]).isSubset(of: texts("load titanic\ngroup by: sex, n = ")))
    #expect(texts("load titanic\npivot names: se") == ["sex"])
    #expect(texts("load titanic\nderive p = la").contains("lag("))
    #expect(Set(["by:", "order:"]).isSubset(of: texts("load titanic\nderive p = age, ")))
    #expect(texts("load titanic\nderive p = lag(age), order: ag") == ["age"])
  }

  private func errors(_ typed: String) -> [Diagnostic] {
    Scripts.session().check(SourceFile(name: "typed.mlp", text: "load penguins\n\(typed)")).diagnostics
      .filter { $0.severity == .error }
  }
}
