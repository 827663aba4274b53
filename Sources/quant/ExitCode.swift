/// How the program ends: 0, 1, the codes of sysexits.h, and 128 plus a signal.
///
/// Errors of one kind always end with one code, see `ErrorCode` and Docs/Guides/command-line.md.
enum ExitCode: Int32, Sendable, CaseIterable {
  /// Everything was done.
  case success = 0
  /// The command ran, and the answer is no: a checksum mismatch, a coverage below its threshold.
  case gateFailed = 1
  /// The command line is wrong.
  case usage = 64
  /// The data are wrong, or cannot support what was asked.
  case data = 65
  /// An input file is missing or cannot be read.
  case noInput = 66
  /// A mistake in the program.
  case bug = 70
  /// The operating system refused memory or another resource.
  case system = 71
  /// An output cannot be created.
  case cannotCreate = 73
  /// Writing failed, such as on a full disk.
  case inputOutput = 74
  /// Somebody else is at work there; try again later.
  case busy = 75
  /// The configuration is wrong.
  case configuration = 78
  /// Ended by SIGINT.
  case interrupted = 130
  /// Ended by SIGTERM.
  case terminated = 143

  /// What the code means, in a few words.
  var meaning: String {
    switch self {
    case .success: "everything was done"
    case .gateFailed: "the command ran, and the answer is no"
    case .usage: "the command line is wrong"
    case .data: "the data are wrong, or cannot support what was asked"
    case .noInput: "an input is missing or cannot be read"
    case .bug: "a mistake in the program"
    case .system: "the operating system refused memory or another resource"
    case .cannotCreate: "an output cannot be created"
    case .inputOutput: "writing failed, such as on a full disk"
    case .busy: "another process is at work there; try again later"
    case .configuration: "the configuration is wrong"
    case .interrupted: "ended by SIGINT"
    case .terminated: "ended by SIGTERM"
    }
  }
}
