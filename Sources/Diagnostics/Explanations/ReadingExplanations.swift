/// Explanations of the codes about reading and writing files.
enum ReadingExplanations {
  static let fileNotFound = Explanation(
    summary: "There is no file of that name.",
    paragraph: """
      Names are taken from the directory in which mlp runs; a glob must match at least one file. A bare \
      name means a built-in set, or a let or param that holds a text.
      """,
    wrong: #"load "customer.csv""#,
    right: #"load "customers.csv""#)

  static let cannotRead = Explanation(
    summary: "A file is there and cannot be read.",
    paragraph: """
      The message gives the system's reason: no permission, a directory, a broken archive, an address that \
      does not answer.
      """,
    wrong: #"load "/root/secret.csv""#,
    right: #"load "customers.csv""#)

  static let exportDiffers = Explanation(
    summary: "A file that was made does not hold what was exported.",
    paragraph: """
      Before an export takes its place, its bytes are read back by a reader of that format. A model then scores \
      a sample with missing and unseen values, and a table's cells are compared. Where something is not the \
      same, nothing is written: the message names the step of the model and the largest difference. It is a \
      fault of mlp, and the .mlpkg format is a way on.
      """,
    wrong: #"export "m.onnx""#,
    right: #"export "m.mlpkg""#)

  static let cannotWrite = Explanation(
    summary: "A file cannot be written.",
    paragraph: """
      The message gives the system's reason: no permission, a full disk, a directory that is not there. \
      What stood there before is unharmed, because files are written beside their place first.
      """,
    wrong: """
      load titanic
      export "/no/such/place/t.csv"
      """,
    right: """
      load titanic
      export "t.csv"
      """)

  static let overwritesSource = Explanation(
    summary: "A stage would overwrite a file that the script reads.",
    paragraph: """
      The rows as they were would be gone, and the next run would start from what this one made. Links and other ways \
      to write the same path count as the file. Where that is meant, 'replace: true' does it.
      """,
    wrong: """
      load "orders.csv"
      filter price > 0
      export "orders.csv"
      """,
    right: """
      load "orders.csv"
      filter price > 0
      export "orders-clean.csv"
      """)

  static let fileExists = Explanation(
    summary: "A file is there already that this session did not write.",
    paragraph: """
      At the prompt nothing is replaced that was there before: 'replace: true' does it, and ':save! FILE' for the script \
      of the session. A script that is run as a whole replaces what it wrote the last time.
      """,
    wrong: """
      load titanic
      export "thesis.csv"
      """,
    right: """
      load titanic
      export "thesis.csv", replace: true
      """)

  static let badFormat = Explanation(
    summary: "A file is not what its name or 'format:' says.",
    paragraph: """
      The message names the place where reading stopped. 'format:' overrides the name's ending; \
      'delimiter:' and 'header:' say how a text file is cut.
      """,
    wrong: #"load "report.pdf""#,
    right: #"load "report.csv""#)

  static let badCell = Explanation(
    summary: "A cell does not fit the type of its column.",
    paragraph: """
      What the first part of a file settled is binding, so that nothing changes silently further down. \
      'types:' widens the type, 'missing:' names the words that stand for nothing, and 'rejects:' keeps \
      the rows aside.
      """,
    wrong: #"load "customers.csv""#,
    right: #"load "customers.csv", types: {age: text}"#)

  static let schemaDrift = Explanation(
    summary: "Columns are not those of the schema that a load is locked to.",
    paragraph: """
      The message lists each column that is not there, that the schema has not, or whose type is another. Where the \
      difference is meant, 'schema: save(…)' writes the schema anew.
      """,
    wrong: #"load "customers-july.csv", schema: locked("customers.schema.json")"#,
    right: #"load "customers-july.csv", schema: save("customers.schema.json")"#)

  static let tooLarge = Explanation(
    summary: "Data pass a stated limit of size or depth.",
    paragraph: """
      What comes from outside is measured before memory is given to it. '--memory' raises the limit for \
      data; the limits of requests and packages are fixed.
      """,
    wrong: #"load "huge.csv""#,
    right: #"load "huge.csv", columns: [id, age], rows: 1_000_000"#)
}
