internal import QuantCore

/// What a command did although something is odd: a stable name and its meaning.
enum WarningCode: String, Sendable, CaseIterable {
  case oneClass = "Q-WARN-001"
  case constantModel = "Q-WARN-002"
  case zeroWeights = "Q-WARN-003"
  case infiniteValues = "Q-WARN-004"
  case repeatedKeys = "Q-WARN-005"
  case ignoredColumns = "Q-WARN-006"

  /// What the warning means, in a few words.
  var meaning: String {
    switch self {
    case .oneClass: "all labels agree, so the model is the prior alone"
    case .constantModel: "no feature tells rows apart, so every row gets the same prediction"
    case .zeroWeights: "rows of weight 0 are left out"
    case .infiniteValues: "infinite features count as missing"
    case .repeatedKeys: "rows share a key, and with it their random choices"
    case .ignoredColumns: "columns that the model does not know are ignored"
    }
  }
}

/// The warnings of one command, shown at once and listed in its report.
struct RunWarnings {
  private let console: Console
  private var list: [(code: WarningCode, message: String)] = []

  init(_ console: Console) { self.console = console }

  mutating func add(_ code: WarningCode, _ message: String) {
    console.warn("\(message) [\(code.rawValue)]")
    list.append((code, message))
  }

  /// Says how many infinite values were taken as missing, where there were any.
  mutating func addInfinite(_ count: Int, in path: String) {
    guard count > 0 else { return }
    add(
      .infiniteValues, "\(path): \(NumberText.count(count, "infinite value")) taken as missing")
  }

  /// For `--json`.
  var document: JSONValue {
    .array(
      list.map { .object(["code": .string($0.code.rawValue), "message": .string($0.message)]) })
  }
}
