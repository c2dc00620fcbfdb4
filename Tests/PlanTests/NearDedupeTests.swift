import Kernels
import Tables
import Testing

@testable import Plan

@Suite struct NearDedupeTests {
  private static func rows(
    _ names: [String?], beside towns: [String?]? = nil, _ limit: NearLimit
  ) throws -> ChosenRows {
    var columns: [(String, Column)] = [("name", .text(TextCells(names)))]
    if let towns { columns.append(("town", .text(TextCells(towns)))) }
    let chooser = NearDedupe(exact: towns == nil ? [] : ["town"], near: ["name"], limit, words: "dedupe")
    return try chooser.choose(from: Table(columns), Progress())
  }

  @Test func rowsThatDifferInCaseBlanksAndFewLettersAreOne() throws {
    let names = ["Anna Smith", "anna  smith", "Ana Smith", "Anna Schmidt", "Bob", nil, "Ann Smyth"]
    #expect(try Self.rows(names, .distance(0)).rows == [0, 2, 3, 4, 5, 6])
    #expect(try Self.rows(names, .distance(1)).rows == [0, 3, 4, 5, 6])
    #expect(try Self.rows(names, .distance(2)).rows == [0, 3, 4, 5])
  }

  @Test func shortTextsAreNotOneForAFewLetters() throws {
    #expect(try Self.rows(["Ann", "Bob", "Ian", "ab", "cd"], .distance(3)).rows == [0, 1, 2, 3, 4])
  }

  @Test func whatHasToBeEqualKeepsRowsApart() throws {
    let rows = try Self.rows(["Anna Lee", "Ana Lee", "Anna Lee"], beside: ["Oslo", "Bergen", "Oslo"], .distance(1))
    #expect(rows.rows == [0, 1])
  }

  /// Each is near the next, and only those near the first are left out.
  @Test func aChainIsNotOneGroup() throws {
    let names = ["aaaaaaaaa", "aaaaaaaab", "aaaaaaabb", "aaaaaabbb"]
    #expect(try Self.rows(names, .distance(1)).rows == [0, 2])
  }

  @Test func groupsTellWhatStandsForWhat() throws {
    let near = try #require(try Self.rows(["Olsen", "OLSEN", "Olson", "Berg", "Olsen"], .distance(1)).near)
    #expect(near.count == 1 && near.columns == ["name"])
    #expect(
      near.largest == [NearGroups.Group(kept: [.text("Olsen")], rows: 3, others: [[.text("OLSEN")], [.text("Olson")]])])
  }

  @Test func emptyTextsAreLeftAlone() throws {
    #expect(try Self.rows([nil, nil, "", "?", "!"], .distance(2)).rows == [0, 1, 2, 3, 4])
  }

  // MARK: Against a comparison of all pairs

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var previous = Array(0...b.count)
    for (row, letter) in a.enumerated() {
      var current = [row + 1]
      for (column, other) in b.enumerated() {
        current.append(
          min(previous[column + 1] + 1, current[column] + 1, previous[column] + (letter == other ? 0 : 1)))
      }
      previous = current
    }
    return previous[b.count]
  }

  @Test(arguments: 0..<200) func theSearchFindsWhatComparingAllPairsFinds(seed: Int) throws {
    var random = CounterRandom(seed: UInt64(seed), stream: 0xD0)
    let limit: NearLimit =
      seed % 2 == 0 ? .distance(random.next(below: 5)) : .similarity([0.6, 0.75, 0.9][random.next(below: 3)])
    let letters = Array("abcé").prefix(2 + random.next(below: 3))
    var names: [String] = []
    for _ in 0..<40 {
      var name = names.isEmpty || random.next(below: 2) == 0 ? [] : Array(names[random.next(below: names.count)])
      for _ in 0..<random.next(below: name.isEmpty ? 12 : 4) {
        name.insert(letters[random.next(below: letters.count)], at: random.next(below: name.count + 1))
      }
      names.append(String(name))
    }
    let folded = names.map { Array($0.replacing("é", with: "e")) }
    var kept: [Int] = []
    for row in names.indices {
      let isNear = kept.contains { other in
        let longer = max(folded[row].count, folded[other].count)
        return !folded[row].isEmpty && !folded[other].isEmpty
          && Self.distance(folded[row], folded[other]) <= limit.allowed(longer)
      }
      if !isNear { kept.append(row) }
    }
    #expect(try Self.rows(names, limit).rows == kept)
  }

  @Test func severalColumnsAddUp() throws {
    let table = Table([
      ("a", .text(TextCells(["Johann", "Johan", "Johan"]))), ("b", .text(TextCells(["Berlin", "Berlin", "Berlim"]))),
    ])
    for (limit, rows) in [(1, [0, 2]), (2, [0])] {
      let chooser = NearDedupe(exact: [], near: ["a", "b"], .distance(limit), words: "dedupe")
      #expect(try chooser.choose(from: table, Progress()).rows == rows)
    }
  }
}
