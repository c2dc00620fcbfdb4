import Diagnostics
import Expressions
import Kernels
import Plan
import Scoring
import Tables
import Testing

@testable import Interpreter

/// What users read of a problem. The switches that word them are exhaustive; here is what they say.
@Suite struct ProblemWordsTests {
  static let figure = UndefinedFigure("auc", .oneClass(0), classes: ["no", "yes"], rows: 40)
  static let auc = Requirement(metric: "auc", comparison: ">=", bound: 0.9)

  typealias Worded = (problem: EngineProblem, reason: String, help: [String])

  static let ofColumn: [Worded] = [
    (.column(.unknown("age", in: "people")), "no column 'age' in people", []),
    (.column(.unknown("age")), "no column 'age'", []),
    (.column(.notJudged("age")), "no column 'age' in the judged rows", []),
    (.column(.unreadable(by: "sort")), "a column that `sort` reads is not there", []),
    (.column(.taken("age")), "there is a column 'age' already", ["`drop` it or `rename` it first"]),
    (
      .column(.fitted("age", by: "impute age = mean")),
      "'age' comes from `impute age = mean`, which is fitted on the training part only",
      [
        "put this stage before `impute age = mean`, or use a column that is not fitted",
        "where no model is to come of the rows, `export` and `load` settle it by all of them",
      ]
    ),
    (.column(.encoded("town")), "'town' is encoded already", []),
    (.column(.wrongType("town", .text, for: .scaling)), "'town' is text; only numbers can be scaled", []),
    (
      .column(.wrongType("town", .text, for: .statistic("median"))), "'town' is text, which has no median",
      ["`impute town = mode` takes the most frequent value"]
    ),
    (.column(.wrongType("town", .text, for: .filling("0"))), "'town' is text and cannot be filled with 0", []),
    (
      .column(.notTruth(.condition, words: "filter age")), "the condition of `filter age` is not true or false", []
    ),
    (.column(.notTruth(.rule, words: "age")), "the rule `age` is not true or false", []),
    (.column(.expression("date(t)", .badUnit("moon"))), "`date(t)`: \"moon\" is no unit here", []),
  ]

  static let ofLabel: [Worded] = [
    (.label(.notChosen("people")), "no label was chosen", ["`label COLUMN` before `split`"]),
    (
      .label(.needed(by: "linear")), "linear learns a label, and none was chosen", ["`label COLUMN` before `split`"]
    ),
    (.label(.ofNoModel("groups")), "'groups' has no label to be judged by", []),
    (.label(.noValue("y")), "'y' has no value", ["a label needs at least two classes among the rows"]),
    (
      .label(.oneClass("y", .text("no"))), "'y' has only one class, no",
      ["a label needs at least two classes among the rows"]
    ),
    (
      .label(.unknownClass("y", .text("maybe"), of: [.text("no"), .text("yes")])), "'y' has no class maybe",
      ["its classes: no, yes"]
    ),
    (
      .label(.tooManyClasses("y", 2000, rows: 4000)), "'y' has 2000 classes among 4000 rows; is it an id?",
      [
        "`label y, task: classification` takes them all the same",
        "a label of fewer classes is learned: `label NAME = EXPRESSION` makes one",
      ]
    ),
    (.label(.notLearnable("y", .date)), "a date column cannot be a label", []),
    (.label(.notNumber("y", .text)), "'y' is text, not a number to predict", []),
    (
      .label(.wrongKind(learner: "linear", learns: .numbers)), "linear learns numbers, and the label has classes", []
    ),
    (
      .label(
        .wrongTask(learner: "logistic", label: "y", .regression, fitting: ["linear"], readAs: .classification)),
      "logistic does not learn a regression label",
      ["for this label: linear", "`label y, task: classification` takes its values as classes"]
    ),
    (.label(.tooFewClasses), "the label needs at least two classes to tell apart", []),
    (
      .label(.oneClassLearned(rows: 3)), "the label has a single class among the 3 rows to learn from",
      ["stratify the split by the label"]
    ),
    (
      .label(.notRanked("groups")), "candidates are ranked by a label, and groups learns none",
      ["train groups alone, with fixed options"]
    ),
    (
      .label(.wrongTask(learner: "ridge", label: "y", .binary, fitting: ["tree", "boost"], readAs: .regression)),
      "ridge does not learn a binary label",
      ["for this label: tree, boost", "`label y, task: regression` takes it as a number to predict"]
    ),
  ]

