import Tables

/// How sensitive a column is: the level of what it is made of, and how much of that still shows through its masks.
///
/// Two columns that are read together give one whose sensitivity is `joined`: every part of it is the higher of the two, so that nothing
/// is lost on the way through a step.
public struct Sensitivity: Sendable, Hashable {
  /// The highest level of what the column is made of.
  public private(set) var level = ColumnLevel.public
  /// The level of what its cells still tell: a mask lowers it, a redacted column tells nothing.
  public private(set) var shows = ColumnLevel.public
  /// What it went through on its way, by the words of the masks.
  public private(set) var masks: Set<String> = []
  /// Whether cells of a confidential column are in it as they are, which no model may learn from.
  public private(set) var isUnmasked = false
  /// Whether cells of a restricted column are in it that no waiver lets a model learn from.
  public private(set) var isBarred = false
  /// The words of a mask that changed the rows at hand alone, which a model could not do again.
  public private(set) var atHand: String?
  /// The words of a fitted step that keeps cells which no model may hold.
  public private(set) var kept: String?

  public init() {}

  /// Whether a model may learn from it.
  public var mayTeach: Bool { !isUnmasked && !isBarred }

  /// As it is classified by hand. What a mask hides already stays hidden.
  public func classified(_ level: ColumnLevel, isWaived: Bool = false) -> Sensitivity {
    var next = self
    next.level = level
    if masks.isEmpty {
      next.shows = level
      next.isUnmasked = level == .confidential
    } else {
      next.shows = Self.shown(level, behind: masks)
      next.isUnmasked = false
    }
    next.isBarred = next.shows == .restricted && !isWaived
    return next
  }

  /// Behind a mask, by its word.
  public func masked(by mask: String, hidesAll: Bool, atHand: String? = nil) -> Sensitivity {
    var next = self
    next.masks = hidesAll ? [Self.redaction] : masks.union([mask])
    next.isUnmasked = false
    next.shows = Self.shown(level, behind: next.masks)
    if hidesAll { next.isBarred = false }
    next.atHand = hidesAll ? nil : atHand ?? self.atHand
    return next
  }

  /// With its masks taken off: whoever encrypted a column had a reason, so that it is confidential at least.
  public var bared: Sensitivity { Sensitivity().classified(max(level, .confidential)) }

  /// After a fitted step of these words, which keeps some of what it read.
  public func learned(by words: String) -> Sensitivity {
    var next = self
    if !mayTeach { next.kept = kept ?? words }
    return next
  }

  /// That of a column made of both.
  public func joined(_ other: Sensitivity) -> Sensitivity {
    var next = self
    next.level = max(level, other.level)
    next.shows = max(shows, other.shows)
    next.masks = Self.joined(self, other)
    next.isUnmasked = isUnmasked || other.isUnmasked
    next.isBarred = isBarred || other.isBarred
    next.atHand = atHand ?? other.atHand
    next.kept = kept ?? other.kept
    return next
  }

  /// A column is masked where all is that needs it.
  private static func joined(_ one: Sensitivity, _ other: Sensitivity) -> Set<String> {
    if one.masks.isEmpty { return one.level.isGuarded ? [] : other.masks }
    if other.masks.isEmpty { return other.level.isGuarded ? [] : one.masks }
    return one.masks.union(other.masks)
  }

  /// The word of the mask that leaves nothing of a cell.
  public static let redaction = "redact"

  private static func shown(_ level: ColumnLevel, behind masks: Set<String>) -> ColumnLevel {
    if masks == [redaction] { return .public }
    return level == .restricted ? .restricted : min(level, .internal)
  }

  /// `confidential, token`; empty for a column that anybody may see and that no mask changed.
  public var words: String {
    if level == .public, masks.isEmpty { return "" }
    return ([level.rawValue] + masks.sorted()).joined(separator: ", ")
  }
}

extension Sensitivity {
  /// As it was kept, part by part.
  public init(
    level: ColumnLevel, shows: ColumnLevel, masks: Set<String>, isUnmasked: Bool, isBarred: Bool, atHand: String?,
    kept: String?
  ) {
    self.level = level
    self.shows = shows
    self.masks = masks
    self.isUnmasked = isUnmasked
    self.isBarred = isBarred
    self.atHand = atHand
    self.kept = kept
  }
}

extension RelationSchema {
  /// The sensitivity of what is made of the columns named; of one that is not listed that of all such.
  public func sensitivity(of columns: some Sequence<String>) -> Sensitivity {
    columns.reduce(Sensitivity()) { $0.joined(facts(of: $1)?.sensitivity ?? unlisted) }
  }

  /// The facts of a column that is a raw one of rows changed as a whole, made of columns of those before.
  public func rawFacts(_ name: String, _ type: ColumnType?, from columns: [String]) -> ColumnFacts {
    ColumnFacts(type: type, origins: [name], sensitivity: sensitivity(of: columns))
  }

  /// Whether cells of a column leave the program only behind a mask, or not at all.
  public func isGuarded(_ column: String) -> Bool { sensitivity(of: [column]).shows.isGuarded }

  /// The columns whose cells leave the program only behind a mask, or not at all: in order, with what still shows of each.
  public var guarded: [(name: String, facts: ColumnFacts)] { columns.filter { $0.facts.sensitivity.shows.isGuarded } }
}
