internal import QuantCore

extension Command {
  static let compile: Command = Command(
    "compile", "turn raw tables into an immutable point-in-time panel, once",
    examples: [
      .init("quant compile --config demo/demo.json", "compile, or find the panel in the cache"),
      .init(
        "quant compile --config filings.json --data /data/filings --json",
        "inputs elsewhere; the result as JSON"),
    ],
    required: [.config], options: [.data, .cache, .threads, .json]
  ) { arguments, console in
    let inputs = try RunInputs(arguments)
    let outcome = try inputs.compile(console).outcome
    RunInputs.note(outcome, console)
    console.say(PanelText(outcome.panel.manifest, style: console.output.style).overview)
    console.say(
      "files    \(NumberText.bytes(outcome.bytes)) in \(TerminalText.safe(outcome.directory))\n")
    console.json(
      "compile",
      PanelJSON.members(of: outcome.panel.manifest).merging([
        "cacheHit": .bool(outcome.isCacheHit), "seconds": .number(outcome.seconds),
        "directory": .string(outcome.directory), "bytes": .integer(outcome.bytes),
        "notices": .array(outcome.notices.map { .string($0) }),
      ]) { _, new in new })
    return .success
  }
}
