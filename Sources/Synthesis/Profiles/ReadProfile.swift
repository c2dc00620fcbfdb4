import Notation
import Tables

/// What a file of a profile says that is none.
public struct ProfileFault: Error, Sendable, Equatable {
  /// What is wrong, as the end of a sentence that begins with the file's name.
  public let words: String
}

extension CopulaModel {
  /// Reads a saved profile. Throws what is wrong with it.
  public init(profile bytes: [UInt8]) throws(ProfileFault) {
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: bytes, depth: 16, limit: SavedProfile.limit) } catch {
      throw ProfileFault(words: "it is not JSON: \(error.words)")
    }
    guard value["profile"]?.string == SavedProfile.kind else {
      throw ProfileFault(words: "it is no saved profile, which begins with \"profile\": \"\(SavedProfile.kind)\"")
    }
    guard value["version"]?.int == SavedProfile.version else {
      throw ProfileFault(words: "it is a profile of another version than \(SavedProfile.version)")
    }
    let reader = ProfileReader(value)
    name = try reader.text("name")
    rowCount = try reader.count("rows")
    members = try reader.members()
    by = try reader.by(members)
    latent = try reader.places("together", among: members.count)
    patterns = try reader.patterns(members.count)
    groups = try reader.groups(members, by: by, latent: latent, patterns: patterns.count)
  }
}

/// Reads the parts of a profile, each with what it has to be.
private struct ProfileReader {
  private let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  private static func fault(_ part: String) -> ProfileFault {
    ProfileFault(words: "its '\(part)' is not as a profile's is")
  }

  func text(_ part: String) throws(ProfileFault) -> String {
    guard let text = value[part]?.string else { throw Self.fault(part) }
    return text
  }

  func count(_ part: String) throws(ProfileFault) -> Int {
    guard let count = value[part]?.int.flatMap({ Int(exactly: $0) }), count >= 0 else { throw Self.fault(part) }
    return count
  }

  func members() throws(ProfileFault) -> [CopulaModel.Member] {
    var members: [CopulaModel.Member] = []
    var names: Set<String> = []
    for column in value["columns"]?.elements ?? [] {
      guard let name = column["name"]?.string, let type = column["type"]?.string.flatMap(ColumnType.init(rawValue:)),
        type != .vector, names.insert(name).inserted
      else { throw Self.fault("columns") }
      members.append(CopulaModel.Member(name: name, type: type, level: .public))
    }
    if members.isEmpty { throw Self.fault("columns") }
    return members
  }

  func by(_ members: [CopulaModel.Member]) throws(ProfileFault) -> Int? {
    guard let by = value["by"], !by.isNull else { return nil }
    guard let place = members.firstIndex(where: { $0.name == by.string }) else { throw Self.fault("by") }
    return place
  }

  private func places(_ list: JSONValue?, among count: Int, _ part: String) throws(ProfileFault) -> [Int] {
    var places: [Int] = []
    for element in list?.elements ?? [.null] {
      guard let place = element.int.flatMap({ Int(exactly: $0) }), place >= 0, place < count, !places.contains(place)
      else { throw Self.fault(part) }
      places.append(place)
    }
    return places
  }

  func places(_ part: String, among count: Int) throws(ProfileFault) -> [Int] {
    try places(value[part], among: count, part)
  }

  func patterns(_ count: Int) throws(ProfileFault) -> [[Int]] {
    var patterns: [[Int]] = []
    for element in value["gaps"]?.elements ?? [.null] {
      let columns = try places(element, among: count, "gaps")
      guard !columns.isEmpty, patterns.allSatisfy({ Set($0).isDisjoint(with: columns) }) else {
        throw Self.fault("gaps")
      }
      patterns.append(columns)
    }
    return patterns
  }

  // MARK: Groups

  func groups(
    _ members: [CopulaModel.Member], by: Int?, latent: [Int], patterns: Int
  ) throws(ProfileFault) -> [CopulaModel.Group] {
    guard let written = value["groups"]?.elements, !written.isEmpty, written.count <= CopulaModel.mostClasses,
      by == nil ? written.count == 1 : true, latent.allSatisfy({ $0 != by })
    else { throw Self.fault("groups") }
    var groups: [CopulaModel.Group] = []
    for group in written {
      guard let share = group["share"]?.double, share >= 0, share <= 1, let columns = group["columns"]?.elements,
        columns.count == members.count, let value = by.map({ Self.cell(group["value"], members[$0].type) }) ?? .missing
      else { throw Self.fault("groups") }
      let missing = (group["missing"]?.elements ?? []).compactMap(\.double)
      let entries = (group["correlations"]?.elements ?? []).compactMap(\.double)
      guard missing.count == patterns, missing.allSatisfy({ $0 >= 0 && $0 <= 1 }),
        let correlations = CorrelationMatrix(size: latent.count + patterns, entries: entries)
      else { throw Self.fault("correlations") }
      var marginals: [Marginal?] = []
      for (column, member) in zip(columns, members) { marginals.append(try Self.marginal(column, member)) }
      for place in latent where !(marginals[place]?.isLatent ?? true) { throw Self.fault("together") }
      groups.append(
        CopulaModel.Group(
          share: share, value: value, marginals: marginals, missing: missing, correlations: correlations.repaired()))
    }
    guard groups.contains(where: { $0.share > 0 }) else { throw Self.fault("groups") }
    return groups
  }

