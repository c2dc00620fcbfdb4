/// Other tools' words for the option `seed`, which several verbs have.
enum SeedWords {
  static let otherOptions = ["random_state": "seed", "random_seed": "seed", "set_seed": "seed"]
}
