internal import QuantCore
internal import QuantDemonstration

extension Option {
  private static let synthOut = Option("out", "DIR", .directory, "folder to write to")
  private static let synthSize = Option(
    "size", "SIZE", .choice(DemonstrationSize.allCases.map(\.rawValue)), default: "small",
    "how much data")
  private static let synthSeed = Option(
    "seed", "N", .integer(0...Int.max), default: String(DemonstrationData.defaultSeed),
    "seed of everything random")
  static let synthOptions = (out: synthOut, size: synthSize, seed: synthSeed)
}

extension Command {
  static let synth: Command = Command(
    "synth", "write the raw tables of an invented market with a configuration",
    examples: [
      .init("quant synth --out demo", "300 firms over 93 quarters, about 75 MB"),
      .init("quant synth --out demo --size full", "4,000 firms and 200 features, about 1 GB"),
    ],
    required: [Option.synthOptions.out],
    options: [Option.synthOptions.size, Option.synthOptions.seed, .threads, .json]
  ) { arguments, console in
    let out = try arguments.required(Option.synthOptions.out)
    let size = arguments.text(Option.synthOptions.size).flatMap(DemonstrationSize.init) ?? .small
    let seed = arguments.integer(Option.synthOptions.seed).map(UInt64.init)
    let data = DemonstrationData(
      size: size, seed: seed ?? DemonstrationData.defaultSeed,
      threads: arguments.integer(.threads) ?? ParallelFor.availableThreads)
    defer { console.endProgress() }
    let files = try data.write(to: out) { progress in
      console.progress(
        "simulating", done: progress.places, total: progress.total, unit: "firms")
    }
    console.endProgress()
    var table = TextTable([.text("file"), .number("size")])
    for file in files { table.append([out + "/" + file.name, NumberText.bytes(file.bytes)]) }
    console.say(table.text(style: console.output.style))
    console.note("next: quant train --config \(out)/demo.json --quarter latest --horizon 3")
    console.json(
      "synth",
      [
        "directory": .string(out), "size": .string(size.rawValue),
        "seed": .integer(Int(clamping: data.seed)),
        "files": .array(
          files.map { .object(["file": .string($0.name), "bytes": .integer($0.bytes)]) }),
      ])
    return .success
  }
}
