import QuantCore
import QuantTestSupport
import Testing

@testable import quant

/// One input that must be refused: what is made wrong, what is run, and what the error says.
struct HostileCase: CustomTestStringConvertible, Sendable {
  let name: String
  let code: ErrorCode
  let texts: [String]
  let arguments: [String]
  let prepare: @Sendable (ArrayBench) throws -> Void

  var testDescription: String { name }

  /// A fit of `X.npy` and `y.npy`, of which `prepare` spoils one.
  static func fit(
    _ name: String, _ code: ErrorCode, _ texts: [String], _ more: [String] = [],
    features: String = "X.npy", labels: String? = "y.npy",
    _ prepare: @escaping @Sendable (ArrayBench) throws -> Void = { _ in }
  ) -> HostileCase {
    HostileCase(
      name: name, code: code, texts: texts,
      arguments: ["fit", "--features", features, "--model", "out", "--trees", "3"]
        + (labels.map { ["--labels", $0] } ?? []) + more, prepare: prepare)
  }

  /// A prediction of `X.npy` with `model.gbm`, a good model of five columns.
  static func predict(
    _ name: String, _ code: ErrorCode, _ texts: [String], _ more: [String] = [],
    model: String = "model.gbm", features: String = "X.npy",
    _ prepare: @escaping @Sendable (ArrayBench) throws -> Void = { _ in }
  ) -> HostileCase {
    HostileCase(
      name: name, code: code, texts: texts,
      arguments: ["predict", "--model", model, "--features", features, "--output", "out"] + more,
      prepare: prepare)
  }

  static let all =
    arrays + labels + weights + tables + rowData + names + settings + outputs + models
}

// MARK: - Arrays

extension HostileCase {
  private static func header(_ type: String, _ shape: String, order: String = "False") -> String {
    "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
  }

  private static func forged(
    _ name: String, _ code: ErrorCode, _ texts: [String], _ dictionary: String, bytes: Int
  ) -> HostileCase {
    fit(name, code, texts) {
      let data = [UInt8](repeating: 0, count: bytes)
      try $0.folder.write(ArrayBench.forged(dictionary, data: data), to: "X.npy")
    }
  }

