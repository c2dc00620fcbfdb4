import Descriptions
import Formats
import Tables

/// Tables, views and queries of PostgreSQL databases.
public enum PostgresReading: AddressReading {
  public static let schemes = ["postgres", "postgresql"]

  public static let description = Description(
    name: "postgres",
    summary: "A table, a view or a query of a PostgreSQL database: `\"postgres://ann@host/shop#orders\"`",
    group: "Places", signature: "\"postgres://USER@HOST:PORT/DATABASE#TABLE\" or \"postgres://…#select …\"",
    details: [
      """
      What stands behind `#` is a table or a view, with its schema where that is not on the search path, or a query that \
      begins with `select`, `with`, `values` or `table`; without it the only table is read. The address is libpq's: what it \
      leaves out, such as the user, the port or `sslmode`, is as psql takes it, from `PGUSER`, `PGPORT`, `PGSSLMODE` and the rest.
      """,
      """
      The password may stand in the address (`ann:secret@host`), and does better in `PGPASSWORD` or `~/.pgpass`: a script may \
      be read by others. It is in nothing that mlp shows or writes: messages, plans, reports, the history of the prompt and \
      `:save` have `***` in its place, and an address with `***` states none.
      """,
      """
      Rows are read in one transaction that cannot write, some thousands at a time, and only the columns that are used. The \
      order of a table's rows is the database's; `order by` in a query settles it. Ctrl-C ends the query on the server too. \
      Columns are not known before the script runs, unless `columns:` names them or `schema: locked(…)` does.
      """,
      """
      `smallint`, `integer` and `bigint` are int, `real` and `double precision` float. `numeric` is int or float as long as no \
      digit is lost by that, and text where the first 1,000 rows hold a number that loses some. `text`, `varchar`, `char`, \
      `uuid`, `json`, enums and `time` are text, `timestamp` and `timestamptz` datetime, as UTC. Numbers that are infinite or \
      none, infinite dates and those outside the years -9999 to 9999 are missing, and counted. Columns of other types (arrays, \
      `bytea`) are not read, and a note names them: `select tags::text` reads one as text.
      """,
      "It needs libpq, which Debian has in the package libpq5.",
    ],
    otherNames: ["postgresql", "psql", "pg"],
    references: ["PostgreSQL, libpq: connection URIs (postgresql.org/docs/current/libpq-connect.html)"])

  public static func place(_ address: String, _ bounds: AddressBounds) throws(SourceError) -> AddressedPlace {
    let parsed = try PostgresAddress(address)
    if bounds.isLoopbackOnly, let outside = parsed.outsideSandbox {
      throw SourceError(source: parsed.shown, reason: .place(.outsideSandbox(outside)))
    }
    return .table(PostgresTable(parsed, isLoopbackOnly: bounds.isLoopbackOnly), files: [])
  }
}