  static let ofRows: [Worded] = [
    (.rows(.none(in: "people")), "there are no rows", []),
    (.rows(.tooFew(0, needed: 1, by: "tree")), "there is no row to learn from", []),
    (
      .rows(.tooFew(3, needed: 8, by: "groups")), "groups needs at least 8 rows to learn from, and there are 3", []
    ),
    (
      .rows(.tooFewForFoldCount(3, .time, folds: 5)), "5 folds need at least 5 different times, and there are 3",
      ["folds: 3"]
    ),
    (
      .rows(.emptyPart("test", .group, share: 0.2)),
      "the test part would have no row: there are too few groups for a share of 0.2",
      ["test: 0 leaves the part out", "folds: 5 judges by rows left out instead of a part"]
    ),
    (.rows(.noneLabelled(in: "people")), "no row has a label", []),
    (.rows(.noneLeft(in: "people")), "the recorded steps leave no row to learn from", []),
    (.rows(.tooFewForFolds(in: "people")), "there are too few rows for folds", []),
    (.rows(.tooFewForFoldCount(1, .row, folds: 2)), "2 folds need at least 2 rows, and there are 1", []),
    (.rows(.noneToLearn(column: "part")), "no row of 'part' is 'train'", []),
    (.rows(.noneOfModel("m")), "this model has no rows of its own", []),
    (.rows(.noneToTrain), "there are no rows to train on", []),
    (.rows(.noFolds(model: "m")), "this model cannot be trained again on folds", []),
    (.rows(.noTestPart), "there is no test part", []),
  ]

  static let ofOption: [Worded] = [
    (.option(.outOfBounds("folds", 300, from: 2, to: 255)), "'folds' must be from 2 to 255, not 300", []),
    (.option(.outOfBounds("trials", 0, from: 1, to: nil)), "'trials' must be at least 1, not 0", []),
    (.option(.outOfBounds("share", 1.5, from: nil, to: 1)), "'share' must be at most 1, not 1.5", []),
    (
      .option(.wrongLabelKind("criterion", value: "gini", suits: .classes, instead: ["squared_error"])),
      "criterion: gini is for classes, and the label has numbers", ["criterion: squared_error"]
    ),
    (
      .option(.combined("time", with: ["stratify", "group"])),
      "'time' cannot be combined with stratify or group: the order of time alone decides", []
    ),
    (
      .option(.shareSum(1.1, train: 0.6)), "train, valid and test must add up to 1, not 1.1",
      ["train: 0.6 would leave no row out"]
    ),
    (
      .option(.gridTooLarge(nil, most: 10_000, trials: 20)),
      "the grid has over 10000 combinations, more than trials: 20", ["trials: 10000", "search: random"]
    ),
    (.option(.nothingToLearn("train")), "'train' must be above 0: there is nothing to learn from", []),
    (.option(.noShares), "no shares were given", []),
    (
      .option(.notParts(column: "part", .float)), "'part' is float",
      ["using takes a text column of train, valid and test, or a column of whole fold numbers"]
    ),
    (
      .option(.unknownPart("dev", column: "part")), "'part' names a part 'dev'", ["parts are train, valid and test"]
    ),
    (
      .option(.notCountable("alpha")), "a grid needs a list or a short range of whole numbers",
      ["write the values to try as a list", "search: random"]
    ),
    (
      .option(.threshold(label: "price")), "a threshold decides between two classes, and 'price' has not two", []
    ),
  ]

