import Display
import Notation
import Tables

/// The page that people see at `/`: the model, its columns, and a request to copy.
enum ModelPage {
  static func html(_ model: any ServedModel, isStrict: Bool) -> [UInt8] {
    let rows = model.inputs.map { field in
      "<tr><td><code>\(HTMLText.escaped(field.name))</code></td><td>\(field.type.rawValue)</td>"
        + "<td>\(HTMLText.escaped(CellReading.wanted(field.type)))</td></tr>"
    }
    let answer =
      model.classes.isEmpty
      ? "a number"
      : "one of " + model.classes.map { "<code>\(HTMLText.escaped($0.description))</code>" }.joined(separator: ", ")
    let name = HTMLText.escaped(model.name)
    let predicts = model.label.map { "Predicts <b>\(HTMLText.escaped($0))</b>" } ?? "Answers"
    let rule =
      isStrict
      ? "Every column has to be there, null where it is missing, and no other."
      : "A column that is left out, or null, counts as missing; one that is not listed is passed over, with a note."
    let page = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
      <title>\(name)</title>
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
      table { border-collapse: collapse } td, th { text-align: left; padding: .2rem 1rem .2rem 0 }
      pre { background: #8881; padding: 1rem; overflow: auto }
      </style></head><body>
      <h1>\(name)</h1>
      <p>Version \(HTMLText.escaped(model.version)). \(predicts): \(answer).</p>
      <h2>Columns</h2>
      <table><tr><th>name</th><th>type</th><th>JSON</th></tr>\(rows.joined())</table>
      <h2>Try it</h2>
      <pre>curl \(Self.here)/v1/predict -d '\(HTMLText.escaped(sample(model)))'</pre>
      <p>A list of such objects gives a list of predictions. \(rule)
      The <a href="/v2/models/\(name)">Open Inference Protocol</a> is spoken under <code>/v2</code>;
      figures for Prometheus are at <a href="/metrics">/metrics</a>.</p>
      </body></html>

      """
    return Array(page.utf8)
  }

  /// Stands for the server's own address until the page is sent, when the port is known.
  private static let here = "http://HOST"

  /// The page with the address that the caller used.
  static func addressed(_ page: [UInt8], host: String) -> [UInt8] {
    guard let range = page.firstRange(of: Array("http://HOST".utf8)) else { return page }
    return page[..<range.lowerBound] + Array("http://\(HTMLText.escaped(host))".utf8) + page[range.upperBound...]
  }

  private static func sample(_ model: any ServedModel) -> String {
    let members = model.inputs.map { field -> JSONMember in
      let value: JSONValue =
        switch field.type {
        case .bool: .bool(true)
        case .int: .int(1)
        case .float: .double(1.5)
        case .text: .string("text")
        case .date: .string("2026-01-31")
        case .datetime: .string("2026-01-31T10:00:00Z")
        case .vector: .array([.double(0)])
        }
      return JSONMember(field.name, value)
    }
    return JSONValue.object(members).text.replacing("'", with: "'\\''")
  }
}
