import Tables

/// What a column may hold that is about persons.
public enum SensitiveKind: String, Sendable, Hashable, CaseIterable {
  case email, phone, card, iban
  case ip = "ip address"
  case nationalID = "national id"
  case name
  case birthDate = "birth date"
  case address
  case secret
  /// What a person may not be asked, or is treated differently by: health, religion, origin.
  case attribute = "sensitive attribute"
  /// What tells persons apart together with others of its like: age, sex, postcode.
  case quasiIdentifier = "quasi-identifier"

  /// The level that is proposed for it.
  public var level: ColumnLevel {
    switch self {
    case .card, .iban, .nationalID, .secret, .attribute: .restricted
    case .email, .phone, .ip, .name, .birthDate, .address, .quasiIdentifier: .confidential
    }
  }

  /// The mask that is proposed for it, as it is written.
  public var mask: String {
    switch self {
    case .email, .phone, .ip: "token"
    case .card, .iban, .nationalID, .secret, .attribute, .address: "redact"
    case .name: "partial"
    case .birthDate: "generalise(year)"
    case .quasiIdentifier: "bin"
    }
  }

  /// How sure a column is of the kind where all its values have the form; 0 where values tell nothing.
  var certainty: Double {
    switch self {
    case .email, .iban: 0.99
    case .card, .ip: 0.95
    case .phone, .nationalID: 0.9
    case .name: 0.4
    case .birthDate, .address, .secret, .attribute, .quasiIdentifier: 0
    }
  }

  /// How sure a column is of the kind whose name says so, where its values do not speak against it.
  var nameCertainty: Double {
    switch self {
    case .email, .phone, .card, .iban, .ip, .nationalID: 0.6
    case .name, .birthDate, .address, .secret: 0.85
    case .attribute, .quasiIdentifier: 0.7
    }
  }

  /// Whether values that are none can be told by their look; states have more forms of numbers than are known here.
  var hasLook: Bool {
    switch self {
    case .email, .phone, .card, .iban, .ip, .birthDate: true
    case .nationalID, .name, .address, .secret, .attribute, .quasiIdentifier: false
    }
  }

  /// Words of a column's name that say so; two words stand side by side in it.
  var words: [String] {
    switch self {
    case .email: ["email", "mail", "e mail", "epost", "courriel", "correo"]
    case .phone: ["phone", "telephone", "tel", "mobile", "cell", "fax", "msisdn", "telefon", "handy"]
    case .card: ["card", "pan", "cc", "credit card", "card number", "cardno"]
    case .iban: ["iban", "account", "bank account", "konto"]
    case .ip: ["ip", "ipv4", "ipv6", "ip address", "ipaddr", "client ip"]
    case .nationalID:
      [
        "ssn", "social security", "national id", "nin", "passport", "personnummer", "fodselsnummer", "cpr", "nino",
        "tax id", "taxid", "dni", "nie", "bsn", "pesel", "nir", "codice fiscale", "licence", "license",
      ]
    case .name:
      [
        "name", "surname", "lastname", "firstname", "fullname", "forename", "nachname", "vorname", "customer name",
        "patient", "nom", "prenom", "apellido",
      ]
    case .birthDate: ["birth", "dob", "born", "birthdate", "birthday", "geburtsdatum", "date of birth"]
    case .address: ["address", "street", "addr", "adresse", "residence"]
    case .secret: ["password", "passwd", "pwd", "secret", "apikey", "api key", "access token", "pin"]
    case .attribute:
      [
        "race", "ethnicity", "ethnic", "religion", "disability", "diagnosis", "disease", "health", "sexual orientation",
        "political", "union member", "hiv", "pregnant", "conviction",
      ]
    case .quasiIdentifier:
      ["age", "sex", "gender", "zip", "zipcode", "postcode", "postal code", "nationality", "citizen", "citizenship"]
    }
  }

  /// Whether a column of a type may hold it.
  func mayBe(_ type: ColumnType) -> Bool {
    switch self {
    case .birthDate: type == .date || type == .datetime || type == .text
    case .attribute, .quasiIdentifier: type != .vector
    case .card, .nationalID, .phone, .secret: type == .text || type == .int
    case .email, .iban, .ip, .name, .address: type == .text
    }
  }
}
