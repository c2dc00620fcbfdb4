import Diagnostics
import Interpreter
import Testing

@testable import Verbs

/// What users of data frames, scikit-learn, R and SQL type on a named table is mended by one piece of advice.
struct FrameHabitTests {
  @Test(
    arguments: [
      ("df.groupby(\"sex\").year.mean()", "df |> group by: sex, mean_year = mean(year)"),
      ("df.groupby(\"sex\")[\"year\"].mean()", "df |> group by: sex, mean_year = mean(year)"),
      ("df.groupby([\"sex\", \"island\"]).size()", "df |> group by: [sex, island], n = count()"),
      ("df.groupby(\"sex\")[[\"year\"]].agg(\"std\").reset_index()", "df |> group by: sex, sd_year = sd(year)"),
      ("df.groupby(\"sex\").year.mean().head(3)", "df |> group by: sex, mean_year = mean(year) |> show rows: 3"),
      ("groupby sex", "group by: sex, n = count()"), ("group_by sex, island", "group by: [sex, island], n = count()"),
      ("group sex", "group by: sex, n = count()"), ("group sex, mean(year)", "group by: sex, mean_year = mean(year)"),
      ("summarise(mass = mean(body_mass_g))", "group mass = mean(body_mass_g)"),
      ("value_counts island", "profile island"), ("SUMMARIZE", "profile"),
      ("group by sex, island", "group by: [sex, island], n = count()"),
      ("df.isnull().sum()", "df |> profile"),
      ("df.isna().sum()", "df |> profile"),
      ("df.fillna(df.mean())", "df |> impute numeric() = mean"),
      ("df.hist()", "df |> plot"),
      ("df.year.hist(bins=20)", "df |> plot hist, year, bins: 20"),
      ("df.plot(x=\"year\", y=\"body_mass_g\")", "df |> plot year, body_mass_g"),
      ("df.year.mean()", "df |> profile year"),
      ("df.year.median()", "df |> profile year"),
      ("df[\"sex\"].replace({\"male\": \"m\"})", "df |> replace sex = {\"male\": \"m\"}"),
      ("df.year.replace({2007: 7})", "df |> replace year = {2007: 7}"),
      ("df.replace(\"male\", \"m\")", "df |> replace text() = {\"male\": \"m\"}"),
      ("df[\"species\"].str.strip()", "df |> fix species"),
      ("df[\"year\"].clip(2007, 2008)", "df |> derive year = clamp(year, 2007, 2008)"),
      ("df[\"year\"].mean()", "df |> profile year"),
      ("df.shape", "df |> schema"),
      ("df.columns", "df |> schema"),
      ("df.dtypes", "df |> schema"),
      ("len(df)", "df |> schema"),
      ("df[\"year\"]", "df |> select year"),
      ("df[[\"year\", \"sex\"]]", "df |> select year, sex"),
      ("df.year", "df |> select year"),
      ("df[df.year > 2007]", "df |> filter year > 2007"),
      ("df[df[\"year\"] > 2007]", "df |> filter year > 2007"),
      ("df[\"x\"] = df[\"year\"] * 2", "df |> derive x = year * 2"),
      ("df.query(\"year > 2007\")", "df |> filter year > 2007"),
      ("df.to_json(\"x.json\")", "df |> export \"x.json\""),
      ("df.to_csv(\"x.csv\")", "df |> export \"x.csv\""),
      ("pd.get_dummies(df)", "encode text() = onehot"),
      ("train_test_split(df, test_size=0.2, random_state=42)", "df |> split test: 0.2, seed: 42"),
      ("train_test_split 0.2", "split test: 0.2"),
      ("StandardScaler().fit_transform(X)", "scale numeric() = standard"),
      ("summary(df)", "df |> profile"),
      ("print(df)", "df |> show"),
      ("table(df$sex)", "df |> profile sex"),
      ("select * from penguins", "load penguins"),
      ("select * from penguins where year > 2007", "load penguins |> filter year > 2007"),
      (
        "SELECT year, sex FROM penguins WHERE sex = \"male\" ORDER BY year DESC LIMIT 5",
        "load penguins |> filter sex == \"male\" |> sort year = down |> select year, sex |> show rows: 5"
      ),
      (
        "select sex, count(*) as n, max(year) from penguins where year > 2007 group by sex order by n desc",
        "load penguins |> filter year > 2007 |> group by: sex, n = count(), max_year = max(year) |> sort n = down"
      ),
      ("derive z = case when year > 2007 then 1 else 2 end", "derive z = if year > 2007 then 1 else 2"),
      ("zz.head()", "show rows: 5"),
    ])
  func oneRoundMendsWhatIsTypedOfATable(_ typed: String, _ written: String) {
    expectOneRound("load penguins\nas df", typed, written)
  }

