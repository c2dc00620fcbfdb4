import NIOCore

/// From a whole request to the bytes of its answer: scored, recorded, and only then written.
extension Connection {
  func answer(_ call: Call) {
    guard let context else { return }
    if call.body.count <= ConnectionContext.smallBody {
      let (answer, record) = shared.responder.respond(call)
      return keep(answer, record, isHead: call.method == "HEAD")
    }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    let responder = shared.responder
    shared.aside.async {
      let (answer, record) = responder.respond(call)
      bound.execute { $0.keep(answer, record, isHead: call.method == "HEAD") }
    }
  }

  /// Answers a request that is not taken, and ends the connection: where the next one begins is not known.
  func refuse(_ call: Call, _ problem: RequestProblem) {
    enter(.answering)
    endsAfterAnswer = true
    let (answer, record) = shared.responder.refuse(call, problem)
    keep(answer, record, isHead: call.method == "HEAD")
  }

  /// Writes the answer once its record is in the log; without a record there is no answer but 503.
  private func keep(_ answer: Answer, _ record: LogRecord, isHead: Bool) {
    guard let log = shared.log, let context else {
      return write(answer, record, isHead: isHead)
    }
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    log.append(record) { isKept in
      bound.execute { connection in
        connection.write(isKept ? answer : connection.unavailable(record), record, isHead: isHead)
      }
    }
  }

  private func unavailable(_ record: LogRecord) -> Answer {
    .problem(
      RequestProblem(
        status: 503, "log-unavailable", "the request could not be logged, and so is not answered",
        help: "see whether the disk is full or the log is locked"),
      requestID: record.requestID, isInferenceProtocol: record.route.hasPrefix("/v2"))
  }

  private func write(_ answer: Answer, _ record: LogRecord, isHead: Bool) {
    guard let context, phase == .answering else { return }
    var buffer = context.channel.allocator.buffer(capacity: answer.body.count + 320)
    WireAnswer.append(
      answer, requestID: record.requestID, date: shared.date.text(record.at &+ record.latency), isHead: isHead,
      keepsAlive: !isLastAnswer, to: &buffer)
    guard isLastAnswer else {
      context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
      enter(.idle)
      return takeQueued()
    }
    enter(.lingering)
    let written = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: written)
    end(after: written.futureResult, context)
  }

  /// Closes after the answer is written: our side first, then, when the caller has closed too or 2 seconds have passed,
  /// the whole. Closing at once would reset the connection under a caller who is still sending, and lose the answer.
  private func end(after written: EventLoopFuture<Void>, _ context: ChannelHandlerContext) {
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    written.whenComplete { _ in
      guard let context = bound.value.context else { return }
      context.close(mode: .output, promise: nil)
      context.read()
    }
  }
}
