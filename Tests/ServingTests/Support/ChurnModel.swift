import Glibc
import Tables

@testable import Serving

/// A small classifier over one column of each type, with a rule that tests can compute by hand: it leaves when `spend` is
/// above 100.
struct ChurnModel: ServedModel {
  var name = "churn"
  var version = "3"
  let label: String? = "outcome"
  let inputs = [
    Field("age", .int), Field("spend", .float), Field("plan", .text), Field("active", .bool), Field("joined", .date),
    Field("seen", .datetime),
  ]
  let classes: [Cell] = [.text("stays"), .text("leaves")]

  func score(_ rows: [[Cell]]) -> [ScoredRow] {
    rows.map { row in
      let leaves = (row[1].number ?? 0) > 100
      return ScoredRow(
        prediction: classes[leaves ? 1 : 0], probabilities: leaves ? [0.25, 0.75] : [0.75, 0.25],
        notes: row[2] == .text("tin") ? ["'plan' has the unseen value 'tin'"] : [])
    }
  }

  static let row = """
    {"age":34,"spend":120.5,"plan":"gold","active":true,"joined":"2026-01-31","seen":"2026-01-31T10:00:00Z"}
    """
}

/// A regression that answers twice its only column.
struct DoublingModel: ServedModel {
  let name = "doubling"
  let version = "1"
  let label: String? = "y"
  let inputs = [Field("x", .float)]
  let classes: [Cell] = []

  func score(_ rows: [[Cell]]) -> [ScoredRow] {
    rows.map { ScoredRow(prediction: $0[0].number.map { .float($0 * 2) } ?? .missing) }
  }
}

/// Keeps nobody's plan: the log gets its first letter.
struct MaskingModel: ServedModel {
  let name = "masking"
  let version = "1"
  let label: String? = "y"
  let inputs = [Field("plan", .text), Field("pin", .int)]
  let classes: [Cell] = []
  let masksInputs = true
  let recordedInputs = [Field("plan", .text), Field("pin", .text)]

  func score(_ rows: [[Cell]]) -> [ScoredRow] { rows.map { _ in ScoredRow(prediction: .float(1)) } }

  func recordable(_ row: [Cell]) -> [Cell] {
    [.text(String(row[0].description.prefix(1))), row[1] == .missing ? .missing : .text("***")]
  }
}

/// Takes its time over each row.
struct SlowModel: ServedModel {
  let name = "slow"
  let version = "1"
  let label: String? = "y"
  let inputs = [Field("x", .float)]
  let classes: [Cell] = []
  var microseconds: UInt32 = 300_000

  func score(_ rows: [[Cell]]) -> [ScoredRow] {
    usleep(microseconds)
    return rows.map { _ in ScoredRow(prediction: .float(0)) }
  }
}
