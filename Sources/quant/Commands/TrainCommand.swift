internal import QuantCore
internal import QuantLearners

extension Command {
  static let train: Command = Command(
    "train", "train and evaluate one quarter, or walk forward over many",
    examples: [
      .init(
        "quant train --config demo/demo.json --quarter 2015Q3 --horizon 3",
        "one quarter, 3 months ahead"),
      .init(
        "quant train --config demo/demo.json --quarter 2003..2012 --horizon 12 --out run",
        "a walk forward over ten years into the folder run"),
      .init(
        "quant train --config demo/demo.json --quarter latest --horizon 3 --mode standard --json",
        "the newest quarter that can be evaluated; the result as JSON"),
    ],
    required: [.config, .quarter, .horizon],
    options: [.repeats, .runFolder] + Option.training + [.data, .cache, .threads, .json]
  ) { arguments, console in
    var inputs = try RunInputs(arguments)
    try inputs.override(arguments)
    let selection = try RunInputs.selection(arguments)
    let horizon = try inputs.horizon(arguments)
    let learner = try inputs.learner()
    let (compiled, memory) = try inputs.compile(console)
    RunInputs.note(compiled, console)
    let training = Training(
      inputs: inputs, learner: learner, compiled: compiled, memory: memory, console: console)
    let tasks = try training.tasks(
      selection, horizon: horizon, repeats: arguments.integer(.repeats) ?? 1)
    let run = try training.run(tasks)
    let folder = arguments.text(.runFolder) ?? training.folder(for: tasks, runID: run.runID)
    let outcomes = try training.perform(tasks, run: run, in: folder)
    console.endProgress()
    if case .skipped(_, let error) = outcomes.last, outcomes.allSatisfy({ $0.result == nil }) {
      throw error
    }
    let report = TrainText(outcomes: outcomes, panel: compiled.panel, style: console.output.style)
    console.say(report.text)
    console.say("run folder  \(TerminalText.safe(folder))\n")
    console.json(
      "train",
      [
        "runID": .string(run.runID), "directory": .string(folder),
        "cacheHit": .bool(compiled.isCacheHit), "compileSeconds": .number(compiled.seconds),
        "panelKey": .string(compiled.fingerprint.hexadecimal),
        "tasks": .array(outcomes.map(TrainJSON.document)),
      ])
    return .success
  }
}
