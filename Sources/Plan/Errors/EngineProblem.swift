/// What is wrong, by subject. A learner or a step that is added finds its problem among these: the names, numbers and advice in
/// them are its own.
public enum EngineProblem: Sendable, Equatable {
  case column(ColumnProblem)
  case label(LabelProblem)
  case rows(RowsProblem)
  case join(JoinProblem)
  case reshaping(ReshapingProblem)
  case option(OptionProblem)
  case privacy(PrivacyProblem)
  case synthesis(SynthesisProblem)
  case fitting(FittingProblem)
  case scoring(ScoringProblem)
  case inputs(InputsProblem)
  case file(FileProblem)
  case service(ServiceProblem)
  case subject(SubjectProblem)
  case registry(RegistryProblem)
  case cancelled

  var code: EngineError.Code {
    switch self {
    case .column(let problem): problem.code
    case .label(let problem): problem.code
    case .rows(let problem): problem.code
    case .join(let problem): problem.code
    case .reshaping(let problem): problem.code
    case .option: .badOption
    case .privacy(let problem): problem.code
    case .synthesis(let problem): problem.code
    case .fitting(let problem): problem.code
    case .scoring(let problem): problem.code
    case .inputs(let problem): problem.code
    case .file(let problem): problem.code
    case .service(let problem): problem.code
    case .subject(let problem): problem.code
    case .registry(let problem): problem.code
    case .cancelled: .interrupted
    }
  }
}
