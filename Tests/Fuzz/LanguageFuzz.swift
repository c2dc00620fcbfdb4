import Diagnostics
import Language

/// Whatever the bytes, a script ends in diagnostics or in a program that survives formatting and printing unchanged.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLanguage(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  let source = SourceFile(name: "fuzz.mlp", text: text)
  var sink = DiagnosticSink()
  let program = Parser.parse(source, &sink)
  drawDiagnostics(sink.diagnostics, source)
  _ = Parser.isComplete(text)
  guard case .success(let formatted) = Formatter.format(source) else {
    precondition(sink.hasErrors, "refused without an error")
    return 0
  }
  precondition(!sink.hasErrors, "formatted in spite of errors")
  let again = SourceFile(name: "again.mlp", text: formatted)
  let reread = Parser.parse(again, &sink)
  precondition(!sink.hasErrors && reread == program, "formatting changed the meaning")
  precondition(reread.comments.map(\.text) == program.comments.map(\.text), "formatting lost a comment")
  precondition((try? Formatter.format(again).get()) == formatted, "formatting twice differs")
  let printed = SourceFile(name: "printed.mlp", text: SyntaxPrinter.text(program))
  precondition(Parser.parse(printed, &sink) == program && !sink.hasErrors, "printing changed the meaning")
  return 0
}

private func drawDiagnostics(_ diagnostics: [Diagnostic], _ source: SourceFile) {
  let renderer = DiagnosticRenderer(source: source, colour: true)
  for diagnostic in diagnostics.prefix(20) {
    precondition(!renderer.render(diagnostic).isEmpty && !renderer.json(diagnostic).isEmpty)
    if let range = diagnostic.range { precondition(range.start >= 0 && range.end <= source.bytes.count) }
  }
}