  static let arrays: [HostileCase] = [
    fit("no such file", .missingInput, ["none.npy"], features: "none.npy"),
    fit("a folder as features", .unreadableInput, [".", "regular file"], features: "."),
    fit("an empty file", .foreign, ["X.npy"]) { try $0.folder.write("", to: "X.npy") },
    fit("a text", .foreign, ["X.npy", "NumPy"]) { try $0.folder.write("hello\n", to: "X.npy") },
    fit("a truncated array", .truncated, ["X.npy", "8128 are expected"]) {
      let bytes = try FileBytes.read($0.folder.file("X.npy"))
      try $0.folder.write(Array(bytes.dropLast(5)), to: "X.npy")
    },
    fit("an array with bytes after it", .truncated, ["X.npy"]) {
      try $0.folder.write(FileBytes.read($0.folder.file("X.npy")) + [0], to: "X.npy")
    },
    fit("a truncated header", .truncated, ["X.npy"]) {
      try $0.folder.write(Array(FileBytes.read($0.folder.file("X.npy")).prefix(60)), to: "X.npy")
    },
    fit("an unknown version of the format", .unsupportedVersion, ["X.npy", "9.0"]) {
      var bytes = try FileBytes.read($0.folder.file("X.npy"))
      bytes[6] = 9
      try $0.folder.write(bytes, to: "X.npy")
    },
    forged("pickled objects", .foreign, ["'|O'"], header("|O", "(10, 2)"), bytes: 160),
    forged("big-endian numbers", .foreign, ["'>f4'"], header(">f4", "(10, 2)"), bytes: 80),
    forged("half precision", .foreign, ["'<f2'"], header("<f2", "(10, 2)"), bytes: 40),
    forged("complex numbers", .foreign, ["'<c8'"], header("<c8", "(10, 2)"), bytes: 160),
    forged("texts as features", .foreign, ["'|S4'"], header("|S4", "(10, 2)"), bytes: 80),
    forged("days as features", .foreign, ["'<M8[D]'"], header("<M8[D]", "(10, 2)"), bytes: 160),
    forged("a negative length", .foreign, ["malformed"], header("<f4", "(-10, 2)"), bytes: 80),
    forged(
      "a product beyond 64 bits", .foreign, ["shape"],
      header("<f4", "(4611686018427387904, 4611686018427387904)"), bytes: 8),
    forged(
      "more elements than bytes", .truncated, ["X.npy"],
      header("<f4", "(1000000000, 200)"), bytes: 80),
    forged("three dimensions", .foreign, ["3 dimensions"], header("<f4", "(2, 2, 2)"), bytes: 32),
    forged("no dimension", .foreign, ["0 dimensions"], header("<f4", "()"), bytes: 4),
    forged("0 rows", .emptyTraining, ["0 rows", "[0, 5]"], header("<f4", "(0, 5)"), bytes: 0),
    forged(
      "0 columns", .emptyTraining, ["0 columns", "[5, 0]"], header("<f4", "(5, 0)"), bytes: 0),
    forged(
      "a record type", .foreign, ["malformed"],
      "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }", bytes: 8),
    forged(
      "code in the header", .foreign, ["malformed"],
      "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,), }", bytes: 8),
    fit("an infinite feature", .infiniteValue, ["X.npy", "row 7, column 2 ('f2')", "--infinite"]) {
      try $0.spoil(row: 7, column: 2, with: Float.infinity)
    },
    fit("an infinite feature in column order", .infiniteValue, ["row 7, column 2", "-inf"]) {
      try $0.spoil(row: 7, column: 2, with: -Float.infinity, fortran: true)
    },
    fit("a feature beyond Float32", .infiniteValue, ["row 3, column 4", "1e+300", "exceeds"]) {
      try $0.spoil(row: 3, column: 4, with: 1e300)
    },
    predict("an infinite feature of a prediction", .infiniteValue, ["row 9, column 0"]) {
      try $0.spoil(row: 9, column: 0, with: Double.infinity)
    },
    predict("one in column order", .infiniteValue, ["row 9, column 0"]) {
      try $0.spoil(row: 9, column: 0, with: Float.infinity, fortran: true)
    },
  ]

  // MARK: - Labels and weights

