import Kernels

/// Words that made-up names, addresses and sentences are put together of. None of them is of a real person.
enum FakeWords {
  static let firstNames = [
    "Ada", "Amara", "Anders", "Anna", "Arjun", "Aylin", "Ben", "Bruno", "Carla", "Chen", "Clara", "Daniel", "Daria",
    "David", "Elena", "Elif", "Emil", "Emma", "Erik", "Farah", "Felix", "Fiona", "Goran", "Greta", "Hana", "Hugo",
    "Ida",
    "Ines", "Ivan", "Jakob", "Jana", "Jonas", "Julia", "Kaito", "Karin", "Lars", "Laura", "Leon", "Lina", "Luca",
    "Maja",
    "Marco", "Maria", "Mateo", "Mina", "Nadia", "Nils", "Noor", "Olga", "Omar", "Paul", "Petra", "Rafael", "Rosa",
    "Samir",
    "Sara", "Sofia", "Tariq", "Teresa", "Theo", "Viktor", "Vera", "Yara", "Zoe",
  ]
  static let lastNames = [
    "Abel", "Adler", "Almeida", "Andersen", "Bauer", "Becker", "Berg", "Bianchi", "Borg", "Brandt", "Castro", "Costa",
    "Dahl", "Demir", "Dietrich", "Duarte", "Eriksen", "Falk", "Ferrari", "Fischer", "Fuchs", "Garcia", "Gruber", "Haas",
    "Hansen", "Hoffmann", "Horvat", "Ito", "Jansen", "Kaya", "Keller", "Klein", "Kovac", "Larsen", "Lehmann",
    "Lindgren",
    "Lopez", "Martin", "Meyer", "Moreau", "Nagy", "Nielsen", "Novak", "Olsen", "Park", "Petrov", "Ricci", "Rossi",
    "Santos", "Sato", "Schmidt", "Silva", "Singh", "Sorensen", "Tanaka", "Torres", "Varga", "Vogel", "Wagner", "Weber",
    "Winter", "Yilmaz", "Zeman", "Zimmer",
  ]
  static let streets = [
    "Acacia", "Bridge", "Castle", "Cedar", "Chapel", "Church", "Elm", "Field", "Forest", "Garden", "Harbour", "High",
    "Hill", "Lake", "Lime", "Market", "Meadow", "Mill", "Oak", "Orchard", "Park", "River", "Rose", "School", "South",
    "Spring", "Station", "Stone", "Valley", "West", "Willow", "Windmill",
  ]
  static let ways = ["Street", "Road", "Lane", "Avenue"]
  static let towns = [
    "Ashford", "Brookfield", "Clearwater", "Dunmore", "Eastvale", "Fairhaven", "Glenwood", "Hillcrest", "Kingsbridge",
    "Lakeside", "Maplewood", "Northgate", "Oakridge", "Pinehurst", "Riverton", "Silverdale", "Stonebridge", "Thornbury",
    "Westbrook", "Woodstock",
  ]
  static let trades = [
    "Analytics", "Bakery", "Books", "Capital", "Coffee", "Design", "Energy", "Foods", "Freight", "Garden", "Health",
    "Instruments", "Labs", "Logistics", "Media", "Motors", "Optics", "Paper", "Software", "Systems", "Textiles",
    "Travel",
    "Wood", "Works",
  ]
  static let legalForms = ["Ltd", "Inc", "GmbH", "AS", "AB", "SA"]
  static let words = [
    "a", "about", "account", "again", "all", "always", "and", "arrived", "asked", "before", "box", "bright", "came",
    "change", "clear", "cold", "colour", "day", "delivery", "door", "early", "evening", "every", "fast", "few", "first",
    "for", "friendly", "from", "gave", "good", "green", "had", "help", "house", "in", "item", "kind", "last", "late",
    "letter", "light", "little", "long", "made", "many", "morning", "much", "near", "new", "no", "of", "old", "on",
    "one",
    "order", "other", "over", "paid", "parcel", "people", "place", "quiet", "road", "said", "second", "sent", "service",
    "short", "slow", "small", "some", "station", "still", "store", "street", "team", "than", "the", "then", "thing",
    "time",
    "to", "today", "train", "under", "very", "visit", "was", "water", "week", "well", "went", "white", "with",
    "without",
    "work", "year",
  ]

  static func one(of words: [String], _ random: inout CounterRandom) -> String {
    words[random.next(below: words.count)]
  }

  /// So many words, the first with a capital letter, and a full stop.
  static func sentence(_ count: Int, _ random: inout CounterRandom) -> String {
    let chosen = (0..<max(1, count)).map { _ in one(of: words, &random) }.joined(separator: " ")
    return chosen.prefix(1).uppercased() + chosen.dropFirst() + "."
  }
}