  static let ofFitting: [Worded] = [
    (.fitting(.notFinite(.label)), "the label has a value that is not a finite number", ["filter such rows out"]),
    (
      .fitting(.notFinite(.column("x"))), "'x' has a value that is not a finite number",
      ["filter such rows out, or impute the column"]
    ),
    (
      .fitting(.overflow(.leafValue, .learner("boost"), [.set("learning_rate", to: "0.1")])),
      "boost needs a leaf's value beyond the largest number", ["learning_rate: 0.1"]
    ),
    (
      .fitting(.overflow(.weight, .column("x"), [.scale(column: "x")])),
      "'x' needs a weight beyond the largest number", ["`scale x = standard`"]
    ),
    (
      .fitting(.dependent(learner: "linear", .categoryWeights, [.raise("alpha", above: "0"), .fewerCategories])),
      "linear did not find the weights of the wide text columns: the columns hang together too closely",
      ["set `alpha` above 0", "keep fewer categories"]
    ),
    (
      .fitting(.tooManyRows(300, most: 200, learner: "boost")), "boost takes at most 200 rows, not 300",
      ["sample fewer rows"]
    ),
    (
      .fitting(.memory(rows: 1000, numbers: 20)), "1000 rows × 20 numbers need 160000 bytes, more than there is memory",
      []
    ),
    (
      .fitting(.memory(rows: .max, numbers: 2)),
      "\(Int.max) rows × 2 numbers need over \(Int.max) bytes, more than there is memory", []
    ),
    (.fitting(.noFeature([])), "there is no feature to learn from", []),
    (
      .fitting(.noFeature([LeftOut("id", .identity(texts: 60, rows: 60)), LeftOut("none", .noValue)])),
      "no column is a feature to learn from",
      [
        "id is left out: 60 different texts in 60 rows; `encode` it or derive a feature from it to use it",
        "none has no value in the training rows and is left out",
      ]
    ),
    (
      .fitting(
        .everyCandidate([
          CandidateFailure("linear", .problem(.fitting(.notFinite(.label)))),
          CandidateFailure("tree", .undefined(figure)),
          CandidateFailure("dummy", nil),
        ])),
      "every candidate failed",
      [
        "linear: training-failed: the label has a value that is not a finite number",
        "tree: auc is undefined: all 40 rows are of 'no'", "dummy: no score",
      ]
    ),
    (
      .fitting(.tooManyRecords(rows: 9, classes: 4, learner: "tree", [.fewerRows, .fewerClasses])),
      "tree cannot order 9 rows of 4 classes", ["sample fewer rows", "a label with fewer classes"]
    ),
    (
      .fitting(.tooManyLeaves(most: 8, classes: 4, values: 32, learner: "tree", [.fewerClasses])),
      "the tree has more than 8 leaves, and each holds a value for 4 classes: more than 32 values",
      ["a label with fewer classes"]
    ),
    (
      .fitting(.tooManyPlaces(12, most: 8, [.fewerCategories])),
      "the features are 12 numbers a row, and a model takes at most 8", ["keep fewer categories"]
    ),
    (.fitting(.tooLargeForGraph(learner: "tree")), "the tree grew beyond what a scoring graph can hold", []),
    (
      .fitting(.overflow(.weights, .learner("logistic"), [.scaleAll])),
      "logistic needs weights beyond the largest number", ["`scale numeric() = standard`"]
    ),
    (
      .fitting(.overflow(.intercept, .label, [])), "the label needs an intercept beyond the largest number", []
    ),
  ]

  static let ofScoring: [Worded] = [
    (
      .scoring(.cannotHold(Unsupported(step: "derive x", .noColumn("age")), .model)),
      "the model cannot hold this step: column 'age' is not there", []
    ),
    (.scoring(.undefined(figure)), "auc is undefined: all 40 rows are of 'no'", []),
    (
      .scoring(.unmet([UnmetRequirement(auc, .value(0.5)), UnmetRequirement(auc, .undefined(figure))], onTest: true)),
      "on the test part, required: auc >= 0.9, and it is 0.5; required: auc >= 0.9, and it is undefined: all 40 rows are of 'no'",
      []
    ),
    (
      .scoring(.invalid(rows: 2, of: 9, ofTable: 0)), "2 of 9 rows fail a rule",
      ["on_fail: quarantine or drop goes on with the other rows, warn with all"]
    ),
    (
      .scoring(.invalid(rows: 1, of: 9, ofTable: 2)),
      "1 of 9 rows fails a rule, and 2 rules of the whole table do not hold",
      ["on_fail: quarantine or drop goes on with the other rows, warn with all"]
    ),
    (
      .scoring(.invalid(rows: 0, of: 9, ofTable: 1)), "1 rule of the whole table does not hold",
      ["on_fail: warn goes on all the same"]
    ),
    (
      .label(.guarded("age", by: "validate age > 3, guard: true")),
      "'age' tells the label, and `validate age > 3, guard: true` asks every request for it",
      ["leave out `guard: true`, or guard other columns"]
    ),
  ]

