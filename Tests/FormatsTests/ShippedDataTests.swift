import Kernels
import Tables
import Testing

@testable import Formats

/// The data sets that ship read as what their page says.
struct ShippedDataTests {
  private static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/stdlib/data/"

  @Test(arguments: [
    ("iris.csv", 150, 5, 0), ("wine.csv", 178, 14, 0), ("breast_cancer.csv", 569, 31, 0), ("digits.csv", 1797, 65, 0),
    ("diabetes.csv", 442, 11, 0), ("penguins.csv", 344, 8, 19), ("titanic.csv", 1309, 5, 263),
    ("seattle_weather.csv", 1461, 6, 0), ("diamonds.csv.gz", 53940, 10, 0),
  ])
  func haveTheirRowsColumnsAndMissingCells(name: String, rows: Int, columns: Int, missing: Int) throws {
    let source = DelimitedSource(path: Self.folder + name)
    let read = try source.read(columns: nil, Progress())
    #expect(read.table.rowCount == rows)
    #expect(read.table.columns.count == columns)
    #expect(read.table.columns.reduce(0) { $0 + $1.missingCount } == missing)
    #expect(read.notes == [])
    #expect(try source.declaredSchema()?.schema.fields.map(\.name) == read.table.names)
  }

  @Test func titanicAndTheWeatherHaveTheTypesOneExpects() throws {
    let titanic = try DelimitedSource(path: Self.folder + "titanic.csv").read(columns: nil, Progress()).table
    #expect(titanic.types == [.text, .text, .text, .float, .text])
    let weather = try DelimitedSource(path: Self.folder + "seattle_weather.csv").read(columns: ["date"], Progress())
      .table
    #expect(weather.types == [.date])
  }
}
