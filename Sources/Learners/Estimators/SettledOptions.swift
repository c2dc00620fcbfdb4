import Descriptions

extension Options {
  /// The fixed value of a hyperparameter: what was written or drawn, else the default; nil when it has no default, or
  /// while it is still a space to be searched.
  public func settled<Value: ParameterValue>(_ parameter: Parameter<Tunable<Value>>) -> Value? {
    if case .fixed(let value)? = self[parameter] { value } else { nil }
  }
}
