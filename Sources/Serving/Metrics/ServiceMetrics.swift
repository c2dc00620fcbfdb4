import Synchronization

/// Counts of requests and of their times, as Prometheus' text format (version 0.0.4) gives them.
final class ServiceMetrics: Sendable {
  private struct Key: Hashable {
    let route: String
    let status: Int
  }

  private struct State {
    var requests: [Key: Int] = [:]
    var buckets = [Int](repeating: 0, count: ServiceMetrics.bounds.count + 1)
    var microseconds = 0
    var rows = 0
  }

  /// Upper bounds of the latency buckets in microseconds.
  private static let bounds = [50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 100_000, 1_000_000]

  private let state = Mutex(State())

  func count(route: String, status: Int, latency: Int, rows: Int) {
    let bucket = Self.bounds.firstIndex { latency <= $0 } ?? Self.bounds.count
    state.withLock { state in
      state.requests[Key(route: route, status: status), default: 0] += 1
      state.buckets[bucket] += 1
      state.microseconds &+= latency
      state.rows &+= rows
    }
  }

  /// The text, in a fixed order.
  var text: String {
    let state = state.withLock { $0 }
    var lines = ["# HELP mlp_requests_total Requests answered.", "# TYPE mlp_requests_total counter"]
    let keys = state.requests.keys.sorted { ($0.route, $0.status) < ($1.route, $1.status) }
    for key in keys {
      lines.append("mlp_requests_total{route=\"\(key.route)\",status=\"\(key.status)\"} \(state.requests[key] ?? 0)")
    }
    lines += ["# HELP mlp_rows_total Rows scored.", "# TYPE mlp_rows_total counter", "mlp_rows_total \(state.rows)"]
    lines += [
      "# HELP mlp_request_seconds Time from a request's head to its answer, without the log's.",
      "# TYPE mlp_request_seconds histogram",
    ]
    var sum = 0
    for (bound, count) in zip(Self.bounds, state.buckets) {
      sum += count
      lines.append("mlp_request_seconds_bucket{le=\"\(Double(bound) / 1e6)\"} \(sum)")
    }
    let total = state.buckets.reduce(0, +)
    lines += [
      "mlp_request_seconds_bucket{le=\"+Inf\"} \(total)",
      "mlp_request_seconds_sum \(Double(state.microseconds) / 1e6)", "mlp_request_seconds_count \(total)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
