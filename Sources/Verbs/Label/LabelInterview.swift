import Display
import Interpreter
import Kernels
import Plan
import Tables
import Training

/// Asks for the labels of rows, one after the other: first of rows drawn by chance, then of those that a model is least sure of, which
/// learns anew from every answer.
struct LabelInterview {
  /// The rows that may be asked about, and those that have a label to learn from.
  struct Rows {
    let table: Table
    /// Of each row its place among all.
    let places: [Int]
    /// Of each row what tells it apart in the file.
    let keys: [String]
    let checks: [String?]
    /// Of each row its label; missing where it has none.
    var labels: [Cell]
  }

  /// What came of it.
  struct Course {
    var given = 0
    var skipped = 0
    /// Answers to questions that came with a guess, and how many of these were it.
    var guessed = 0
    var right = 0
    /// Why there is no guess in the end, where a model could not be made.
    var failure: EngineError?
  }

  private let questioner: any Questioner
  private let label: String
  private let classes: [Cell]
  private let keys: AnswerKeys
  private let shown: [String]
  private let most: Int
  private let model: UncertainRows
  private let progress: Progress
  private(set) var rows: Rows
  private(set) var file: AnswerFile
  private(set) var course = Course()
  /// The order by chance.
  private let order: [Int]
  private var guesses: LabelGuesses?
  private var skipped: Set<Int> = []
  /// The rows that were answered, with whether the guess was right; the last one first to be taken back.
  private var answered: [(row: Int, wasGuessed: Bool?)] = []
  /// A row whose answer was taken back, to be asked about next.
  private var again: Int?
  /// How far the last guesses agree with those before them.
  private var agreements: [Double] = []
  private var hasToldOfAgreement = false

  /// So many times in a row guesses have to agree so far, that it is said.
  private static let settledRounds = 3
  private static let settledAgreement = 0.99
  /// Until every class has a label, so many questions a class are drawn by chance.
  private static let chanceQuestions = 5

  init(
    _ questioner: any Questioner, label: String, classes: [Cell], shown: [String], most: Int, model: UncertainRows,
    rows: Rows, file: AnswerFile, seed: UInt64, _ progress: Progress
  ) {
    self.questioner = questioner
    self.label = label
    self.classes = classes
    keys = AnswerKeys(classes)
    self.shown = shown
    self.most = most
    self.model = model
    self.rows = rows
    self.file = file
    self.progress = progress
    var random = CounterRandom(seed: seed, stream: 0xA5C)
    order = random.permutation(rows.labels.count)
  }

  /// Asks until so many rows were answered, none is left or nobody wants to go on. Throws `interrupted` at Ctrl-C, when every answer is
  /// in the file, and what writing the file throws.
  mutating func run() throws(EngineError) {
    try guess()
    while course.given < most, let row = again ?? next() {
      again = nil
      switch try ask(row) {
      case .label(let cell): try take(cell, row)
      case .skip:
        skipped.insert(row)
        course.skipped += 1
      case .undo: try undo()
      case .quit: return
      case .unclear: again = row
      }
    }
  }

  // MARK: Choosing

  /// The row to ask about; nil where none is left.
  private func next() -> Int? {
    let open = order.filter { rows.labels[$0] == .missing && !skipped.contains($0) }
    guard let guesses, !isExploring else { return open.first }
    return open.min { guesses.margin($0) < guesses.margin($1) }
  }

  private var isExploring: Bool {
    course.given < Self.chanceQuestions * classes.count
      && Set(rows.labels).subtracting([.missing]).count < classes.count
  }

  /// Learns from the labels that there are. While nothing can be learned, as of rows that are all alike, rows come by chance.
  private mutating func guess() throws(EngineError) {
    let before = guesses
    course.failure = nil
    do throws(EngineError) { guesses = try model.guesses(rows.labels, progress) } catch {
      if error.code == .interrupted { throw error }
      course.failure = error
      guesses = nil
    }
    if let guesses, let before { agreements.append(guesses.agreement(with: before)) } else { agreements = [] }
  }

  /// Whether more answers would hardly change what is guessed.
  private var isSettled: Bool {
    agreements.count >= Self.settledRounds
      && agreements.suffix(Self.settledRounds).allSatisfy { $0 >= Self.settledAgreement }
  }

  // MARK: Asking

  private mutating func ask(_ row: Int) throws(EngineError) -> AnswerKeys.Answer {
    let facts = shown.compactMap { name in rows.table[name].map { Fact(name, $0[row]) } }
    questioner.show(.heading("row \(rows.places[row] + 1), question \(course.given + 1) of \(most)"))
    questioner.show(.facts(facts))
    if let guesses {
      let (likely, chance) = guesses.likeliest(row)
      questioner.show(.text("guess: \(likely.name), probability \(NumberText.figure(chance))"))
    }
    if isSettled, !hasToldOfAgreement {
      hasToldOfAgreement = true
      questioner.show(.note("the guesses have settled: more labels will hardly change them; q ends"))
    }
    questioner.show(.text(keys.words))
    switch questioner.ask("\(label) › ") {
    case .line(let line): return keys.answer(line)
    case .ended: return .quit
    case .interrupted:
      if course.given > 0 {
        questioner.show(
          .note("\(counted(course.given, "label")) kept in \(file.name); the same line goes on with the others"))
      }
      throw .cancelled
    }
  }

  private mutating func take(_ cell: Cell, _ row: Int) throws(EngineError) {
    try file.add(AnswerFile.Answer(key: rows.keys[row], check: rows.checks[row], label: cell), progress)
    let wasGuessed = guesses.map { $0.likeliest(row).label == cell }
    rows.labels[row] = cell
    answered.append((row, wasGuessed))
    count(wasGuessed, 1)
    try guess()
  }

  /// Takes the last answer back, and asks about its row again.
  private mutating func undo() throws(EngineError) {
    guard let last = answered.popLast() else {
      questioner.show(.note("nothing to take back"))
      return
    }
    try file.removeLast(progress)
    rows.labels[last.row] = .missing
    again = last.row
    count(last.wasGuessed, -1)
    questioner.show(.note("taken back: row \(rows.places[last.row] + 1)"))
    try guess()
  }

  private mutating func count(_ wasGuessed: Bool?, _ change: Int) {
    course.given += change
    guard let wasGuessed else { return }
    course.guessed += change
    if wasGuessed { course.right += change }
  }
}