  static let labels: [HostileCase] =
    [(Float.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf")].map { value, text in
      fit("label \(text)", .invalidTraining, ["y.npy", "label of row 5 is \(text)", "finite"]) {
        try $0.spoilLabel(row: 5, with: value)
      }
    } + [
      fit("label 2 of two classes", .invalidTraining, ["y.npy", "row 5 is 2.0", "0 or 1"]) {
        try $0.spoilLabel(row: 5, with: 2)
      },
      fit("label -1 of two classes", .invalidTraining, ["row 5 is -1.0", "0 or 1"]) {
        try $0.spoilLabel(row: 5, with: -1)
      },
      fit("label 0.5 of two classes", .invalidTraining, ["row 5 is 0.5", "0 or 1"]) {
        try $0.spoilLabel(row: 5, with: 0.5)
      },
      fit("a label beyond Float32", .invalidTraining, ["label of row 1 is 1e+300", "Float32"]) {
        try $0.write("y.npy", [0, 1e300] + [Double](repeating: 0, count: 398), [400])
      },
      fit("fewer labels than rows", .lengths, ["399 labels", "400 rows"]) {
        try $0.write("y.npy", [Float](repeating: 0, count: 399), [399])
      },
      fit("more labels than rows", .lengths, ["401 labels", "400 rows"]) {
        try $0.write("y.npy", [Float](repeating: 0, count: 401), [401])
      },
      fit("labels of two columns", .foreign, ["[400, 2]", "one label a row"]) {
        try $0.write("y.npy", [Float](repeating: 0, count: 800), [400, 2])
      },
      fit("labels that are texts", .foreign, ["'|S1'"]) {
        let data = [UInt8](repeating: 48, count: 400)
        try $0.folder.write(ArrayBench.forged(header("|S1", "(400,)"), data: data), to: "y.npy")
      },
      fit("no labels at all", .missingArgument, ["--labels", "--label-column"], labels: nil),
      fit(
        "a label of validation rows", .invalidTraining, ["yv.npy", "row 2 is 3.0"],
        ["--validation-features", "X.npy", "--validation-labels", "yv.npy"]
      ) {
        try $0.write("yv.npy", [0, 1, 3] + [Float](repeating: 0, count: 397), [400])
      },
      fit(
        "a rank that is no whole number", .invalidTraining, ["row 0 is 0.25"],
        ["--set", "objective=lambdarank", "--groups", "g.npy"]
      ) {
        try $0.write("y.npy", [0.25] + [Float](repeating: 1, count: 399), [400])
        try $0.write("g.npy", (0..<400).map { Int32($0 / 20) }, [400])
      },
    ]

  static let weights: [HostileCase] =
    [(Float.nan, "nan"), (.infinity, "inf"), (-1, "-1.0")].map { value, text in
      fit(
        "weight \(text)", .invalidTraining, ["w.npy", "weight of row 4 is \(text)"],
        ["--weights", "w.npy"]
      ) {
        var weights = [Float](repeating: 1, count: 400)
        weights[4] = value
        try $0.write("w.npy", weights, [400])
      }
    } + [
      fit(
        "all weights 0", .invalidTraining, ["w.npy", "all 400 weights are 0"],
        ["--weights", "w.npy"]
      ) {
        try $0.write("w.npy", [Float](repeating: 0, count: 400), [400])
      },
      fit("fewer weights than rows", .lengths, ["w.npy", "3 weights"], ["--weights", "w.npy"]) {
        try $0.write("w.npy", [Float](repeating: 1, count: 3), [3])
      },
    ]
}

// MARK: - Tables and other row data

extension HostileCase {
  private static func table(
    _ name: String, _ code: ErrorCode, _ texts: [String], _ text: String,
    column: String = "y"
  ) -> HostileCase {
    fit(name, code, texts, ["--label-column", column], features: "X.csv", labels: nil) {
      try $0.folder.write(text, to: "X.csv")
    }
  }

  static let tables: [HostileCase] = [
    table("an empty table", .emptyTable, ["X.csv"], ""),
    table("a header alone", .emptyTraining, ["X.csv", "0 rows"], "a,y\n"),
    table("a label alone", .emptyTraining, ["no column besides"], "y\n1\n0\n"),
    table("a ragged line", .fieldCount, ["X.csv:3"], "a,b,y\n1,2,0\n1,2\n"),
    table("a line too long", .fieldCount, ["X.csv:3"], "a,b,y\n1,2,0\n1,2,3,1\n"),
    table("one name twice", .duplicateColumn, ["X.csv:1", "'a'"], "a,a,y\n1,2,0\n"),
    table("a column without name", .missingColumn, ["X.csv:1", "column 2"], "a,,y\n1,2,0\n"),
    table("a word for a number", .badValue, ["X.csv:3", "'b'", "two"], "a,b,y\n1,2,0\n1,two,1\n"),
    table("an infinite number", .infiniteValue, ["X.csv:2", "'b'"], "a,b,y\n1,inf,0\n1,2,1\n"),
    table("a number beyond Float32", .infiniteValue, ["X.csv:2", "1e39"], "a,y\n1e39,0\n1,1\n"),
    table("an open quote", .quoting, ["X.csv:2"], "a,y\n\"1,0\n1,1\n"),
    table("a name that is no UTF-8", .badValue, ["X.csv:2"], "a,y\n\0,0\n1,1\n"),
    table("a missing label", .badValue, ["X.csv:3", "'y'", "missing"], "a,y\n1,0\n2,\n3,1\n"),
    table("no such label column", .missingColumn, ["'target'"], "a,y\n1,0\n", column: "target"),
    table(
      "a label of three classes", .invalidTraining, ["2.0", "0 or 1"],
      "a,y\n1,0\n2,1\n3,2\n"),
    fit(
      "labels of two columns in a table", .fieldCount, ["y.csv", "2 columns"],
      labels: "y.csv"
    ) {
      try $0.folder.write("a,b\n1,2\n", to: "y.csv")
    },
    fit("gzip that is none", .foreign, ["X.csv.gz"], features: "X.csv.gz") {
      try $0.folder.write("a,b\n1,2\n", to: "X.csv.gz")
    },
    fit(
      "a label column of an array", .conflict, ["--label-column"], ["--label-column", "y"],
      labels: nil),
    fit(
      "two places of the labels", .conflict, ["--labels and --label-column"],
      ["--label-column", "y"]),
  ]