  /// The cell that a value stands for; nil where it is none of the type.
  private static func cell(_ value: JSONValue?, _ type: ColumnType) -> Cell? {
    guard let value, !value.isNull else { return .missing }
    switch type {
    case .bool: return value.bool.map(Cell.bool)
    case .int: return value.int.map(Cell.int)
    case .float: return value.double.flatMap { $0.isFinite ? .float($0) : nil }
    case .text: return value.string.map(Cell.text)
    case .date: return value.int.flatMap({ Int32(exactly: $0) }).map(Cell.date)
    case .datetime: return value.int.map(Cell.datetime)
    case .vector: return nil
    }
  }

  private static func marginal(
    _ value: JSONValue, _ member: CopulaModel.Member
  ) throws(ProfileFault) -> Marginal? {
    if value.isNull { return nil }
    let read =
      levels(value, member.type) ?? quantiles(value, member.type) ?? sequence(value, member.type)
      ?? (member.type == .text ? form(value).map(Marginal.form) : nil)
    guard let read else { throw ProfileFault(words: "its column '\(member.name)' is not as a profile's is") }
    return read
  }

  private static func sequence(_ value: JSONValue, _ type: ColumnType) -> Marginal? {
    guard type == .int, let first = value["first"]?.int, let step = value["step"]?.int else { return nil }
    return .sequence(first: first, step: step)
  }

  private static func levels(_ value: JSONValue, _ type: ColumnType) -> Marginal? {
    guard let written = value["values"]?.elements, let shares = value["shares"]?.elements?.compactMap(\.double) else {
      return nil
    }
    let values = written.compactMap { cell($0, type) }.filter { $0 != .missing }
    guard values.count == written.count, values.count == shares.count, !values.isEmpty,
      shares.allSatisfy({ $0 > 0 && $0 <= 1 }), Set(values).count == values.count
    else { return nil }
    return .levels(Levels(values, shares: shares))
  }

  private static func quantiles(_ value: JSONValue, _ type: ColumnType) -> Marginal? {
    guard type != .text, type != .bool, let written = value["quantiles"]?.elements else { return nil }
    let knots = written.compactMap(\.double)
    guard knots.count == written.count, knots.count >= 2, knots.allSatisfy(\.isFinite),
      zip(knots, knots.dropFirst()).allSatisfy({ $0 <= $1 }), let grain = grain(value)
    else { return nil }
    return .quantiles(Quantiles(knots: knots, grain: grain))
  }

  private static func grain(_ value: JSONValue) -> Quantiles.Grain? {
    if let digits = value["decimals"] {
      guard let count = digits.int, count >= 0, count <= Quantiles.Grain.mostDecimals else { return nil }
      return .decimals(Int(count))
    }
    guard let unit = value["unit"] else { return .free }
    return unit.int.flatMap { $0 > 0 ? .multiple($0) : nil }
  }

  private static func form(_ value: JSONValue) -> TextForm? {
    switch value["form"]?.string {
    case "email": return .email
    case "url": return .url
    case "name": return .person
    case "sentence":
      guard let least = value["least"]?.int, let most = value["most"]?.int, least > 0, least <= most, most <= 1000
      else { return nil }
      return .sentence(least: Int(least), most: Int(most))
    case "patterns":
      let written = value["patterns"]?.elements ?? []
      let patterns = written.compactMap(pattern)
      return patterns.isEmpty || patterns.count != written.count ? nil : .patterns(patterns)
    default: return nil
    }
  }

  private static func pattern(_ value: JSONValue) -> TextForm.Pattern? {
    guard let share = value["share"]?.double, share > 0, share <= 1, let text = value["text"]?.string,
      let fixed = value["fixed"]?.string, text.utf8.allSatisfy({ $0 < 128 }), text.utf8.count == fixed.utf8.count
    else { return nil }
    return TextForm.Pattern(
      share: share, kinds: Array(text.utf8), isFixed: fixed.utf8.map { $0 == UInt8(ascii: "=") })
  }
}
