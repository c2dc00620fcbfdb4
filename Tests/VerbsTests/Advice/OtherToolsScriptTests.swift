import Interpreter
import Testing

@testable import Verbs

/// Scripts as users of other tools would write them end sound when the advice is followed word by word.
struct OtherToolsScriptTests {
  @Test(arguments: zip(Habit.Tool.allCases, scripts)) func scriptsOfOtherToolsUsersAreMendedByAdvice(
    _ tool: Habit.Tool, _ script: String
  ) {
    let followed = FollowedAdvice(script)
    #expect(followed.isSound, "\(tool): \(followed)")
    #expect(followed.steps.count >= 5, "\(tool): five habits")
  }

  @Test func eachToolHasAScript() {
    #expect(Self.scripts.count == Habit.Tool.allCases.count && Set(Self.scripts).count == Self.scripts.count)
  }

  /// One for each tool's users, in the order of the tools, of five habits each.
  static let scripts = [
    // pandas
    """
    df = pd.read_csv(penguins)
    df.drop_duplicates(subset=["species", "year", "sex"])
    df.sort_values(by="year", ascending=False)
    filter df.sex.notna()
    df.rename(columns={"sex": "gender"})
    df.head(n=3)
    """,
    // scikit-learn
    """
    load penguins
    impute median
    scale standard
    label "sex"
    train_test_split(test_size=0.2, random_state=1)
    LogisticRegression(C=0.5)
    """,
    // LightGBM
    """
    load penguins
    value_counts sex
    label sex
    split random_seed: 2
    train lightgbm, num_leaves: 7, lr: 0.3
    LGBMClassifier(n_estimators=20, reg_lambda=1)
    evaluate
    """,
    // R
    """
    birds <- load penguins
    str
    table species
    filter !is.na(sex)
    select -island
    glm sex ~ body_mass_g, family: binomial
    """,
    // tidymodels
    """
    load penguins
    arrange desc(year)
    mutate late = year > 2007
    drop_na sex
    label sex
    initial_split prop: 0.8, strata: sex
    boost_tree trees: 50
    """,
    // SQL
    """
    FROM penguins
    WHERE sex = "male" AND year IS NOT NULL
    ORDER BY year DESC
    SELECT species, year
    LIMIT 5
    """,
    // DuckDB
    """
    FROM penguins
    SUMMARIZE
    WHERE species LIKE 'A%' AND year BETWEEN 2007 AND 2008
    DISTINCT species
    pragma
    """,
    // Stata
    """
    load penguins
    gen late = year > 2007
    keep if inlist(year, 2007, 2008)
    tabulate species
    gsort -year
    regress body_mass_g
    """,
    // Polars
    """
    df = pl.read_csv(penguins)
    df.filter(pl.col("year") > 2007)
    df.with_columns(late=pl.col("year") > 2008)
    df.drop_nulls(subset=["sex"])
    df.sort("year", descending=True)
    df.null_count()
    """,
    // Spark
    """
    df = load penguins
    df.printSchema()
    df.withColumn("late", col("year") > 2007)
    df.orderBy(desc("year"))
    df.dropDuplicates(["species"])
    df.show(3)
    """,
    // shell
    """
    cat penguins
    head -3
    tail -3
    sort year asc
    wc
    export birds.csv
    """,
    // spreadsheets
    """
    load penguins
    derive age = IF(year > 2007, "late", "early")
    filter NOT(ISBLANK(sex))
    derive both = AND(year > 2006, year < 2009)
    derive letters = LEN(species)
    filter species <> "Adelie"
    countblank sex
    """,
  ]
}
