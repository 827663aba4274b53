/// One command: everything that parsing, help, completion and running need to know about it.
struct Command: Sendable {
  /// A line to copy, and what it does.
  struct Example: Sendable {
    let line: String
    let note: String
    init(_ line: String, _ note: String) {
      self.line = line
      self.note = note
    }
  }

  /// The word after `quant`.
  let name: String
  /// One sentence without a period.
  let summary: String
  /// Lines to copy; help shows them first.
  let examples: [Example]
  /// Arguments by place.
  let positionals: [Positional]
  /// Options that must be given.
  let required: [Option]
  /// Options that may be given.
  let options: [Option]
  /// What the command does; every error it throws is turned into one line by `Program`.
  let run: @Sendable (Arguments, Console) throws -> ExitCode

  init(
    _ name: String, _ summary: String, examples: [Example], positionals: [Positional] = [],
    required: [Option] = [], options: [Option] = [],
    run: @escaping @Sendable (Arguments, Console) throws -> ExitCode
  ) {
    self.name = name
    self.summary = summary
    self.examples = examples
    self.positionals = positionals
    self.required = required
    self.options = options
    self.run = run
  }

  /// All options, the ones of every command last.
  var allOptions: [Option] { required + options + [.quiet, .help] }
}

extension Option {
  static let help = Option(flag: "help", letter: "h", "show this help")
  static let version = Option(flag: "version", "show the version and the commit")
  static let quiet = Option(flag: "quiet", letter: "q", "no progress and no notes on stderr")
  static let json = Option(flag: "json", "one JSON object on stdout instead of text")
}

/// The program as a whole: its name and its commands.
struct CommandSet: Sendable {
  let name: String
  let summary: String
  let examples: [Command.Example]
  let commands: [Command]

  /// Options that work without a command.
  var options: [Option] { [.help, .version] }

  /// The command of a name.
  func command(_ name: String) -> Command? { commands.first { $0.name == name } }
}
