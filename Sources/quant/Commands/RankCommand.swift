internal import QuantCore
internal import QuantLearners

extension Option {
  private static let rankTop = Option(
    "top", "K", .integer(1...1_000_000), default: "20", "how many firms to print")
  private static let rankFile = Option(
    "out", "FILE", .file, "write the whole ranking to this file (CSV)")
  static let rankOptions = (top: rankTop, file: rankFile)
}

extension Command {
  static let rank: Command = Command(
    "rank", "list the firms of a quarter by their probability of an event",
    examples: [
      .init(
        "quant rank --config demo/demo.json --quarter latest --horizon 3",
        "the newest quarter, whose outcome nobody knows yet"),
      .init(
        "quant rank --config demo/demo.json --quarter latest --horizon 12 --out ranking.csv",
        "the whole ranking as a file"),
    ],
    required: [.config, .quarter, .horizon],
    options: [Option.rankOptions.top, Option.rankOptions.file] + Option.training
      + [.data, .cache, .threads, .json]
  ) { arguments, console in
    var inputs = try RunInputs(arguments)
    try inputs.override(arguments)
    let selection = try RunInputs.selection(arguments)
    let horizon = try inputs.horizon(arguments)
    let learner = try inputs.learner()
    let compiled = try inputs.compile(console).outcome
    RunInputs.note(compiled, console)
    let panel = compiled.panel
    let train = inputs.configuration.train
    let support = HorizonSupport.of(panel, windowPeriods: train.split.windowPeriods)
      .first { $0.horizon == horizon }
    let periods = try selection.periods(of: panel, newest: support?.ranked?.upperBound)
    guard let period = periods.first, periods.count == 1 else {
      throw UsageError.invalidValue(
        "option '--quarter'", value: arguments.text(.quarter) ?? "",
        accepted: "one quarter, or latest", command: arguments.command)
    }
    var evaluate = inputs.configuration.evaluate
    let top = arguments.integer(Option.rankOptions.top) ?? 20
    evaluate.selection = top
    let ranking = try learner.rankOne(
      learner.task(period: period, horizon: horizon), in: panel, train: train,
      evaluate: evaluate, threads: inputs.threads)
    if let file = arguments.text(Option.rankOptions.file) {
      try RunTables.predictions(of: ranking, labels: nil, in: panel, order: .rank).write(to: file)
      console.note("ranking of \(ranking.testRows.count) firms: \(file)")
    }
    let list = RankList(ranking, panel: panel)
    console.say(list.text(style: console.output.style))
    console.json("rank", list.members)
    return .success
  }
}

/// The best firms of a ranking.
private struct RankList {
  let ranking: RankResult
  let panel: CompiledPanel

  init(_ ranking: RankResult, panel: CompiledPanel) {
    self.ranking = ranking
    self.panel = panel
  }

  func text(style: Style) -> String {
    let split = ranking.split
    var text = style.bold("\(ranking.task.period), \(ranking.task.horizon.months) months ahead")
    text += ", decided on \(split.decisionDate)  \(ranking.learner), "
    text += "\(NumberText.count(ranking.sampling.rows, "training row")), "
    text += "\(NumberText.count(split.counts.trainingEvents, "event"))\n\n"
    var table = TextTable([
      .number("rank"), .text("firm"), .number("p"), .text("record of"), .text("caution"),
    ])
    for (index, row) in ranking.selection.enumerated() {
      let row = Int(row)
      table.append([
        String(index + 1), panel.firmKeys[row], NumberText.fixed(probability(row), 4),
        panel.recordDate(row)?.description ?? "", caution(row),
      ])
    }
    return text + table.text(style: style)
  }

  var members: [String: JSONValue] {
    [
      "quarter": .string(ranking.task.period.description),
      "horizon": .integer(ranking.task.horizon.months),
      "decisionDate": .string(ranking.split.decisionDate.description),
      "learner": .string(ranking.learner),
      "configID": .string(ranking.task.configurationID),
      "firms": .integer(ranking.testRows.count),
      "ranking": .array(
        ranking.selection.enumerated().map { index, row in
          .object([
            "rank": .integer(index + 1), "firm": .string(panel.firmKeys[Int(row)]),
            "p": .number(probability(Int(row))), "row": .integer(Int(row)),
            "isPointInTimeRisk": .bool(!caution(Int(row)).isEmpty),
          ])
        }),
    ]
  }

  private func probability(_ row: Int) -> Double {
    ranking.probability[row - ranking.testRows.lowerBound]
  }

  private func caution(_ row: Int) -> String {
    let risk = PointInTimeRisk(rawValue: panel.riskFlags[row])
    var words: [String] = []
    if risk.contains(.restated) { words.append("restated") }
    if risk.contains(.impossibleAvailability) { words.append("impossible date") }
    return words.joined(separator: ", ")
  }
}