  static let ofInputs: [Worded] = [
    (
      .inputs(
        .mismatch(
          InputsMismatch(
            "new", .lacking(["age"]), inputs: ["age"], columns: ["Age"], likely: [Step.Rename("Age", "age")]))),
      "new lacks 1 of the model's 1 inputs: age",
      [
        "the model takes: age", "new has: Age", "`rename age = Age` if that is meant",
        "`strict: false` scores the rows with these as missing",
      ]
    ),
    (
      .inputs(.wrongType("age", .text, takes: .int, row: 3, text: "old", others: 1)),
      "'age' is text, and the model takes int: row 3 is 'old', and 1 more like it",
      ["`cast age = int` makes such cells missing"]
    ),
    (
      .inputs(.overwritten(input: "age", by: "scale age = standard", after: "impute age = mean")),
      "the cells that the model takes as 'age' are not there: `scale age = standard` worked on what `impute age = mean` had made, and the model does `impute age = mean` itself",
      ["name the table before `impute age = mean` with `as` and predict that, or leave `impute age = mean` out"]
    ),
    (
      .inputs(.stepsUnknown(input: "age", steps: ["impute age = mean", "scale age = standard"])),
      "whether the model does `impute age = mean`, `scale age = standard` itself cannot be told: its package does not keep its steps",
      [
        "predict the table from before `impute age = mean`, `scale age = standard`, or export the model anew"
      ]
    ),
    (
      .inputs(.mismatch(InputsMismatch("new", .none, inputs: ["a"], columns: ["b"], likely: []))),
      "new has none of the model's inputs", ["the model takes: a", "new has: b"]
    ),
    (
      .inputs(.mismatch(InputsMismatch("new", .missing("a"), inputs: ["a"], columns: ["b"], likely: []))),
      "new has no column 'a', which the model takes", ["the model takes: a", "new has: b"]
    ),
    (
      .inputs(.mismatch(InputsMismatch("new", .extra("b"), inputs: ["a"], columns: ["a", "b"], likely: []))),
      "'b' of new is no input of the model", ["the model takes: a", "new has: a, b"]
    ),
  ]

  private static let writtenAgain = [
    "nothing was written, and a file that was there is as it was",
    "this is a fault of mlp: please report it with the script",
  ]

  static let ofReshaping: [Worded] = [
    (
      .reshaping(.manyRows(2, column: "sold", of: [.init("shop", .text("a")), .init("month", .missing)])),
      "2 rows share the cell of 'sold' where shop is a, month is missing",
      [
        "`using: sum`, mean, first or another statistic makes one value of them", "or name more columns in `by:`",
      ]
    ),
    (
      .reshaping(.tooManyColumns(1001, most: 1000, of: "id")),
      "the values of 'id' would make 1001 columns, and 1000 is the most",
      [
        "`values_of: [\"a\", \"b\"]` takes those of some values", "is it an id? `group by:` makes rows of it",
      ]
    ),
    (
      .reshaping(.noName(.text(""), of: "month")), "\"\" of 'month' cannot name a column",
      ["`filter` it out, or `derive` another name for it"]
    ),
    (
      .reshaping(.mixedTypes("age", .int, with: "two words", .text)),
      "'age' is int and 'two words' is text: one column cannot hold both",
      ["`cast age = text` before it makes them alike"]
    ),
    (
      .reshaping(.losesDigits("id", 9_007_199_254_740_993)),
      "'id' holds 9007199254740993, which loses digits beside floats in one column",
      ["`cast id = float` before it rounds them, and `cast id = text` keeps an id"]
    ),
    (.reshaping(.badFill(.text("none"), .int)), "'fill' is none, and the cells are int", []),
  ]

