/// Every kind of error the command reports: a stable name, its exit code and its meaning.
///
/// Names are never given a new meaning; what is no longer used stays reserved.
enum ErrorCode: String, Sendable, CaseIterable {
  case unknownCommand = "Q-USAGE-001"
  case unknownOption = "Q-USAGE-002"
  case missingValue = "Q-USAGE-003"
  case unexpectedValue = "Q-USAGE-004"
  case duplicateOption = "Q-USAGE-005"
  case missingArgument = "Q-USAGE-006"
  case unexpectedArgument = "Q-USAGE-007"
  case invalidValue = "Q-USAGE-008"
  case conflict = "Q-USAGE-009"
  case configuration = "Q-CONFIG-001"
  case missingInput = "Q-INPUT-001"
  case unreadableInput = "Q-INPUT-002"
  case emptyTable = "Q-DATA-001"
  case missingColumn = "Q-DATA-002"
  case duplicateColumn = "Q-DATA-003"
  case fieldCount = "Q-DATA-004"
  case quoting = "Q-DATA-005"
  case badValue = "Q-DATA-006"
  case infiniteValue = "Q-DATA-007"
  case encoding = "Q-DATA-008"
  case duplicateRecord = "Q-DATA-009"
  case horizonTooLong = "Q-DATA-010"
  case emptyPanel = "Q-DATA-011"
  case infiniteFeature = "Q-DATA-012"
  case ambiguousIdentifier = "Q-DATA-013"
  case lengths = "Q-DATA-014"
  case unsupportedSplit = "Q-TRAIN-001"
  case oneClass = "Q-TRAIN-002"
  case emptyTraining = "Q-TRAIN-003"
  case invalidTraining = "Q-TRAIN-004"
  case truncated = "Q-FILE-001"
  case corrupted = "Q-FILE-002"
  case foreign = "Q-FILE-003"
  case unsupportedVersion = "Q-FILE-004"
  case escapingPath = "Q-FILE-005"
  case inconsistent = "Q-FILE-006"
  case tooLarge = "Q-FILE-007"
  case cannotCreate = "Q-OUTPUT-001"
  case noSpace = "Q-OUTPUT-002"
  case standardOutput = "Q-OUTPUT-003"
  case otherRun = "Q-OUTPUT-004"
  case device = "Q-OUTPUT-005"
  case busy = "Q-BUSY-001"
  case coverage = "Q-GATE-001"
  case verification = "Q-GATE-002"
  case leak = "Q-GATE-003"
  case system = "Q-SYSTEM-001"
  case bug = "Q-BUG-001"

  /// The exit code that goes with the error.
  var exitCode: ExitCode {
    switch self {
    case .unknownCommand, .unknownOption, .missingValue, .unexpectedValue, .duplicateOption,
      .missingArgument, .unexpectedArgument, .invalidValue, .conflict:
      .usage
    case .configuration: .configuration
    case .missingInput, .unreadableInput: .noInput
    case .emptyTable, .missingColumn, .duplicateColumn, .fieldCount, .quoting, .badValue,
      .infiniteValue, .encoding, .duplicateRecord, .horizonTooLong, .emptyPanel, .infiniteFeature,
      .ambiguousIdentifier, .lengths, .unsupportedSplit, .oneClass, .emptyTraining,
      .invalidTraining,
      .truncated, .corrupted,
      .foreign, .unsupportedVersion, .escapingPath, .inconsistent, .tooLarge:
      .data
    case .cannotCreate, .otherRun: .cannotCreate
    case .noSpace, .device, .standardOutput: .inputOutput
    case .busy: .busy
    case .coverage, .verification, .leak: .gateFailed
    case .system: .system
    case .bug: .bug
    }
  }

  /// What the error means, in a few words.
  var meaning: String {
    switch self {
    case .unknownCommand: "there is no such command"
    case .unknownOption: "the command has no such option"
    case .missingValue: "an option came without its value"
    case .unexpectedValue: "a flag came with a value"
    case .duplicateOption: "an option is given twice"
    case .missingArgument: "a required option or argument is missing"
    case .unexpectedArgument: "there is an argument too many"
    case .invalidValue: "the value of an option or argument is not accepted"
    case .conflict: "options that do not go together"
    case .configuration: "a field of the configuration is unknown, mistyped or out of range"
    case .missingInput: "an input file does not exist"
    case .unreadableInput: "an input file cannot be read"
    case .emptyTable: "a table has no header or no data"
    case .missingColumn: "a declared column is not in the table"
    case .duplicateColumn: "a table has one column name twice"
    case .fieldCount: "a line has more or fewer fields than the header"
    case .quoting: "a quoted field is not closed, or is followed by something"
    case .badValue: "a field is no number, no day that exists, or not of its declared type"
    case .infiniteValue: "a number is infinite or exceeds Float32"
    case .encoding: "a text is not valid UTF-8"
    case .duplicateRecord: "two records have the same firm, period and availability"
    case .horizonTooLong: "the horizon is longer than the data"
    case .emptyPanel: "no row is left after the rules of the configuration"
    case .infiniteFeature: "a recipe produced an infinite value"
    case .ambiguousIdentifier: "an identifier leads to two firms on one day"
    case .lengths: "arrays, or an array and a model, that belong together differ in length"
    case .unsupportedSplit: "the data cannot support the quarter or horizon"
    case .oneClass: "the training rows are all events or all non-events"
    case .emptyTraining: "there are no training rows or no features"
    case .invalidTraining: "a label, weight or feature is not usable"
    case .truncated: "an artifact is shorter or longer than its manifest says"
    case .corrupted: "the content of an artifact differs from its checksum"
    case .foreign: "a file has another format than its name or place says"
    case .unsupportedVersion:
      "an artifact was written in a format version this program does not read"
    case .escapingPath: "a path leads outside of its folder"
    case .inconsistent: "the files of an artifact contradict one another"
    case .tooLarge: "a file holds more than is accepted"
    case .cannotCreate: "an output cannot be created"
    case .noSpace: "the disk, quota or file size limit is exhausted"
    case .device: "the device failed while an output was written"
    case .standardOutput: "standard output cannot be written"
    case .otherRun: "the output folder holds something else"
    case .busy: "another process is at work there; try again later"
    case .coverage: "a coverage rate lies below its threshold"
    case .verification: "verification found a mismatch"
    case .leak: "the leak audit found that something depends on what came later"
    case .system: "the operating system refused memory or another resource"
    case .bug: "a mistake in the program; please report it"
    }
  }
}
