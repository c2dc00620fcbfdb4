import Glibc
import Kernels
import Notation
import Tables
import Testing

@testable import Formats

/// Columns of numbers hold, bit for bit, what `strtod` makes of their texts, whichever of the readers of numbers took them.
@Suite struct DecimalColumnTests {
  /// How many of a hundred cells are written in another way than as a short decimal.
  @Test(arguments: [0, 3, 30, 60, 100]) func numbersAreThoseOfStrtod(others: Int) throws {
    var random = CounterRandom(seed: UInt64(others))
    let texts = (0..<60_000).map { _ in
      random.next(below: 100) < others ? Self.otherNumber(&random) : Self.shortDecimal(&random)
    }
    let lines = texts.indices.map { "\($0 % 7),\(texts[$0]),\(texts[texts.count - 1 - $0])\n" }
    let table = try table("k,x,y\n" + lines.joined()) { $0.types = ["x": .float, "y": .float] }
    let expected = texts.map { Self.bits(strtod($0, nil)) }
    #expect(Self.bits(table["x"]) == expected)
    #expect(Self.bits(table["y"]) == expected.reversed())
  }

  /// Infinite numbers are missing.
  private static func bits(_ value: Double) -> UInt64? { value.isFinite ? value.bitPattern : nil }

  private static func bits(_ column: Column?) -> [UInt64?] {
    guard case .float(let cells) = column else { return [] }
    return (0..<cells.count).map { cells[$0]?.bitPattern }
  }

  private static func shortDecimal(_ random: inout CounterRandom) -> String {
    let count = 2 + random.next(below: 6)
    let whole = 1 + random.next(below: count - 1)
    let first = whole == 1 ? random.next(below: 10) : 1 + random.next(below: 9)
    return sign(&random) + "\(first)" + digits(whole - 1, &random) + "." + digits(count - whole, &random)
  }

  private static func otherNumber(_ random: inout CounterRandom) -> String {
    let digits = digits(1 + random.next(below: 20), &random)
    let exponent = "\(random.next(below: 600) - 300)"
    return sign(&random)
      + [
        "\(random.next(below: 1_000_000))", "1." + digits, "0." + digits, digits + ".5", digits + "e" + exponent,
        "\(random.next(below: 10)).5E\(exponent)", "." + digits, "7.", "12345678.", "0000.25",
      ][random.next(below: 10)]
  }

  private static func sign(_ random: inout CounterRandom) -> String { random.next(below: 2) == 0 ? "-" : "" }

  private static func digits(_ count: Int, _ random: inout CounterRandom) -> String {
    (0..<count).map { _ in "\(random.next(below: 10))" }.joined()
  }

  /// Every byte in every place of a short decimal, each of four rows in turn.
  @Test func aByteThatIsNoDigitIsNotReadAsOne() throws {
    var cells: [[UInt8]] = []
    for text in ["-1.25", "0.123456", "100.0625"] {
      for place in text.utf8.indices {
        for byte in UInt8(0x21)...255 where byte != 0x22 && byte != 0x2C {
          var cell = Array(text.utf8)
          cell[text.utf8.distance(from: text.utf8.startIndex, to: place)] = byte
          for _ in 0..<[3, 4, 6][cells.count % 3] { cells.append(Array("2.5".utf8)) }
          cells.append(cell)
        }
      }
    }
    let taken = cells.compactMap { cell -> UInt64?? in
      let number = (cell + [0]).withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { NumberReader.shared.read($0, 0, cell.count, lenient: true) }
      }
      guard let number, number.kind != .none else { return nil }
      return .some(Self.bits(number.double))
    }
    let read = try rows(Array("x,k\n".utf8) + cells.flatMap { $0 + Array(",0\n".utf8) }) {
      $0.types = ["x": .float]
      $0.onConflict = .reject
    }
    #expect(Self.bits(read.table["x"]) == taken)
    #expect(taken.count < cells.count)
  }
}
