/// What is wrong with the command line; always exit code 64.
enum UsageError: Error, Hashable, Sendable {
  /// There is no command of that name.
  case unknownCommand(String, accepted: String)
  /// The command has no such option.
  case unknownOption(String, command: String, accepted: String)
  /// An option came without its value.
  case missingValue(String, valueName: String, command: String)
  /// A flag came with a value.
  case unexpectedValue(String, value: String, command: String)
  /// An option came twice.
  case duplicateOption(String, command: String)
  /// A required option or argument is missing.
  case missingArgument(String, command: String)
  /// There is an argument too many.
  case unexpectedArgument(String, command: String)
  /// A value is not accepted.
  case invalidValue(String, value: String, accepted: String, command: String)
  /// Options that exclude one another, or need one another.
  case conflict(String, command: String)
}

extension UsageError: CustomStringConvertible {
  /// One line: what is wrong, what would be accepted, where help is.
  var description: String {
    switch self {
    case .unknownCommand(let name, let accepted):
      "unknown command '\(name)'; accepted: \(accepted)"
    case .unknownOption(let name, let command, let accepted):
      "unknown option '\(name)' of '\(command)'; accepted: \(accepted)"
    case .missingValue(let option, let valueName, let command):
      "option '\(option)' of '\(command)' needs a value: \(option) \(valueName)"
    case .unexpectedValue(let option, let value, let command):
      "option '\(option)' of '\(command)' takes no value, found '\(value)'"
    case .duplicateOption(let option, let command):
      "option '\(option)' of '\(command)' is given twice; accepted: once"
    case .missingArgument(let what, let command):
      "'\(command)' needs \(what); see '\(command) --help'"
    case .unexpectedArgument(let argument, let command):
      "unexpected argument '\(argument)' of '\(command)'; see '\(command) --help'"
    case .invalidValue(let option, let value, let accepted, let command):
      "\(option) of '\(command)' is '\(value)'; accepted: \(accepted)"
    case .conflict(let text, let command):
      "\(text) ('\(command)')"
    }
  }
}
