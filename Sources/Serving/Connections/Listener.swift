import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import Plan

/// A bound port and the threads behind it.
final class Listener: Sendable {
  private let group: MultiThreadedEventLoopGroup
  private let channel: any Channel
  let port: Int

  /// Binds and begins to accept. Not to be called from a connection's thread.
  init(_ shared: ConnectionContext) throws(ServiceProblem) {
    let options = shared.options
    guard (0...65_535).contains(options.port) else { throw ServiceProblem.badPort(options.port) }
    let threads = options.threads > 0 ? min(options.threads, 256) : System.coreCount
    group = MultiThreadedEventLoopGroup(numberOfThreads: threads)
    do {
      channel = try Self.bootstrap(group, shared).bind(host: options.host, port: options.port).wait()
    } catch {
      group.shutdownGracefully { _ in }
      throw Self.failure(error, options)
    }
    port = channel.localAddress?.port ?? options.port
  }

  private static func failure(_ error: any Error, _ options: ServiceOptions) -> ServiceProblem {
    if let error = error as? IOError, error.errnoCode == EADDRINUSE {
      return .addressInUse(host: options.host, port: options.port)
    }
    let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
    return .cannotListen(host: options.host, port: options.port, reason: reason)
  }

  private static func bootstrap(_ group: MultiThreadedEventLoopGroup, _ shared: ConnectionContext) -> ServerBootstrap {
    ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 512)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try accept(channel, shared) }
      }
  }

  private static func accept(_ channel: any Channel, _ shared: ConnectionContext) throws {
    guard shared.registry.admit() else {
      let registered = channel.eventLoop.submit { turnAway(channel) }
      return registered.whenFailure { _ in channel.close(promise: nil) }
    }
    channel.closeFuture.whenComplete { _ in shared.registry.release() }
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = 8 << 10
    limits.maxHeaderListSize = 32 << 10
    limits.maxHeaderFieldCount = 128
    let decoder = HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)
    try channel.pipeline.syncOperations.addHandlers([ByteToMessageHandler(decoder), Connection(shared)])
  }

  /// Answers a connection for which there is no place.
  private static func turnAway(_ channel: any Channel) {
    var buffer = channel.allocator.buffer(capacity: 128)
    buffer.writeStaticString(
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n")
    channel.writeAndFlush(buffer).whenComplete { _ in channel.close(promise: nil) }
  }

  /// Accepts no more connections; those that are open stay.
  ///
  /// try? is safe: a channel that does not close accepts no more when its threads end.
  func stopAccepting() { try? channel.close().wait() }

  /// Ends the threads; every connection must be closed or is closed now.
  ///
  /// try? is safe: what does not end now ends with the process.
  func shutDown() { try? group.syncShutdownGracefully() }
}