  @Test(
    arguments: [
      ("RandomForestClassifier(n_estimators=100)", "train boost, trees: 100"),
      ("model = LogisticRegression().fit(X, y)", "train logistic |> as model"),
      ("GridSearchCV", "train logistic, C: log(0.001..10)"),
    ])
  func oneRoundMendsWhatIsTypedOfASplit(_ typed: String, _ written: String) {
    expectOneRound("load penguins\nlabel sex\nsplit", typed, written)
  }

  @Test(arguments: ["classification_report", "confusion_matrix", "accuracy_score(y, p)"])
  func oneRoundMendsWhatIsTypedOfAModel(_ typed: String) {
    expectOneRound("load penguins\nlabel sex\nsplit\ntrain tree", typed, "eval")
  }

  @Test(
    arguments: [
      ("df.merge(df, on=\"species\")", "df |> join df, on: species"),
      ("df.merge(df, on=[\"species\", \"year\"], how=\"outer\")", "df |> join df, on: [species, year], how: full"),
      ("df.merge(df, left_on=\"species\", right_on=\"island\")", "df |> join df, on: {species: island}"),
      ("pd.merge(df, df, on=\"species\", how=\"inner\")", "df |> join df, on: species, how: inner"),
      ("pd.concat([df, df])", "df |> union df"), ("merge df, on: species", "join df, on: species"),
      ("left_join df, on: species", "join df, on: species"), ("bind_rows df", "union df"),
      (
        "join df",
        "join df, on: [species, island, bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, sex, year]"
      ),
      ("join df, on: \"species\"", "join df, on: species"),
    ])
  func oneRoundMendsWhatIsTypedOfTwoTables(_ typed: String, _ written: String) {
    expectOneRound("load penguins\nas df", typed, written)
  }

  @Test func aForestIsToldNotToBeThereYet() {
    let told = errors("load penguins\nlabel sex\nsplit\nRandomForestClassifier(n_estimators=100)")
    #expect(told.count == 1 && told[0].message.contains("'forest' is not there yet"), "\(told.map(\.message))")
  }

  /// Advice names no verb that is not there.
  @Test(arguments: ["df.explode(\"sex\")", "df.head().explode()"]) func aMethodOfNothingIsNotAdvised(_ typed: String) {
    let told = errors("load penguins\nas df\n\(typed)")
    #expect(!told.isEmpty && told.allSatisfy { !($0.rewrite?.text ?? $0.label ?? "").contains("explode") })
  }

  @Test(arguments: ["import pandas as pd", "from sklearn import svm", "library(dplyr)"])
  func nothingHasToBeImported(_ typed: String) {
    let told = errors("\(typed)\nload penguins")
    #expect(told.map(\.message) == ["nothing has to be imported"])
  }

  @Test func anotherSubjectIsToldWithWhatWasTyped() {
    let table = "load penguins\nas t"
    let model = "\(table)\nlabel sex\nsplit\ntrain tree\nas m"
    #expect(errors("\(table)\ntrain tree").flatMap(\.help).contains("`split`, after `label`, gives one"))
    #expect(errors("\(table)\ntrain svm").contains { $0.label == "'svm' is not there yet" })
    #expect(errors("\(model)\nt\nserve port: 0").flatMap(\.help).contains("`m |> serve port: 0` takes that value"))
    #expect(errors("\(model)\nt\npredict m").flatMap(\.help).contains("`m |> predict t` takes that value"))
    #expect(!errors("\(model)\nsplit").flatMap(\.help).contains("`t |> split` takes that value"))
  }

  private func expectOneRound(_ start: String, _ typed: String, _ written: String) {
    let followed = FollowedAdvice("\(start)\n\(typed)")
    #expect(followed.isSound && followed.steps.count == 1, "\(followed)")
    #expect(followed.text == "\(start)\n\(written)", "\(followed)")
  }

  private func errors(_ script: String) -> [Diagnostic] {
    Scripts.session().check(SourceFile(name: "typed.mlp", text: script)).diagnostics.filter { $0.severity == .error }
  }
}
