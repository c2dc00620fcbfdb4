import Kernels
import Notation
import Plan
import Tables
import Testing

@testable import Synthesis

@Suite struct SavedProfileTests {
  private static func table() -> Table {
    var table = MixedRows.mixed(600)
    table.set([
      ("id", ColumnStatistics(.int(Cells((0..<600).map { Int64($0 + 1) })))),
      ("code", ColumnStatistics(.text(TextCells((0..<600).map { "CU-\(1000 + $0)" })))),
      ("mail", ColumnStatistics(.text(TextCells((0..<600).map { "ann\($0)@mail.no" })))),
      ("note", ColumnStatistics(.text(TextCells((0..<600).map { "the parcel number \($0) came very late again" })))),
      ("at", ColumnStatistics(.datetime(Cells((0..<600).map { Int64($0 * $0) * 60_000_000 })))),
    ])
    return table
  }

  @Test func aProfileMakesTheSameRowsAsTheTable() throws {
    let model = try MixedRows.model(Self.table(), by: "plan")
    let read = try CopulaModel(profile: SavedProfile.bytes(model))
    #expect(read == model)
    #expect(try CopulaRows(read, seed: 3).rows(0..<500) == CopulaRows(model, seed: 3).rows(0..<500))
  }

  @Test func noRowIsInIt() throws {
    let text = String(decoding: SavedProfile.bytes(try MixedRows.model(Self.table())), as: UTF8.self)
    for row in [7, 99, 500] {
      #expect(!text.contains("CU-\(1000 + row)"))
      #expect(!text.contains("ann\(row)@"))
      #expect(!text.contains("parcel"))
    }
  }

  @Test(arguments: [
    "", "[]", "{}", #"{"profile":"mlp"}"#, #"{"profile":"mlp","version":2}"#,
    #"{"profile":"mlp","version":1,"name":"t","rows":-1}"#,
    #"{"profile":"mlp","version":1,"name":"t","rows":1,"columns":[]}"#,
    #"{"profile":"mlp","version":1,"name":"t","rows":1,"columns":[{"name":"a","type":"vector"}]}"#,
    #"{"profile":"mlp","version":1,"name":"t","rows":1,"columns":[{"name":"a","type":"int"}],"together":[1],"gaps":[],"groups":[]}"#,
    #"{"profile":"mlp","version":1,"name":"t","rows":1,"columns":[{"name":"a","type":"int"}],"together":[0],"gaps":[],"groups":[{"share":1,"columns":[{"quantiles":[2,1]}],"missing":[],"correlations":[1]}]}"#,
    #"{"profile":"mlp","version":1,"name":"t","rows":1,"columns":[{"name":"a","type":"int"}],"together":[0],"gaps":[],"groups":[{"share":1,"columns":[{"quantiles":[1,2]}],"missing":[],"correlations":[]}]}"#,
    #"{"profile":"mlp","version":1,"name":"t","rows":1,"columns":[{"name":"a","type":"float"}],"together":[0],"gaps":[],"groups":[{"share":1,"columns":[{"quantiles":[1,2],"decimals":99}],"missing":[],"correlations":[1]}]}"#,
  ]) func whatIsNoProfileIsRefused(_ text: String) {
    #expect(throws: ProfileFault.self) { try CopulaModel(profile: Array(text.utf8)) }
  }

  /// Every prefix, and every file with a byte changed, is refused or makes rows.
  @Test func damagedProfilesEndInAnErrorOrInRows() throws {
    let bytes = SavedProfile.bytes(try MixedRows.model(MixedRows.mixed(60)))
    var random = CounterRandom(seed: 31)
    for _ in 0..<300 {
      var damaged = bytes
      let place = random.next(below: damaged.count)
      if random.next(below: 3) == 0 {
        damaged.removeSubrange(place...)
      } else {
        damaged[place] = UInt8(32 + random.next(below: 95))
      }
      do throws(ProfileFault) {
        let model = try CopulaModel(profile: damaged)
        let rows = try? CopulaRows(model, seed: 1).rows(0..<20)
        #expect(rows?.rowCount ?? 20 == 20)
      } catch {
        #expect(!error.words.isEmpty)
      }
    }
  }
}
