import Display
import Plan
import Tables

/// A split as it is shown: parts, their sizes and the shares of the classes, never the sealed rows.
enum SplitDisplay {
  /// More classes than this are not shown part by part.
  private static let mostClasses = 6
  /// Nor are more folds one by one.
  private static let mostFolds = 12

  static func table(_ split: Split) -> DisplayTable {
    let total = split.train.count + split.valid.count + split.sealed.count
    let classes = shownClasses(split)
    func row(_ name: String, _ count: Int, _ shares: [Cell]) -> [Cell] {
      [.text(name), .int(Int64(count)), .float(Double(count) / Double(max(total, 1)))] + shares
    }
    let none = [Cell](repeating: .missing, count: classes.count)
    var rows = [row("train", split.train.count, shares(split.train, split, classes))]
    if !split.valid.isEmpty { rows.append(row("valid", split.valid.count, shares(split.valid, split, classes))) }
    if split.sealed.count > 0 { rows.append(row("test (sealed)", split.sealed.count, none)) }
    for (name, members) in folds(split) { rows.append(row(name, members.count, shares(members, split, classes))) }
    if split.foldCount > mostFolds { rows.append([.text("folds"), .int(Int64(split.foldCount)), .missing] + none) }
    let label = split.encoding?.label
    return DisplayTable(
      ["part", "rows", "share"] + classes.map { "share of \(label?.classes[$0].name ?? "")" },
      types: [.text, .int, .float] + classes.map { _ in .float }, rows: rows,
      title: "\(split.name) split")
  }

  /// The rows of each fold of the train part, where these are few. One that others only learn from says so.
  private static func folds(_ split: Split) -> [(name: String, rows: RowList)] {
    guard let folds = split.folds, folds.count <= mostFolds else { return [] }
    var members = [[Int]](repeating: [], count: folds.count)
    for (place, fold) in folds.assignment.enumerated() where members.indices.contains(fold) {
      members[fold].append(split.train[place])
    }
    return members.enumerated().map { fold, rows in
      (folds.areOrdered && fold == 0 ? "fold 1 (only learned from)" : "fold \(fold + 1)", RowList(rows))
    }
  }

  /// The codes of the classes whose shares are shown: of two the positive one.
  private static func shownClasses(_ split: Split) -> [Int] {
    guard let label = split.encoding?.label else { return [] }
    switch label.task {
    case .regression: return []
    case .binary: return [1]
    case .multiclass: return label.classes.count > mostClasses ? [] : Array(label.classes.indices)
    }
  }

  private static func shares(_ rows: RowList, _ split: Split, _ classes: [Int]) -> [Cell] {
    guard !classes.isEmpty, case .classes(let codes, let count)? = split.encoding?.target(rows).values else {
      return []
    }
    var counts = [Int](repeating: 0, count: count)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return classes.map { .float(Double(counts[$0]) / Double(max(codes.count, 1))) }
  }
}
