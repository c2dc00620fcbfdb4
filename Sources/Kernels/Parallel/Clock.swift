import Glibc

/// Time that no change of the date touches.
public enum Clock {
  /// Seconds since some moment before this process began.
  public static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
