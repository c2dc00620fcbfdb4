/// The calendar in doubles, by the era arithmetic that `CivilDate` uses (Howard Hinnant, "chrono-Compatible Low-Level Date
/// Algorithms"). Every number is whole and below 2^53, so that a rounded quotient never reaches the next whole number.
extension OnnxBuilder {
  /// Year, month and day of days since 1970-01-01.
  mutating func civil(_ days: String) -> (year: String, month: String, day: String) {
    let z = add(days, 719_468)
    let era = floorDivide(z, 146_097)
    let day = subtract(z, multiply(era, 146_097))
    let leaps = add(subtract(floorDivide(day, 36_524), floorDivide(day, 1460)), negate(floorDivide(day, 146_096)))
    let year = floorDivide(add(day, leaps), 365)
    let past = subtract(add(multiply(year, 365), floorDivide(year, 4)), floorDivide(year, 100))
    let dayOfYear = subtract(day, past)
    let shifted = floorDivide(add(multiply(dayOfYear, 5), 2), 153)
    let dayOfMonth = add(subtract(dayOfYear, floorDivide(add(multiply(shifted, 153), 2), 5)), 1)
    let isEarly = less(shifted, 10)
    let month = choose(isEarly, add(shifted, 3), subtract(shifted, 9))
    let fullYear = add(add(year, multiply(era, 400)), double(atMost(month, 2)))
    return (fullYear, month, dayOfMonth)
  }

  /// Days since 1970-01-01 of a date on the calendar.
  mutating func days(_ year: String, _ month: String, _ day: String) -> String {
    let isEarly = double(atMost(month, 2))
    let y = subtract(year, isEarly)
    let era = floorDivide(y, 400)
    let yearOfEra = subtract(y, multiply(era, 400))
    let shifted = add(subtract(month, 3), multiply(isEarly, 12))
    let dayOfYear = subtract(add(floorDivide(add(multiply(shifted, 153), 2), 5), day), 1)
    let past = subtract(add(multiply(yearOfEra, 365), floorDivide(yearOfEra, 4)), floorDivide(yearOfEra, 100))
    return subtract(add(multiply(era, 146_097), add(past, dayOfYear)), 719_468)
  }

  /// How many days the month has: those to the first of the next.
  mutating func monthLength(_ year: String, _ month: String) -> String {
    let isLast = double(atMost(number(12), month))
    let next = subtract(add(month, 1), multiply(isLast, 12))
    let one = number(1)
    return subtract(days(add(year, isLast), next, one), days(year, month, one))
  }

  /// Monday 1 … Sunday 7.
  mutating func weekday(_ days: String) -> String { add(remainder(add(days, 3), 7), 1) }

  mutating func dayOfYear(_ day: String) -> String {
    let one = number(1)
    return add(subtract(day, days(civil(day).year, one, one)), 1)
  }

  /// The place of a moment in the clock's cycle of units.
  mutating func clock(_ moment: String, unit: Double, cycle: Double) -> String {
    remainder(floorDivide(moment, unit), cycle)
  }

  private mutating func remainder(_ a: String, _ b: Double) -> String {
    subtract(a, multiply(floorDivide(a, b), b))
  }

  /// The same time of day some months on; a day past the month's end becomes its last, and a date off the calendar is missing.
  mutating func adding(months count: String, to moment: String) -> String {
    let day = floorDivide(moment, OnnxTime.day)
    let date = civil(day)
    let months = add(add(multiply(date.year, 12), subtract(date.month, 1)), count)
    let year = floorDivide(months, 12)
    let month = add(subtract(months, multiply(year, 12)), 1)
    let last = monthLength(year, month)
    let dayOfMonth = choose(less(last, date.day), last, date.day)
    let moved = multiply(days(year, month, dayOfMonth), OnnxTime.day)
    let result = add(moved, subtract(moment, multiply(day, OnnxTime.day)))
    let isOn = both(atMost(abs(year), 9999), atMost(abs(count), 240_000))
    return choose(isOn, result, number(.nan))
  }

  /// How many units of some months lie between: the whole ones and the part of the next.
  mutating func monthsBetween(_ from: String, _ to: String, unit: Double) -> String {
    let isBack = less(to, from)
    let (start, end) = (choose(isBack, to, from), choose(isBack, from, to))
    let (first, last) = (civil(floorDivide(start, OnnxTime.day)), civil(floorDivide(end, OnnxTime.day)))
    let months = add(multiply(subtract(last.year, first.year), 12), subtract(last.month, first.month))
    let guess = floorDivide(months, unit)
    let isPast = less(end, adding(months: multiply(guess, unit), to: start))
    let whole = subtract(guess, double(isPast))
    let reached = adding(months: multiply(whole, unit), to: start)
    let next = adding(months: multiply(add(whole, 1), unit), to: start)
    let count = add(whole, divide(subtract(end, reached), subtract(next, reached)))
    // A missing end makes the comparison false, and the days that follow from it missing.
    return add(choose(isBack, negate(count), count), multiply(add(from, to), 0))
  }
}
