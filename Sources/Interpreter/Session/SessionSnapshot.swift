/// What `undo` goes back to: how a session stood before an entry that changed something.
struct SessionSnapshot: Sendable {
  /// The most that are kept.
  static let limit = 100

  let environment: Environment
  let values: SessionValues
  let flow: FlowRecord
  /// The lines of the transcript that the entry made.
  let lines: Range<Int>
}

extension Value {
  /// Whether it is the very same value; a model whatever is on its record.
  func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.table(let one), .table(let other)): one.isSame(as: other)
    case (.split(let one), .split(let other)): one.isSame(as: other)
    case (.model(let one), .model(let other)): one.isSameFit(as: other)
    case (.service(let one), .service(let other)): one === other
    case (.look(let one), _): one.subject.isSame(as: other)
    case (_, .look(let other)): isSame(as: other.subject)
    default: false
    }
  }
}

extension HeldValue {
  /// Whether it looks at, or is, what `before` is. Of values that are not at hand their types tell.
  func isLook(at before: HeldValue?) -> Bool {
    guard let before else { return false }
    if let own = current, let other = before.current { return own.isSame(as: other) }
    guard case .look = type else { return false }
    return type.subject.schema == before.type.subject.schema
  }
}
