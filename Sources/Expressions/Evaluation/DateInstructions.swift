import Notation
import Tables

extension Registers {
  /// Fills the ints of `out`, whose states are already there; what `body` gives nil for has failed.
  @inline(__always)
  private func eachInt(_ out: Register, _ rows: Int, _ body: (Int) -> Int64?) {
    let z = blocks[out].ints
    for i in 0..<rows {
      z[i] = 0
      guard isValid(out, i) else { continue }
      if let value = body(i) { z[i] = value } else { fail(out, i, rows) }
    }
  }

  func dateField(_ field: DateField, _ a: Register, _ isMoment: Bool, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].ints, blocks[out].ints)
    for i in 0..<rows {
      let days = isMoment ? Moment.dayOf(x[i]) : x[i]
      z[i] = Moment.field(field, days: days, time: isMoment ? Moment.timeOfDay(x[i]) : 0)
    }
  }

  func between(_ unit: DateUnit, _ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y, z) = (blocks[a].ints, blocks[b].ints, blocks[out].floats)
    for i in 0..<rows {
      z[i] = 0
      guard isValid(out, i) else { continue }
      if let value = Moment.between(unit, x[i], y[i]) { z[i] = value } else { fail(out, i, rows) }
    }
  }

  func dateTrunc(_ unit: DateUnit, _ a: Register, _ isMoment: Bool, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let x = blocks[a].ints
    eachInt(out, rows) { i in
      if isMoment { return Moment.truncated(x[i], unit) }
      return Moment.ofDay(x[i]).flatMap { Moment.truncated($0, unit) }.map(Moment.dayOf)
    }
  }

  func dateAdd(_ unit: DateUnit, _ a: Register, _ n: Register, _ isMoment: Bool, _ out: Register, _ rows: Int) {
    follow(a, n, out, rows)
    let (x, y) = (blocks[a].ints, blocks[n].ints)
    eachInt(out, rows) { i in
      if isMoment { return Moment.adding(y[i], unit, to: x[i]) }
      return Moment.ofDay(x[i]).flatMap { Moment.adding(y[i], unit, to: $0) }.map(Moment.dayOf)
    }
  }

  func makeDate(_ a: Register, _ b: Register, _ c: Register, _ out: Register, _ rows: Int) {
    follow(a, b, c, out, rows)
    let (x, y, w) = (blocks[a].ints, blocks[b].ints, blocks[c].ints)
    eachInt(out, rows) { i in
      CivilDate(year: Int(x[i]), month: Int(y[i]), day: Int(w[i])).map { Int64($0.days) }
    }
  }

  func epoch(_ a: Register, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let (x, z) = (blocks[a].ints, blocks[out].floats)
    for i in 0..<rows { z[i] = Moment.seconds(0, x[i]) }
  }

  func addSeconds(_ a: Register, _ seconds: Register, _ out: Register, _ rows: Int) {
    follow(a, seconds, out, rows)
    let (x, y) = (blocks[a].ints, blocks[seconds].floats)
    eachInt(out, rows) { Moment.adding(seconds: y[$0], to: x[$0]) }
  }

  func momentDifference(_ a: Register, _ b: Register, _ out: Register, _ rows: Int) {
    follow(a, b, out, rows)
    let (x, y, z) = (blocks[a].ints, blocks[b].ints, blocks[out].floats)
    for i in 0..<rows { z[i] = Moment.seconds(y[i], x[i]) }
  }

  func parseDate(_ a: Register, _ format: Int, _ isMoment: Bool, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let x = blocks[a].texts
    eachInt(out, rows) { i in
      guard let moment = program.formats[format].moment(x[i]) else { return nil }
      counts.moments.count(moment)
      return isMoment ? moment.microseconds : Moment.dayOf(moment.microseconds)
    }
  }
}
