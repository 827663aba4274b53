internal import QuantCore

/// Turns the words of the command line into a command and its arguments, by the command table alone.
///
/// Accepted are `--option value`, `--option=value`, `-q`, and `--`, after which every word is an
/// argument. A value that starts with two dashes needs the form with `=`.
struct ArgumentParser: Sendable {
  /// What the words ask for.
  enum Request: Sendable {
    /// Help for the program, or for one command.
    case help(Command?)
    /// The version.
    case version
    /// A command with its arguments.
    case run(Command, Arguments)
  }

  let table: CommandSet

  /// Parses the words after the program's name.
  func parse(_ words: [String]) throws(UsageError) -> Request {
    guard let first = words.first else { return .help(nil) }
    if first == "--help" || first == "-h" { return .help(nil) }
    if first == "--version" { return .version }
    if first.hasPrefix("-") {
      throw .unknownOption(
        first, command: table.name,
        accepted: NearestName.accepted(for: first, among: table.options.map(\.spelling)))
    }
    guard let command = table.command(first) else {
      throw .unknownCommand(
        first, accepted: NearestName.accepted(for: first, among: table.commands.map(\.name)))
    }
    var state = State(command: command, program: table.name, words: Array(words.dropFirst()))
    guard let arguments = try state.parse() else { return .help(command) }
    return .run(command, arguments)
  }
}

extension ArgumentParser {
  private struct State {
    let command: Command
    var words: [String]
    var position = 0
    var arguments: Arguments

    init(command: Command, program: String, words: [String]) {
      self.command = command
      self.words = words
      arguments = Arguments(command: "\(program) \(command.name)")
    }

    private var name: String { arguments.command }

    /// The arguments, or `nil` where help was asked for.
    mutating func parse() throws(UsageError) -> Arguments? {
      // Help wins over every mistake before and after it, so that it is there when it is needed.
      let beforeRest = words.prefix { $0 != "--" }
      if beforeRest.contains("--help") || beforeRest.contains("-h") { return nil }
      while position < words.count {
        let word = words[position]
        position += 1
        if word == "--" {
          for rest in words[position...] { try take(positional: rest) }
          break
        } else if word.hasPrefix("--") {
          try take(option: word)
        } else if word.hasPrefix("-"), word.count > 1 {
          try take(letters: word)
        } else {
          try take(positional: word)
        }
      }
      try checkComplete()
      return arguments
    }

    private mutating func take(option word: String) throws(UsageError) {
      let parts = word.dropFirst(2).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let given = String(parts[0])
      guard let option = command.allOptions.first(where: { $0.name == given }) else {
        throw unknown("--\(given)")
      }
      if arguments.has(option), !option.isRepeatable {
        throw .duplicateOption(option.spelling, command: name)
      }
      if option.isFlag {
        if parts.count == 2 {
          throw .unexpectedValue(option.spelling, value: String(parts[1]), command: name)
        }
        arguments.set(option)
        return
      }
      let value = parts.count == 2 ? String(parts[1]) : nextValue()
      guard let value, !value.isEmpty else {
        throw .missingValue(option.spelling, valueName: option.valueName ?? "", command: name)
      }
      try check(value, option.kind, "option '\(option.spelling)'")
      arguments.set(option, value)
    }

    private mutating func nextValue() -> String? {
      guard position < words.count, !words[position].hasPrefix("--") else { return nil }
      defer { position += 1 }
      return words[position]
    }

    private mutating func take(letters word: String) throws(UsageError) {
      for letter in word.dropFirst() {
        guard let flag = command.allOptions.first(where: { $0.letter == letter }) else {
          throw unknown(word)
        }
        if arguments.has(flag) { throw .duplicateOption("-\(letter)", command: name) }
        arguments.set(flag)
      }
    }

    private mutating func take(positional word: String) throws(UsageError) {
      guard command.positionals.indices.contains(arguments.positionals.count) else {
        throw .unexpectedArgument(word, command: name)
      }
      let positional = command.positionals[arguments.positionals.count]
      try check(word, positional.kind, "argument \(positional.name)")
      arguments.append(word)
    }

    private func check(_ value: String, _ kind: ValueKind, _ what: String) throws(UsageError) {
      if kind.accepts(value) { return }
      var accepted = kind.accepted ?? "a text"
      if let near = NearestName.suggestion(for: value, among: kind.words) {
        accepted += "; did you mean '\(near)'?"
      }
      throw .invalidValue(what, value: value, accepted: accepted, command: name)
    }

    private func unknown(_ word: String) -> UsageError {
      .unknownOption(
        word, command: name,
        accepted: NearestName.accepted(for: word, among: command.allOptions.map(\.spelling)))
    }

    private func checkComplete() throws(UsageError) {
      for option in command.required where !arguments.has(option) {
        throw .missingArgument("\(option.spelling) \(option.valueName ?? "")", command: name)
      }
      for (index, positional) in command.positionals.enumerated()
      where !positional.isOptional && index >= arguments.positionals.count {
        let accepted = positional.kind.accepted.map { " (\($0))" } ?? ""
        throw .missingArgument(positional.name + accepted, command: name)
      }
    }
  }
}
