import Synchronization

/// Thrown by a checkpoint after the work was cancelled.
public struct Cancelled: Error, Sendable, Equatable {
  public init() {}
}

/// What long work reports to and is cancelled through: Ctrl-C, a dropped HTTP client and a notebook's interrupt
/// all end here.
///
/// Every loop passes a checkpoint at least each 50 ms.
public final class Progress: Sendable {
  public struct State: Sendable {
    public var fraction: Double
    public var phase: String
    /// When all of it is expected to be done, by `Clock`; nil where that cannot be told.
    public var end: Double?
  }

  private let cancelled = Atomic<Bool>(false)
  private let refused = Mutex<OutOfMemory?>(nil)
  private let state = Mutex(State(fraction: 0, phase: ""))
  /// The work that this is a part of, which is cancelled with it.
  private let whole: Progress?
  /// The share of the whole that this is, where what it reports moves that on.
  private let share: ClosedRange<Double>?

  public init() {
    whole = nil
    share = nil
  }

  /// Of a part of some work: cancelled when the whole is. What it reports is its own; with a share of the whole its fraction moves
  /// that of the whole, whose words stay.
  public init(under whole: Progress, share: ClosedRange<Double>? = nil) {
    self.whole = whole
    self.share = share
  }

  /// Asks the work to end at its next checkpoint. Safe to call from a signal handler: it is one atomic store.
  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  /// Takes a cancellation back, so that the work may go on with what it has; false where it may not: it was refused memory, or is a
  /// part of what was cancelled.
  public func resume() -> Bool {
    guard refusal == nil else { return false }
    cancelled.store(false, ordering: .relaxed)
    return !isCancelled
  }

  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) || whole?.isCancelled ?? false }

  /// Ends the work for want of memory; the first reason counts.
  public func refuse(_ error: OutOfMemory) {
    if let whole { return whole.refuse(error) }
    refused.withLock { $0 = $0 ?? error }
    cancel()
  }

  /// The memory that the work was refused; nil where it was cancelled for another reason, or not at all.
  public var refusal: OutOfMemory? { whole?.refusal ?? refused.withLock { $0 } }

  /// Runs what asks for memory; a refusal ends the work.
  public func bounded<Result>(_ body: () throws(OutOfMemory) -> Result) throws(Cancelled) -> Result {
    do throws(OutOfMemory) {
      return try body()
    } catch {
      refuse(error)
      throw Cancelled()
    }
  }

  /// Asks for `bytes` on top of what is in use; a refusal ends the work.
  public func require(_ bytes: Int) throws(Cancelled) {
    try bounded { () throws(OutOfMemory) in try Memory.require(bytes) }
  }

  /// What was last reported, for a progress line.
  public var current: State { state.withLock { $0 } }

  /// Reports that `fraction` (0 … 1) of `phase` is done, and throws if the work was cancelled.
  public func checkpoint(_ fraction: Double, _ phase: String) throws(Cancelled) {
    if isCancelled { throw Cancelled() }
    report(fraction, phase)
  }

  /// Reports that `fraction` (0 … 1) of `phase` is done, and in how many seconds all of it will be, where that can be told.
  public func report(_ fraction: Double, _ phase: String, secondsLeft: Double? = nil) {
    let end = secondsLeft.map { Clock.seconds + $0 }
    state.withLock {
      $0.fraction = fraction
      $0.end = end
      if $0.phase != phase { $0.phase = phase }
    }
    if let share, let whole { whole.advance(share.lowerBound + fraction * (share.upperBound - share.lowerBound)) }
  }

  private func advance(_ fraction: Double) { state.withLock { $0.fraction = fraction } }

  /// Throws if the work was cancelled; one relaxed load, for inner loops.
  public func checkpoint() throws(Cancelled) {
    if isCancelled { throw Cancelled() }
  }
}
