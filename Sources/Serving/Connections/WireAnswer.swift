import NIOCore

/// Writes answers in HTTP/1.1's words.
enum WireAnswer {
  /// Head and body in one buffer, so that an answer is one system call.
  static func append(
    _ answer: Answer, requestID: String, date: String, isHead: Bool, keepsAlive: Bool, to buffer: inout ByteBuffer
  ) {
    buffer.writeStaticString("HTTP/1.1 ")
    buffer.writeString(status(answer.status))
    buffer.writeStaticString("\r\nContent-Type: ")
    buffer.writeString(answer.contentType)
    buffer.writeStaticString("\r\nContent-Length: ")
    buffer.writeString(String(answer.body.count))
    buffer.writeStaticString("\r\nDate: ")
    buffer.writeString(date)
    buffer.writeStaticString("\r\nX-Request-ID: ")
    buffer.writeString(requestID)
    if let allow = answer.allow {
      buffer.writeStaticString("\r\nAllow: ")
      buffer.writeString(allow)
    }
    if answer.status == 503 { buffer.writeStaticString("\r\nRetry-After: 1") }
    buffer.writeStaticString("\r\nX-Content-Type-Options: nosniff\r\nConnection: ")
    buffer.writeString(keepsAlive ? "keep-alive\r\n\r\n" : "close\r\n\r\n")
    if !isHead { buffer.writeBytes(answer.body) }
  }

  /// RFC 9110, section 15, as far as this server uses it.
  static func status(_ status: Int) -> String {
    switch status {
    case 200: "200 OK"
    case 400: "400 Bad Request"
    case 404: "404 Not Found"
    case 405: "405 Method Not Allowed"
    case 408: "408 Request Timeout"
    case 413: "413 Content Too Large"
    case 415: "415 Unsupported Media Type"
    case 431: "431 Request Header Fields Too Large"
    case 500: "500 Internal Server Error"
    case 503: "503 Service Unavailable"
    default: "\(status) Status"
    }
  }
}
