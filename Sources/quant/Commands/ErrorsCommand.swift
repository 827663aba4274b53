internal import QuantCore

extension Command {
  static let errors: Command = Command(
    "errors", "list the codes of errors: exit code, meaning and remedy",
    examples: [
      .init("quant errors Q-DATA-009", "what one code means, and what to do"),
      .init("quant errors --json", "all of them for programs"),
    ],
    positionals: [
      Positional(
        "CODE", .choice(ErrorCode.allCases.map(\.rawValue)), isOptional: true,
        "a code from the end of an error")
    ],
    options: [.json]
  ) { arguments, console in
    let codes = ErrorCode.allCases.filter {
      arguments.positional(0).map([$0.rawValue].contains) ?? true
    }
    for code in codes {
      console.say(
        "\(console.output.style.bold(code.rawValue)), exit code \(code.exitCode.rawValue): "
          + "\(code.meaning)\n    \(code.remedy)\n")
    }
    console.json(
      "errors",
      [
        "errors": .array(
          codes.map {
            .object([
              "code": .string($0.rawValue), "exitCode": .integer(Int($0.exitCode.rawValue)),
              "meaning": .string($0.meaning), "remedy": .string($0.remedy),
            ])
          })
      ])
    return .success
  }
}
