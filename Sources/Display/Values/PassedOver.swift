import Notation

extension Note {
  /// What is said of columns that were given to a model and are none of its inputs: the same of a file, a table and a request.
  public static func passedOver(_ columns: [String]) -> String {
    "\(counted(columns.count, "column")) passed over, being no inputs of the model: \(NameList.of(columns))"
  }
}
