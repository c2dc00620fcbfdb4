extension FixedWidthInteger {
  /// The whole part of a number, held at the ends of the range; 0 for not-a-number. Never traps.
  init(bounded value: Double) {
    if value.isNaN {
      self = 0
    } else {
      self = Self(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    }
  }
}
