import Databases
import Formats
import Notation
import Tables
import Web

/// Feeds texts to what takes addresses, declarations of columns, heads of answers and schemas apart. The first byte says which.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAddresses(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let text = String(decoding: bytes, as: UTF8.self)
  checkMask(text)
  switch choice % 6 {
  case 0: checkAddress("sqlite:" + text, SQLiteReading.self)
  case 1: checkAddress("postgres://" + text, PostgresReading.self)
  case 2: checkAddress("https://" + text, WebReading.self)
  case 3: _ = SQLiteDeclared(text)
  case 4:
    var head = WebHead()
    for line in text.split(separator: "\n") { head.take(String(line)) }
    precondition(head.length ?? 0 >= 0, "a length below zero")
  default: checkSchema(bytes)
  }
  return 0
}

/// Secrets stand in order and apart, whatever the text; and a password of which nothing had to be encoded is not shown.
private func checkMask(_ text: String) {
  let bytes = Array(text.utf8)
  var end = 0
  for range in Secrets.ranges(in: bytes) {
    precondition(range.lowerBound >= end && !range.isEmpty && range.upperBound <= bytes.count, "secrets overlap")
    end = range.upperBound
  }
  let password = text.filter { !"\"<>/?#@".contains($0) && !$0.isWhitespace && $0.isASCII && $0 > " " }
  if !password.isEmpty, !password.contains("://") {
    precondition(Secrets.masked("postgres://ann:p\(password)@host") == "postgres://ann:***@host", "a password is shown")
  }
}

/// Whatever an address is, it is a place or an error.
private func checkAddress(_ address: String, _ kind: any AddressReading.Type) {
  for bounds in [AddressBounds(), AddressBounds(isLoopbackOnly: true) { _ in nil }] {
    do throws(SourceError) {
      switch try kind.place(address, bounds) {
      case .table(let table, _): checkMask(table.path)
      case .remote(let file): checkMask(file.shown)
      }
    } catch {
      checkMask(error.source)
    }
  }
}

/// A schema that is read, written and read again is the same.
private func checkSchema(_ bytes: [UInt8]) {
  do throws(SourceError) {
    let schema = try SchemaFile("x", bytes)
    let again = try SchemaFile("x", SchemaFile.bytes(schema.fields))
    precondition(again == schema, "a schema reads back as another one")
  } catch {
    return
  }
}
