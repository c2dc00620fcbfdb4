import NIOCore
import NIOHTTP1

/// One connection: gathers a request within its bounds, has it answered and recorded, and writes the answer, in order.
///
/// Lives on its event loop's thread. While a request is being answered, one more piece is read at most, so that a caller
/// who sends faster than it is answered is held back by TCP. (Reading none would cost two system calls a request.)
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = Never
  typealias OutboundOut = ByteBuffer

  enum Phase { case idle, receiving, answering, lingering }

  let shared: ConnectionContext
  var phase = Phase.idle
  var context: ChannelHandlerContext?
  /// Ends the connection after the answer that is under way.
  var endsAfterAnswer = false
  /// The caller sends no more; what it asked before is still answered.
  private var isInputClosed = false
  private var client = ""
  private var head: RequestHead?
  private var body: [UInt8] = []
  /// Parts that were read together with a request that is still being answered.
  private var queued: [HTTPServerRequestPart] = []
  private var isTakingQueued = false
  private var holdsRead = false
  private var deadline = NIODeadline.distantFuture
  private var timer: Scheduled<Void>?

  init(_ shared: ConnectionContext) { self.shared = shared }

  // MARK: Coming and going

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    client = context.remoteAddress?.ipAddress ?? ""
    shared.registry.add(self, on: context.eventLoop)
    enter(.idle)
    watch(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) { leave() }

  func channelInactive(context: ChannelHandlerContext) {
    recordIfDropped()
    leave()
    context.fireChannelInactive()
  }

  private func leave() {
    timer?.cancel()
    timer = nil
    shared.registry.remove(self)
    context = nil
  }

  /// The server stops: an idle connection ends now, a busy one after its answer.
  func finish() {
    endsAfterAnswer = true
    if phase == .idle { context?.close(promise: nil) }
  }

  func abort() { context?.close(promise: nil) }

  // MARK: Time

  /// Enters a phase with the time that it may take.
  func enter(_ phase: Phase) {
    self.phase = phase
    let time: TimeAmount =
      switch phase {
      case .idle: shared.idleTime
      case .receiving: shared.requestTime
      case .answering: shared.answerTime
      case .lingering: .seconds(2)
      }
    deadline = .now() + time
  }

  /// Looks at the deadline now and then: cheaper than a timer of its own for every request.
  private func watch(_ context: ChannelHandlerContext) {
    let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: shared.tick) { bound.value.look() }
  }

  private func look() {
    guard let context else { return }
    if NIODeadline.now() >= deadline { expire(context) }
    if self.context != nil { watch(context) }
  }

  private func expire(_ context: ChannelHandlerContext) {
    guard phase == .receiving, let head else {
      context.close(promise: nil)
      return
    }
    refuse(
      call(head),
      RequestProblem(
        status: 408, "too-slow", "the request was not whole after \(shared.options.requestSeconds) seconds"))
  }

  // MARK: Reading

  func read(context: ChannelHandlerContext) {
    let isBusy = !queued.isEmpty || !context.channel.isWritable
    if isBusy { holdsRead = true } else { context.read() }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { takeQueued() }
    context.fireChannelWritabilityChanged()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if phase == .lingering { return }
    let part = unwrapInboundIn(data)
    if phase == .answering || !queued.isEmpty {
      queued.append(part)
    } else {
      take(part)
    }
  }

  /// Goes on with what was held back while an answer was under way.
  func takeQueued() {
    guard !isTakingQueued else { return }
    isTakingQueued = true
    defer { isTakingQueued = false }
    var taken = 0
    while let context, phase != .answering, phase != .lingering, context.channel.isWritable {
      guard taken < queued.count else { break }
      take(queued[taken])
      taken += 1
    }
    queued.removeFirst(min(taken, queued.count))
    endIfInputIsOver()
    if holdsRead, let context, queued.isEmpty, context.channel.isWritable {
      holdsRead = false
      context.read()
    }
  }

  private func take(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head): begin(RequestHead(head, client: client))
    case .body(let bytes): extend(bytes)
    case .end: complete()
    }
  }

  private func begin(_ head: RequestHead) {
    self.head = head
    body = []
    enter(.receiving)
    if !head.keepsAlive { endsAfterAnswer = true }
    if let length = head.length, length > shared.options.bounds.body { return refuseTooLarge(head) }
    guard head.awaitsContinue, let context else { return }
    var buffer = context.channel.allocator.buffer(capacity: 32)
    buffer.writeStaticString("HTTP/1.1 100 Continue\r\n\r\n")
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }

  private func extend(_ bytes: ByteBuffer) {
    guard phase == .receiving, let head else { return }
    guard body.count + bytes.readableBytes <= shared.options.bounds.body else { return refuseTooLarge(head) }
    body.append(contentsOf: bytes.readableBytesView)
  }

  private func complete() {
    guard phase == .receiving, let head else { return }
    enter(.answering)
    let call = call(head)
    body = []
    self.head = nil
    answer(call)
  }

  private func call(_ head: RequestHead) -> Call {
    var call = head.call
    call.body = body
    return call
  }

  // MARK: Requests that never became whole

  private func refuseTooLarge(_ head: RequestHead) {
    body = []
    refuse(
      head.call,
      RequestProblem(
        status: 413, "too-large", "the body is larger than \(shared.options.bounds.body) bytes",
        help: "send fewer rows in one request"))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError || error is NIOHTTPDecoderError, phase == .idle || phase == .receiving else {
      if phase == .answering { endsAfterAnswer = true } else { context.close(promise: nil) }
      return
    }
    // The parser's word for an end in the middle of a request.
    if (error as? HTTPParserError) == .invalidEOFState {
      recordIfDropped()
      context.close(promise: nil)
      return
    }
    let isTooLong = (error as? HTTPParserError) == .headerOverflow
    refuse(
      head.map(call) ?? Call(method: "", path: "", client: client),
      isTooLong
        ? RequestProblem(status: 431, "too-large", "the head of the request is too large")
        : RequestProblem("bad-http", "this is not HTTP/1.1"))
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard let event = event as? ChannelEvent, event == .inputClosed else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    isInputClosed = true
    endIfInputIsOver()
  }

  private func endIfInputIsOver() {
    guard isInputClosed, queued.isEmpty, phase != .answering else { return }
    recordIfDropped()
    context?.close(promise: nil)
  }

  /// Whether the answer that is about to be written is the connection's last.
  var isLastAnswer: Bool { endsAfterAnswer || (isInputClosed && queued.isEmpty) }

  private func recordIfDropped() {
    guard phase == .receiving, let head else { return }
    self.head = nil
    enter(.lingering)
    let problem = RequestProblem(status: 499, "dropped", "the caller went away before the request was whole")
    let record = shared.responder.refuse(call(head), problem).record
    shared.log?.append(record) { _ in }
  }
}
