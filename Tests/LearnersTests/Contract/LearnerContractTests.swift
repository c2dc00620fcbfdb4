import Descriptions
import Dispatch
import Kernels
import Learners
import Plan
import Scoring
import Testing

/// What every learner of the catalogue keeps to. Serial, because the number of threads belongs to the process.
@Suite(.serialized) struct LearnerContractTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let learner: any Estimator.Type
    let task: LearningTask
    var testDescription: String { "\(learner.description.name) for \(task.rawValue)" }
    static let all = LearnerCatalog.all.flatMap { learner in
      LearningTask.allCases.filter(learner.tasks.contains).map { Case(learner: learner, task: $0) }
    }
  }

  static func fit(
    _ learner: any Estimator.Type, _ design: DesignMatrix, _ options: Options = Options(), threads: Int = 2,
    _ progress: Progress = Progress()
  ) throws -> any FittedEstimator {
    Threads.set(threads)
    defer { Threads.set(2) }
    // What holds for a few trees holds for many, and tests without optimisation are slow.
    var options = options
    if learner.description.parameter("trees") != nil, options.values["trees"] == nil { options.set("trees", .int(12)) }
    func open<Learner: Estimator>(_ type: Learner.Type) throws -> any FittedEstimator {
      try Learner(options: options, seed: 5).fit(design, progress)
    }
    return try open(learner)
  }

  @Test(arguments: Case.all, HostileDesign.allCases)
  func answersAreSoundOnHostileDesigns(case one: Case, hostile: HostileDesign) throws {
    let needs = one.learner.needs
    if hostile.isRuledOut(by: needs) { return }
    let design = hostile.design(one.task, missing: needs.takesMissing)
    let scorer = try ReferenceScorer(try Self.fit(one.learner, design), features: design.features.count)
    let answers = try scorer.score(design)
    for answer in answers {
      #expect(answer.count == (one.task == .regression ? 1 : design.target?.classCount))
      #expect(answer.allSatisfy { $0.isFinite })
      if one.task != .regression {
        #expect(answer.allSatisfy { $0 >= 0 && $0 <= 1 } && abs(answer.reduce(0, +) - 1) < 1e-9)
      }
    }
  }

  @Test(arguments: Case.all, HostileDesign.allCases)
  func threadsDoNotShowInTheModel(case one: Case, hostile: HostileDesign) throws {
    if hostile.isRuledOut(by: one.learner.needs) { return }
    let design = hostile.design(one.task, missing: one.learner.needs.takesMissing)
    let models = try [1, 2, 3].map { threads in
      try ReferenceScorer(Self.fit(one.learner, design, threads: threads), features: design.features.count).graph.nodes
    }
    #expect(models[0] == models[1] && models[1] == models[2])
  }

  @Test(arguments: Case.all)
  func aRowThatWasNeverSeenHasAnAnswer(case one: Case) throws {
    let design = HostileDesign.plain.design(one.task, missing: false)
    let scorer = try ReferenceScorer(Self.fit(one.learner, design), features: design.features.count)
    for value in [-1e6, 1e6, 0] {
      let answer = try scorer.score([value, value, 0, 0])
      #expect(answer.allSatisfy { $0.isFinite })
    }
  }

  @Test(arguments: Case.all)
  func noRowsASingleClassOrAnotherTaskAreErrorsWithAReason(case one: Case) throws {
    let feature = DesignFeature(name: "x", column: "x", kind: .number)
    func error(_ columns: [Double], _ target: LearningTarget) -> EngineError? {
      let design = DesignMatrix(features: [feature], columns: [columns], target: target)
      do {
        _ = try Self.fit(one.learner, design)
        return nil
      } catch { return error as? EngineError }
    }
    let empty: LearningTarget = one.task == .regression ? .numbers([]) : .classes([], count: 2)
    let name = one.learner.description.name
    #expect(error([], empty)?.problem == .rows(.tooFew(0, needed: 1, by: name)))
    if one.task == .regression {
      #expect(error([1, 2], .numbers([.infinity, 1]))?.problem == .fitting(.notFinite(.label)))
      if one.learner.tasks == [.regression] {
        let classes = error([1, 2], .classes([0, 1], count: 2))
        #expect(classes?.problem == .label(.wrongKind(learner: name, learns: .numbers)))
      }
    } else {
      let single = error([1, 2, 3], .classes([1, 1, 1], count: 2))
      #expect(single?.problem == .label(.oneClassLearned(rows: 3)))
      if one.learner.tasks.isDisjoint(with: [.regression]) {
        let numbers = error([1, 2], .numbers([0, 1]))
        #expect(numbers?.problem == .label(.wrongKind(learner: name, learns: .classes)))
      }
    }
  }

  @Test(arguments: LearnerCatalog.all.map { $0.description.name })
  func everyParameterRefusesWhatIsOutsideItsBounds(name: String) throws {
    let learner = try #require(LearnerCatalog.named(name))
    for parameter in learner.description.parameters {
      if let bad = parameter.bounds.badValue {
        #expect(parameter.complaint(bad) != nil, "\(name) \(parameter.name)")
      }
      if let fallback = parameter.fallbackRaw { #expect(parameter.complaint(fallback) == nil, "\(parameter.name)") }
      #expect(!parameter.summary.isEmpty && parameter.isTunable)
    }
    #expect(!learner.description.summary.isEmpty && !learner.description.examples.isEmpty)
    for (_, ours) in learner.description.otherOptions { #expect(learner.description.parameter(ours) != nil) }
  }

  @Test func namesAreUnique() {
    let names = LearnerCatalog.all.flatMap { [$0.description.name] + $0.description.otherNames }
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: Case.all)
  func cancelledWorkEndsAsInterrupted(case one: Case) throws {
    let design = HostileDesign.manyRows.design(one.task, missing: false)
    let progress = Progress()
    progress.cancel()
    let error = #expect(throws: EngineError.self) { try Self.fit(one.learner, design, Options(), threads: 2, progress) }
    #expect(error == .cancelled)
  }
}
