@testable import quant

/// Commands that are run in the process of the tests, to try many.
enum CommandHere {
  /// The failure of a command line, or `nil` where it succeeds; what it says goes nowhere.
  static func failure(_ words: [String]) -> CommandFailure? {
    // With --json text for people is left out, and a failing command has no object to write.
    let console = Console(isQuiet: true, isJSON: true)
    do {
      guard case .run(let command, let arguments) = try ArgumentParser(table: .quant).parse(words)
      else { return nil }
      _ = try command.run(arguments, console)
      return nil
    } catch {
      return CommandFailure(error)
    }
  }

  /// The line that the command would write for a failure.
  static func line(_ failure: CommandFailure) -> String {
    "quant: error: \(Console.line(failure.message)) [\(failure.code.rawValue)]"
  }
}
