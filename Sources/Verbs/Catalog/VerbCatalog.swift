import Interpreter

/// Every verb: one line each, in the order in which help lists them.
public enum VerbCatalog {
  public static let all: [any Verb.Type] = [
    LoadVerb.self,
    ShowVerb.self,
    SchemaVerb.self,
    ProfileVerb.self,
    PlotVerb.self,
    ValidateVerb.self,
    SelectVerb.self,
    DropVerb.self,
    RenameVerb.self,
    FilterVerb.self,
    DeriveVerb.self,
    CastVerb.self,
    SortVerb.self,
    SampleVerb.self,
    DedupeVerb.self,
    ImputeVerb.self,
    ScaleVerb.self,
    EncodeVerb.self,
    LabelVerb.self,
    SplitVerb.self,
    TrainVerb.self,
    EvalVerb.self,
    RequireVerb.self,
    TestVerb.self,
    ExplainVerb.self,
    CompareVerb.self,
    PredictVerb.self,
    ExportVerb.self,
    ServeVerb.self,
    StopVerb.self,
    LogsVerb.self,
  ]
}