  static let rowData: [HostileCase] = [
    fit("keys with fractions", .foreign, ["k.npy", "'<f8'"], ["--keys", "k.npy"]) {
      try $0.write("k.npy", [Double](repeating: 1, count: 400), [400])
    },
    fit("fewer keys than rows", .lengths, ["2 keys"], ["--keys", "k.npy"]) {
      try $0.write("k.npy", [Int64(1), 2], [2])
    },
    fit("groups that do not add up", .lengths, ["3 groups", "400 rows"], ["--groups", "g.npy"]) {
      try $0.write("g.npy", [Int32(100), 200, 99], [3])
    },
    fit("groups of negative size", .lengths, ["2 groups"], ["--groups", "g.npy"]) {
      try $0.write("g.npy", [Int64(-100), 500], [2])
    },
    fit(
      "groups of the fit rows alone", .conflict, ["--groups", "--validation-groups"],
      ["--groups", "g.npy", "--validation-features", "X.npy", "--validation-labels", "y.npy"]),
    fit(
      "validation labels without features", .conflict, ["--validation-features"],
      ["--validation-labels", "y.npy"]),
    fit(
      "validation features without labels", .conflict, ["--validation-labels"],
      ["--validation-features", "X.npy"]),
    fit(
      "validation features of other columns", .lengths, ["V.npy: 2 columns", "X.npy has 5"],
      ["--validation-features", "V.npy", "--validation-labels", "y.npy"]
    ) {
      try $0.write("V.npy", [Float](repeating: 0, count: 800), [400, 2])
    },
  ]

  static let names: [HostileCase] = [
    ("no JSON", "[\"a\"", .configuration, ["n.json"]),
    ("no list", "{\"a\": 1}", .configuration, ["n.json", "no list"]),
    ("too few", "[\"a\", \"b\"]", .lengths, ["n.json", "2 names", "5 columns"]),
    ("one twice", "[\"a\",\"b\",\"a\",\"c\",\"d\"]", .configuration, ["'a' twice"]),
    ("an empty one", "[\"a\",\"\",\"b\",\"c\",\"d\"]", .configuration, ["name 1"]),
    ("a number", "[\"a\",1,\"b\",\"c\",\"d\"]", .configuration, ["name 1"]),
    ("NUL", "[\"a\",\"x\\u0000y\",\"b\",\"c\",\"d\"]", .configuration, ["name 1", "control"]),
    ("a line end", "[\"a\",\"x\\ny\",\"b\",\"c\",\"d\"]", .configuration, ["name 1"]),
  ].map { (name: String, text: String, code: ErrorCode, texts: [String]) in
    fit("names: \(name)", code, texts, ["--names", "n.json"]) {
      try $0.folder.write(text, to: "n.json")
    }
  }
}

// MARK: - Parameters, outputs and models

extension HostileCase {
  private static func parameters(
    _ text: String, _ texts: [String], _ code: ErrorCode = .configuration
  ) -> HostileCase {
    fit("parameters \(text)", code, texts, ["--params", "p.json"]) {
      try $0.folder.write(text, to: "p.json")
    }
  }

