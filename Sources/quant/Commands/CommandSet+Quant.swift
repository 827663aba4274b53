extension CommandSet {
  /// All commands of the program, in the order in which they are used.
  static let quant: CommandSet = CommandSet(
    name: "quant",
    summary: "compile raw tables once into a point-in-time panel, train and rank from it",
    examples: [
      .init("quant synth --out demo", "write demonstration data with a configuration"),
      .init(
        "quant train --config demo/demo.json --quarter 2015Q3 --horizon 3",
        "compile what is not compiled yet, then train and evaluate one quarter"),
      .init(
        "quant rank --config demo/demo.json --quarter latest --horizon 3",
        "list the firms most likely to be acquired within three months"),
      .init(
        "quant fit --features X.npy --labels y.npy --model model.txt",
        "fit boosted trees to arrays of your own"),
    ],
    commands: [
      .synth, .compile, .train, .rank, .fit, .predict, .explain, .inspect, .verify, .audit,
      .cache, .config, .learners, .errors, .manual, .completions,
    ])
}

extension Option {
  static let config = Option("config", "FILE", .file, "the configuration (JSON or JSON5)")
  static let data = Option(
    "data", "DIR", .directory, default: "the folder of the configuration",
    "folder that relative paths of inputs start from")
  static let cache = Option(
    "cache", "DIR", .directory, default: "$QUANT_CACHE, $XDG_CACHE_HOME/quant or ~/.cache/quant",
    "folder of compiled panels")
  static let threads = Option(
    "threads", "N", .integer(1...1024), default: "all processors",
    "threads to use; results do not depend on it")
  static let horizon = Option(
    "horizon", "MONTHS", .integer(1...120), "length of the label window in months")
}
