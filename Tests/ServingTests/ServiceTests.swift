import Display
import Foundation
import Glibc
import Plan
import Testing

@testable import Serving

@Suite(.serialized) struct ServiceTests {
  @Test func requestsOverOneConnectionAreAnsweredAndLogged() throws {
    let running = try Running()
    let client = running.client
    for _ in 0..<20 { #expect(client.post("/v1/predict", ChurnModel.row)?.status == 200) }
    #expect(client.request("GET", "/healthz")?.status == 200)
    #expect(client.request("HEAD", "/")?.status == 200)
    #expect(client.request("GET", "/nowhere")?.status == 404)
    let records = try running.records()
    #expect(records.map(\.status) == [Int](repeating: 200, count: 22) + [404])
    #expect(Set(records.map(\.requestID)).count == 23)
    #expect(records[0].client == "127.0.0.1")
    #expect(
      records[0].response.map { String(decoding: $0, as: UTF8.self) }?.hasPrefix(#"{"prediction":"leaves""#) == true)
  }

  @Test func pipelinedRequestsAreAnsweredInOrderAlsoWhenTheCallerHasSaidAllItWill() throws {
    let running = try Running()
    let client = running.client
    let paths = ["/v2/health/live", "/nowhere", "/healthz", "/v2"]
    client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: t\r\n\r\n" }.joined())
    client.closeOutput()
    #expect(paths.map { _ in client.reply()?.status } == [200, 404, 200, 200])
    #expect(client.isClosed())
    #expect(try running.records().map(\.route) == paths)
  }

  @Test func aBodyInPiecesOrChunksIsOneBody() throws {
    let running = try Running()
    let client = running.client
    client.send("POST /v1/predict HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"spe\r\n")
    usleep(20_000)
    client.send("8\r\nnd\":101}\r\n0\r\n\r\n")
    #expect(client.reply()?.json["prediction"] == .string("leaves"))
    client.send("POST /v1/predict HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
    #expect(client.reply()?.status == 100)
    client.send("{}")
    #expect(client.reply()?.status == 200)
  }

  @Test func aLargeBodyIsAnsweredAside() throws {
    let running = try Running()
    let body = "[" + [String](repeating: ChurnModel.row, count: 2000).joined(separator: ",") + "]"
    #expect(running.client.post("/v1/predict", body)?.json["predictions"]?.elements?.count == 2000)
    #expect(try running.records()[0].rows == 2000)
  }

  @Test(arguments: [true, false])
  func aBodyThatIsTooLargeIsRefusedAndRecorded(isAnnounced: Bool) throws {
    let running = try Running { $0.bounds.body = 1000 }
    let client = running.client
    let body = String(repeating: " ", count: 4000)
    client.send(
      "POST /v1/predict HTTP/1.1\r\nHost: t\r\n"
        + (isAnnounced ? "Content-Length: 4000\r\n\r\n\(body)" : "Transfer-Encoding: chunked\r\n\r\nfa0\r\n\(body)\r\n")
    )
    let reply = client.reply()
    #expect(reply?.status == 413)
    #expect(reply?.json["error"]?["code"] == .string("too-large"))
    #expect(client.isClosed())
    #expect(try running.records().map(\.error) == ["too-large"])
  }

  @Test(arguments: [
    "garbage\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n", "\u{0}\u{1}",
  ])
  func whatIsNotHTTPIsRefusedAndRecorded(text: String) throws {
    let running = try Running()
    let client = running.client
    client.send(text)
    client.closeOutput()
    #expect(client.reply()?.status == 400)
    #expect(try running.records().map(\.error) == ["bad-http"])
  }

  @Test func headsAreBounded() throws {
    let running = try Running()
    let client = running.client
    client.send("GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 100_000))\r\n\r\n")
    #expect([400, 431].contains(client.reply()?.status))
    #expect(try running.records().count == 1)
  }

  @Test func aRequestThatIsDroppedIsRecorded() throws {
    let running = try Running()
    do {
      let client = running.client
      client.send("POST /v1/predict HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n{\"age\":")
      usleep(50_000)
    }
    #expect(try running.records(count: 1).map(\.error) == ["dropped"])
  }

  @Test func aBodyThatTricklesIsCutOff() throws {
    let running = try Running { $0.requestSeconds = 0.3 }
    let client = running.client
    client.send("POST /v1/predict HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n")
    for _ in 0..<8 {
      client.send(" ")
      usleep(100_000)
    }
    #expect(client.reply()?.status == 408)
    #expect(try running.records().map(\.error) == ["too-slow"])
  }

  @Test func aHeadThatTricklesIsCutOff() throws {
    let running = try Running { $0.idleSeconds = 0.3 }
    let client = running.client
    for byte in "GET / HTTP/1.1\r\nX: yyyy" {
      client.send(String(byte))
      usleep(30_000)
    }
    #expect(client.isClosed())
  }

  @Test func connectionsAreBounded() throws {
    let running = try Running { $0.connections = 2 }
    let first = running.client
    let second = running.client
    #expect(first.request("GET", "/healthz")?.status == 200)
    #expect(second.request("GET", "/healthz")?.status == 200)
    #expect(running.client.reply()?.status == 503)
    #expect(first.request("GET", "/healthz")?.status == 200)
  }

  @Test func stoppingAnswersWhatWasAskedAndRefusesNewConnections() throws {
    let running = try Running(SlowModel())
    let busy = running.client
    let idle = running.client
    #expect(idle.request("GET", "/healthz")?.status == 200)
    busy.send("POST /v1/predict HTTP/1.1\r\nHost: t\r\nContent-Length: 7\r\n\r\n{\"x\":1}")
    usleep(100_000)
    let port = running.service.port
    #expect(running.service.stop(within: 5))
    #expect(busy.reply()?.status == 200)
    #expect(idle.isClosed())
    #expect(Client(port: port, seconds: 1).request("GET", "/") == nil)
    #expect(try running.records().map(\.status) == [200, 200])
    #expect(running.service.waitUntilStopped(seconds: 0))
    #expect(running.service.stop())
  }

  @Test func stoppingIsBoundedInTime() throws {
    let running = try Running(SlowModel(microseconds: 3_000_000))
    let client = running.client
    client.send("POST /v1/predict HTTP/1.1\r\nHost: t\r\nContent-Length: 20000\r\n\r\n")
    client.send(#"{"x":1}"# + String(repeating: " ", count: 20_000 - 7))
    usleep(100_000)
    let start = Moment.now
    #expect(!running.service.stop(within: 0.2))
    #expect(start.elapsed < 2_000_000)
  }

  @Test func aPortInUseIsAnError() throws {
    let running = try Running()
    let port = running.service.port
    #expect(throws: ServiceProblem.addressInUse(host: "127.0.0.1", port: port)) {
      _ = try Service.start(ChurnModel(), ServiceOptions(port: port))
    }
    #expect(throws: ServiceProblem.badPort(70_000)) {
      _ = try Service.start(ChurnModel(), ServiceOptions(port: 70_000))
    }
    #expect(throws: ServiceProblem.self) {
      _ = try Service.start(ChurnModel(), ServiceOptions(host: "no.such.host.invalid", port: 0))
    }
  }

  @Test func aSignalEndsTheWait() throws {
    let running = try Running()
    #expect(running.service.runUntilSignal(orSeconds: 0.05) == .elapsed)
    // A signal that comes late must not end the whole test run.
    signal(SIGTERM, SIG_IGN)
    let other = try Running()
    let number = getpid()
    let thread = Task.detached {
      usleep(200_000)
      kill(number, SIGTERM)
    }
    #expect(other.service.runUntilSignal(orSeconds: 60) == .signal(SIGTERM))
    thread.cancel()
  }

  @Test func withoutALogItServesToo() throws {
    let running = try Running { $0.log = nil }
    #expect(running.client.post("/v1/predict", ChurnModel.row)?.status == 200)
  }

  @Test func aModelIsReplacedBetweenRequests() throws {
    let running = try Running()
    let client = running.client
    #expect(client.post("/v1/predict", ChurnModel.row)?.json["version"] == .string("3"))
    try running.service.replace(ChurnModel(version: "4"))
    #expect(client.post("/v1/predict", ChurnModel.row)?.json["version"] == .string("4"))
    #expect(try running.records().map(\.version) == ["3", "4"])
  }

  /// Whatever bytes arrive, at whichever address, the answer is an error of the caller's and there is a record of it.
  @Test func randomBytesEndInAnErrorWithARecord() throws {
    let running = try Running()
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "{", "}", "[", "]", "\"", ":", ",", "inputs", "data", "shape", "rows", "age", "1e999", "-", "\\u00", "null",
      "\u{FF}",
    ]
    var sent = 0
    for path in ["/v1/predict", "/v2/models/churn/infer"] {
      let client = running.client
      for _ in 0..<150 {
        let bytes: [UInt8] =
          Bool.random(using: &generator)
          ? (0..<Int.random(in: 0..<40)).map { _ in UInt8.random(in: 0...255) }
          : (0..<Int.random(in: 1..<12)).flatMap { _ in Array((pieces.randomElement() ?? "").utf8) }
        let reply = client.request("POST", path, bytes)
        sent += 1
        // A list without rows, and an object without columns, are understood.
        #expect(reply.map { (400..<500).contains($0.status) || $0.status == 200 } == true)
      }
    }
    #expect(try running.records().count == sent)
  }
}