  static let settings: [HostileCase] =
    [
      parameters("{\"num_leavs\": 3}", ["num_leavs", "'num_leaves'"]),
      parameters("{\"leavs\": 3}", ["leavs", "'leaves'"]),
      parameters("{\"num_leaves\": 1}", ["num_leaves", "1", "2 to"]),
      parameters("{\"num_leaves\": \"many\"}", ["num_leaves", "many"]),
      parameters("{\"num_leaves\": 3, \"max_leaves\": 4}", ["max_leaves", "one of the two"]),
      parameters("{\"n_estimators\": 3, \"trees\": 4}", ["n_estimators", "one of the two"]),
      parameters("{\"learning_rate\": 0}", ["learning_rate", "0 < x"]),
      parameters("{\"learning_rate\": 1e999}", ["p.json"]),
      parameters("{\"linear_tree\": true}", ["linear_tree", "false"]),
      parameters("{\"bagging_seed\": 3}", ["bagging_seed", "'seed'"]),
      parameters("{\"device\": \"gpu\"}", ["device", "cpu"]),
      parameters("{\"num_class\": 3}", ["num_class", "1"]),
      parameters("{\"objective\": \"multiclass\"}", ["objective", "multiclass"]),
      parameters("{\"metric\": [\"auc\", \"rmse\"]}", ["metric", "one value"]),
      parameters("{\"categorical_feature\": \"no\"}", ["'no'", "no column"]),
      parameters("{\"categorical_feature\": [[1]]}", ["categorical_feature"]),
      parameters("{\"seed\": -1}", ["seed", "-1"]),
      parameters("{\"num_iterations\": 0}", ["num_iterations", "0"]),
      parameters("[1]", ["p.json", "an object"]),
      parameters("{\"a\": ", ["p.json:1"]),
      fit("no such learner", .configuration, ["'gbtd'", "'gbdt'"], ["--learner", "gbtd"]),
      fit("a setting without value", .invalidValue, ["NAME=VALUE"], ["--set", "leaves"]),
      fit("an unknown setting", .configuration, ["leafs", "'leaves'"], ["--set", "leafs=3"]),
      fit(
        "another learner's parameter", .configuration, ["num_leaves", "logisticSGD"],
        ["--learner", "logisticSGD", "--set", "num_leaves=3"]),
      fit("0 threads", .invalidValue, ["--threads"], ["--threads", "0"]),
      fit("an unknown policy", .invalidValue, ["--infinite", "missing"], ["--infinite", "zero"]),
      fit("categories that are none", .invalidTraining, ["f1"], ["--categorical", "f1"]),
    ]

  static let outputs: [HostileCase] = [
    HostileCase(
      name: "a model in a missing folder", code: .cannotCreate, texts: ["none/m.gbm"],
      arguments: ["fit", "--features", "X.npy", "--labels", "y.npy", "--model", "none/m.gbm"]
    ) { _ in },
    HostileCase(
      name: "a folder as model", code: .cannotCreate, texts: ["folder", "regular file"],
      arguments: ["fit", "--features", "X.npy", "--labels", "y.npy", "--model", "folder"]
    ) { try FileTree.createDirectories($0.folder.file("folder")) },
    HostileCase(
      name: "the model over the features", code: .conflict, texts: ["is the input X.npy"],
      arguments: ["fit", "--features", "X.npy", "--labels", "y.npy", "--model", "./X.npy"]
    ) { _ in },
    HostileCase(
      name: "predictions over the model", code: .conflict, texts: ["is the input model.gbm"],
      arguments: [
        "predict", "--model", "model.gbm", "--features", "X.npy", "--output", "model.gbm",
      ]
    ) { _ in },
  ]

