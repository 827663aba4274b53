internal import QuantCore
internal import QuantLearners

/// An error as the command reports it: its code and one line.
struct CommandFailure: Error, Sendable {
  let code: ErrorCode
  let message: String

  init(_ code: ErrorCode, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Finds code and line of any error; one that is not known here is a bug of the program.
  init(_ error: any Error) {
    switch error {
    case let error as CommandFailure: self = error
    case let error as UsageError: self.init(CommandFailure.code(error), error.description)
    case let error as ConfigurationError: self.init(.configuration, error.description)
    case let error as TableError: self.init(CommandFailure.code(error.reason), error.description)
    case let error as StorageError: self.init(CommandFailure.code(error), error.description)
    case let error as CompileError: self.init(error)
    case let error as LearnerError: self.init(error)
    case let error as TrainError: self.init(error)
    case let error as SplitError: self.init(error)
    case let error as RunFolderError: self.init(error)
    case let error as TableReadError: self.init(error)
    case let error as AuditError: self.init(error)
    case let error as ExplanationError: self.init(.inconsistent, error.description)
    default: self.init(.bug, "unexpected error: \(error)")
    }
  }

  private init(_ error: CompileError) {
    switch error {
    case .configuration(let inner): self.init(inner)
    case .table(let inner): self.init(inner)
    case .storage(let inner): self.init(inner)
    case .duplicateRecord: self.init(.duplicateRecord, error.description)
    case .horizonTooLong: self.init(.horizonTooLong, error.description)
    case .empty: self.init(.emptyPanel, error.description)
    case .coverage: self.init(.coverage, error.description)
    case .infiniteFeature: self.init(.infiniteFeature, error.description)
    case .ambiguousIdentifier: self.init(.ambiguousIdentifier, error.description)
    case .insideTraining, .inconsistent: self.init(.bug, error.description)
    }
  }

  private init(_ error: TrainError) {
    switch error {
    case .split(let inner): self.init(inner)
    case .learner(let inner): self.init(inner)
    case .storage(let inner): self.init(inner)
    case .metric: self.init(.invalidTraining, error.description)
    case .foreignWindow: self.init(.bug, error.description)
    case .configuration(let inner): self.init(inner)
    }
  }

  private init(_ error: SplitError) {
    switch error {
    case .oneClass: self.init(.oneClass, error.description)
    default: self.init(.unsupportedSplit, error.description)
    }
  }

  private init(_ error: RunFolderError) {
    switch error {
    case .occupied: self.init(.otherRun, error.description)
    case .storage(let inner): self.init(inner)
    }
  }

  private init(_ error: TableReadError) {
    switch error {
    case .table(let inner): self.init(inner)
    case .storage(let inner): self.init(inner)
    }
  }

  private init(_ error: AuditError) {
    switch error {
    case .compile(let inner): self.init(inner)
    case .poisoned(_, _, _, let inner):
      self.init(CommandFailure(inner).code, error.description)
    case .predictions: self.init(.invalidTraining, error.description)
    case .dateTooEarly, .noDates: self.init(.unsupportedSplit, error.description)
    }
  }

  private init(_ error: LearnerError) {
    switch error {
    case .oneClass: self.init(.oneClass, error.description)
    case .empty: self.init(.emptyTraining, error.description)
    case .invalid: self.init(.invalidTraining, error.description)
    case .configuration(let inner): self.init(inner)
    case .storage(let inner): self.init(inner)
    }
  }

  private static func code(_ error: UsageError) -> ErrorCode {
    switch error {
    case .unknownCommand: .unknownCommand
    case .unknownOption: .unknownOption
    case .missingValue: .missingValue
    case .unexpectedValue: .unexpectedValue
    case .duplicateOption: .duplicateOption
    case .missingArgument: .missingArgument
    case .unexpectedArgument: .unexpectedArgument
    case .invalidValue: .invalidValue
    case .conflict: .conflict
    }
  }

  private static func code(_ reason: TableError.Reason) -> ErrorCode {
    switch reason {
    case .empty: .emptyTable
    case .missingColumn: .missingColumn
    case .duplicateColumn: .duplicateColumn
    case .fieldCount: .fieldCount
    case .quoting: .quoting
    case .value: .badValue
    case .infinite: .infiniteValue
    case .encoding: .encoding
    }
  }

  private static func code(_ error: StorageError) -> ErrorCode {
    switch error {
    case _ where error.isWantOfResources: .system
    case .missing: .missingInput
    case .unreadable: .unreadableInput
    case .unwritable(_, let reason, _) where reason == SystemCalls.Failure.failedDevice: .device
    case .unwritable(_, _, let isNoSpace): isNoSpace ? .noSpace : .cannotCreate
    case .truncated, .incomplete: .truncated
    case .tooLarge: .tooLarge
    case .corrupted: .corrupted
    case .foreign: .foreign
    case .unsupportedVersion: .unsupportedVersion
    case .escapingPath: .escapingPath
    case .busy: .busy
    }
  }
}
