internal import QuantCore

/// The way from the words of the command line to an exit code; the only place that prints errors.
@main
enum Program {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    SystemCalls.endProcess(run(words).rawValue)
  }

  /// Runs one command line.
  static func run(_ words: [String]) -> ExitCode {
    let beforeRest = words.prefix { $0 != "--" }
    let console = Console(
      isQuiet: beforeRest.contains { $0 == "--quiet" || $0 == "-q" },
      isJSON: beforeRest.contains("--json"))
    Interruption.prepare()
    let exitCode = perform(words, console)
    console.endProgress()
    if exitCode != .inputOutput, let failure = console.output.failure {
      console.fail("standard output: cannot be written: \(failure)", code: "Q-OUTPUT-003")
      return .inputOutput
    }
    return exitCode
  }

  private static func perform(_ words: [String], _ console: Console) -> ExitCode {
    do {
      switch try ArgumentParser(table: .quant).parse(words) {
      case .version:
        console.output.write(BuildInformation.line + "\n")
        return .success
      case .help(let command):
        // Asked for, help is data; shown for want of a command, it is a message.
        let stream = words.isEmpty ? console.diagnostics : console.output
        let help = HelpText(table: .quant, style: stream.style, width: min(100, stream.width))
        stream.write(command.map { help.command($0) } ?? help.program())
        return words.isEmpty ? .usage : .success
      case .run(let command, let arguments):
        // Help and version are answered without the threads that this takes.
        let sources = Interruption.listen(console: console)
        defer { withExtendedLifetime(sources) {} }
        return try command.run(arguments, console)
      }
    } catch {
      Interruption.pass()
      let failure = CommandFailure(error)
      console.fail(failure.message, code: failure.code.rawValue)
      return failure.code.exitCode
    }
  }
}