  static let models: [HostileCase] = [
    predict("no such model", .missingInput, ["none"], model: "none"),
    predict("an empty model", .foreign, ["m.gbm", "empty"], model: "m.gbm") {
      try $0.folder.write("", to: "m.gbm")
    },
    predict("features as model", .foreign, ["X.npy", "another format"], model: "X.npy"),
    predict("a truncated model", .truncated, ["m.gbm"], model: "m.gbm") {
      let bytes = try FileBytes.read($0.folder.file("model.gbm"))
      try $0.folder.write(Array(bytes.dropLast(9)), to: "m.gbm")
    },
    predict("a model with one bit turned", .corrupted, ["m.gbm"], model: "m.gbm") {
      var bytes = try FileBytes.read($0.folder.file("model.gbm"))
      bytes[bytes.count / 2] ^= 4
      try $0.folder.write(bytes, to: "m.gbm")
    },
    predict("a model of a newer version", .unsupportedVersion, ["m.gbm"], model: "m.gbm") {
      var bytes = try FileBytes.read($0.folder.file("model.gbm"))
      bytes[8] = 200
      try $0.folder.write(bytes, to: "m.gbm")
    },
    predict("a JSON document that is no model", .foreign, ["m.json"], model: "m.json") {
      try $0.folder.write("{\"a\": 1}", to: "m.json")
    },
    predict("half of LightGBM's text", .foreign, ["m.txt", "max_feature_idx"], model: "m.txt") {
      let text = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\n"
      try $0.folder.write(text, to: "m.txt")
    },
    predict(
      "fewer columns than the model", .lengths, ["S.npy: 3 columns", "has 5"],
      features: "S.npy"
    ) {
      try $0.write("S.npy", [Float](repeating: 0, count: 9), [3, 3])
    },
    predict(
      "a table without a column of the model", .missingColumn, ["'b'", "n.gbm has it"],
      model: "n.gbm", features: "S.csv"
    ) {
      try $0.namedModel(["a", "b", "c", "d", "e"])
      try $0.folder.write("a,c,d,e\n1,2,3,4\n", to: "S.csv")
    },
    fit(
      "going on from another learner's model", .foreign, ["l.json", "logisticSGD", "gbdt"],
      ["--continue", "l.json"]
    ) {
      _ = try $0.run(
        "fit", "--features", "X.npy", "--labels", "y.npy", "--learner", "logisticSGD", "--model",
        "l.json")
    },
    fit(
      "going on from a model of other columns", .configuration, ["whose feature 0 is 'a'"],
      ["--continue", "n.gbm"]
    ) {
      try $0.namedModel(["a", "b", "c", "d", "e"])
    },
  ]
}

extension ArrayBench {
  fileprivate func spoil<Element: NPYElement & BinaryFloatingPoint>(
    row: Int, column: Int, with value: Element, fortran: Bool = false
  ) throws {
    var all = features.map { $0.map { Element($0) } }
    all[row][column] = value
    // A second one further on must not be the one that is named.
    all[row + 1][0] = value
    let values =
      fortran
      ? all[0].indices.flatMap { column in all.map { $0[column] } } : all.flatMap { $0 }
    try write("X.npy", values, shape, fortran: fortran)
  }

  fileprivate func spoilLabel(row: Int, with value: Float) throws {
    var spoilt = labels
    spoilt[row] = value
    spoilt[row + 3] = value
    try write("y.npy", spoilt, [spoilt.count])
  }

  fileprivate func namedModel(_ names: [String]) throws {
    try folder.write(
      "[" + names.map { "\"\($0)\"" }.joined(separator: ",") + "]", to: "five.json")
    _ = try run(
      "fit", "--features", "X.npy", "--labels", "y.npy", "--names", "five.json", "--model",
      "n.gbm", "--trees", "2")
  }
}
