import Display
import Plan
import Tables

/// A split as it is shown: parts and their sizes, never the sealed rows.
enum SplitDisplay {
  static func table(_ split: Split) -> DisplayTable {
    let total = split.train.count + split.valid.count + split.sealed.count
    let parts = [("train", split.train.count), ("valid", split.valid.count), ("test (sealed)", split.sealed.count)]
    let rows: [[Cell]] = parts.filter { $0.1 > 0 }.map { name, count in
      [.text(name), .int(Int64(count)), .float(Double(count) / Double(max(total, 1)))]
    }
    let folds: [[Cell]] = split.foldCount > 0 ? [[.text("folds"), .int(Int64(split.foldCount)), .missing]] : []
    return DisplayTable(["part", "rows", "share"], rows: rows + folds, title: "\(split.name) split")
  }
}
