import Kernels
import ProgramRunning

@testable import Databases

extension PostgresServer {
  private func connection() throws -> PostgresConnection {
    let parsed = try PostgresAddress(address("t"))
    return try PostgresConnection(
      parsed.keywords(isLoopbackOnly: false), seconds: 5, shown: parsed.shown, Kernels.Progress())
  }

  /// Runs statements, one after the other.
  func run(_ statements: String...) throws {
    let connection = try connection()
    for statement in statements { try connection.run(statement, Kernels.Progress()) }
  }

  /// The first cell of a query.
  func value(_ query: String) throws -> String { try connection().run(query, Kernels.Progress()).text(0, 0) }
}