  static let ofOthers: [Worded] = [
    (.file(.notWritten(FileError(path: "a.csv", reason: .full))), "cannot write 'a.csv': the disk is full", []),
    (
      .file(.badPackage("m.mlpkg", byte: 120, .badChecksum)),
      "'m.mlpkg' is no package that can be opened: byte 120: the checksum does not match, so the file is damaged", []
    ),
    (
      .file(
        .notAsExported(
          "onnx",
          ExportFault(
            step: "scale age = standard",
            .answer("the probability of yes", is: "0.75", expected: "0.5", difference: 0.5)))),
      "the ONNX that was made, read back, is not what was exported, in `scale age = standard`: the probability of yes of a row of the sample is '0.75' and not '0.5', the largest difference: 0.5 of it",
      writtenAgain
    ),
    (
      .file(.notAsExported("mlpkg", ExportFault(.package(byte: 96, .badChecksum)))),
      "the MLPKG that was made, read back, is not what was exported: byte 96: the checksum does not match, so the file is damaged",
      writtenAgain
    ),
    (
      .service(.addressInUse(host: "localhost", port: 80)), "port 80 on localhost is in use by another program",
      ["`port: 0` takes any free port"]
    ),
    (
      .service(.outsideSandbox("0.0.0.0")), "'0.0.0.0' is outside the sandbox",
      ["only this machine is answered in a sandbox: 127.0.0.1, ::1 or localhost"]
    ),
    (.service(.noLog), "this service keeps no log", ["serve log: \"requests.db\""]),
    (.subject(.noModel("m")), "there is no model 'm'", []),
    (.subject(.wrong(.export)), "there is nothing to write", []),
    (.cancelled, "interrupted", []),
    (.file(.absent), "the file is not there", []),
    (
      .file(.outsideSandbox("/etc/passwd")), "'/etc/passwd' is outside the sandbox",
      ["only files below the sandbox's folder can be read and written in this session"]
    ),
    (.service(.badPort(70_000)), "70000 is not a port: 0 to 65535", []),
    (
      .service(.cannotListen(host: "h", port: 80, reason: "permission denied")),
      "cannot listen on h, port 80: permission denied", []
    ),
    (.service(.log(.notSQLite("a.db"))), "'a.db' is not a SQLite file, and is left as it is", []),
    (
      .service(.unreadableLog(.foreign("a.db"))),
      "'a.db' is a SQLite file, but not a request log, and is left as it is", []
    ),
    (
      .service(.unreadableLog(.newer("a.db", version: 3))), "'a.db' was written by a later version (schema 3)", []
    ),
    (.service(.log(.unavailable("a.db", "locked"))), "'a.db': locked", []),
    (.subject(.noModel(nil)), "there is no model", []),
    (.subject(.noTable("t")), "there is no table 't'", []),
    (.subject(.wrong(.table)), "there is no table", []),
    (.subject(.wrong(.model)), "there is no model", []),
    (.subject(.wrong(.service)), "there is no service", []),
    (.subject(.wrong(.look)), "there is nothing to look at", []),
    (
      .subject(.noCoefficients(["boost"])), "no coefficients: 'boost' is no weighted sum of its inputs",
      ["`plot importance` shows which inputs a model relies on"]
    ),
    (
      .subject(.noTree(["logistic", "boost"])), "no tree: 'logistic' and 'boost' are no single decision tree",
      [
        "`plot importance` shows which inputs a model relies on",
        "`train tree` makes a tree that can be read",
      ]
    ),
    (
      .subject(.lookOfOtherTask("roc", label: "price", .regression, instead: ["residuals"])),
      "'roc' is not for 'price', which is a number", ["what fits: residuals"]
    ),
    (
      .subject(.lookOfOtherTask("residuals", label: "plan", .binary, instead: ["roc", "pr"])),
      "'residuals' is not for 'plan', which is a class", ["what fits: roc, pr"]
    ),
  ]

  static let worded = ofColumn + ofLabel + ofRows + ofOption + ofFitting + ofScoring + ofInputs + ofReshaping + ofOthers

  @Test(arguments: worded.indices)
  func aProblemIsWordedAsADiagnostic(place: Int) {
    let (problem, reason, help) = Self.worded[place]
    let error = EngineError(problem)
    let diagnostic = Diagnostic(error, at: nil)
    #expect(diagnostic.message == reason)
    #expect(diagnostic.help == help)
    #expect(diagnostic.code.rawValue == error.code.rawValue)
  }

  @Test func everyCodeIsADiagnostics() {
    for code in EngineError.Code.allCases { #expect(DiagnosticCode(rawValue: code.rawValue) != nil, "\(code)") }
  }

  @Test func aCellThatAModelDoesNotTakeSaysWhatItTakes() {
    let reason = SourceError.Reason.badCell(
      row: 2, column: "age", text: "old", type: .int, others: 0, isExpected: true)
    let diagnostic = Diagnostic(EngineError(SourceError(source: "new.csv", reason: reason)), at: nil)
    #expect(diagnostic.code == .badCell && diagnostic.help.last == "the model takes 'age' as int")
  }

  @Test func reasonsOfUndefinedFiguresNameClassesAndRows() {
    let classes = ["no", "yes"]
    #expect(Undefined.noRow(of: 1).words(classes: classes, rows: 40) == "no row of 'yes' among 40 rows")
    #expect(Undefined.noneGiven(1).words(classes: classes, rows: 40) == "none of 40 rows was given 'yes'")
    #expect(Undefined.oneClass(0).words(classes: classes, rows: 1) == "the only row is of 'no'")
    #expect(Undefined.zeroLabel(rows: 2).words(classes: [], rows: 3) == "the label is 0 in 2 of 3 rows")
  }

  @Test func anExpressionOfAGraphIsWordedWithItsStep() throws {
    var builder = GraphBuilder()
    builder.step = "derive y = x ~ r\"(\""
    let text = builder.input("x", .text)
    let built = builder.expression(.call(.matches, [.column("x", .text), .literal(.text("("))]), ["x": text])
    let graph = builder.graph(prediction: try #require(built), probabilities: nil, classes: [])
    let error = #expect(throws: GraphError.self) { try Scorer(graph: graph) }
    #expect(error?.words.hasPrefix("`derive y = x ~ r\"(\"`: the pattern \"(\" goes wrong at byte") == true)
  }
}
