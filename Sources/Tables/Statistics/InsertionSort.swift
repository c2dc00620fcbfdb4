/// Sorts a few numbers, or many that are nearly in order.
public enum InsertionSort {
  /// There must be no not-a-number. O(n × how many places a number is from its own).
  public static func sort(_ numbers: UnsafeMutablePointer<Double>, _ count: Int) {
    for place in 1..<max(1, count) {
      let number = numbers[place]
      var hole = place
      while hole > 0, numbers[hole &- 1] > number {
        numbers[hole] = numbers[hole &- 1]
        hole &-= 1
      }
      numbers[hole] = number
    }
  }
}
