internal import QuantCore
internal import QuantLearners

/// What governs a fit: hyper-parameters of the learner, and how the run goes.
///
/// Both stand in one document, as in LightGBM; options of the command line win over it.
struct FitSettings {
  /// The learner with its hyper-parameters.
  let learner: ConfiguredLearner
  /// Trees or other iterations at most; `nil` for what suits the learner.
  var iterations: Int?
  /// Iterations without a better validation loss after which the fit ends; `nil` for what suits.
  var patience: Int?
  /// What a loss must gain to be better.
  var minimumImprovement = 0.0
  var seed: UInt64 = 0
  var threads: Int
  /// Columns that hold categories, by name or place.
  var categorical: [String] = []
  /// Whether notes and progress are wanted.
  var isQuiet = false

  /// Names under which a document may give what is no hyper-parameter.
  private static let iterationNames = [
    "trees", "iterations", "num_iterations", "num_iteration", "n_iter", "num_tree", "num_trees",
    "num_round", "num_rounds", "nrounds", "num_boost_round", "n_estimators", "max_iter",
  ]
  private static let patienceNames = [
    "patience", "early_stopping_round", "early_stopping_rounds", "early_stopping",
    "n_iter_no_change",
  ]
  private static let seedNames = ["seed", "random_seed", "random_state"]
  private static let threadNames = [
    "threads", "num_threads", "num_thread", "nthread", "nthreads", "n_jobs",
  ]
  private static let improvementNames = ["minimumImprovement", "early_stopping_min_delta"]
  private static let verbosityNames = ["verbosity", "verbose"]
  private static let categoryNames = [
    "categorical", "categorical_feature", "cat_feature", "categorical_column", "cat_column",
    "categorical_features",
  ]

  private static let names =
    iterationNames + patienceNames + seedNames + threadNames + improvementNames + verbosityNames
    + categoryNames

  /// Reads the document and the options.
  init(_ arguments: Arguments) throws {
    var members = try FitSettings.members(arguments)
    let place = arguments.text(.parameters) ?? "--set"
    func take(_ names: [String]) throws(ConfigurationError) -> JSONValue? {
      let given = names.filter { members[$0] != nil }
      if given.count > 1 {
        throw ConfigurationError(
          parameter: "\(place): \(given[1])", value: "given beside '\(given[0])'",
          accepted: "one of the two names")
      }
      return given.first.flatMap { members.removeValue(forKey: $0) }
    }
    func whole(_ names: [String], _ range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
      guard let value = try take(names) else { return nil }
      guard case .integer(let number) = value, range.contains(number) else {
        throw ConfigurationError(
          parameter: "\(place): \(names.first { $0.contains("_") } ?? names[0])",
          value: value.canonicalText,
          accepted: "a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    let iterations = try whole(Self.iterationNames, 1...1_000_000)
    let patience = try whole(Self.patienceNames, 0...1_000_000)
    let seed = try whole(Self.seedNames, 0...Int.max)
    let threads = try whole(Self.threadNames, -1...1024)
    if let value = try take(Self.improvementNames) {
      switch value {
      case .number(let number) where number >= 0: minimumImprovement = number
      case .integer(let number) where number >= 0: minimumImprovement = Double(number)
      default:
        throw ConfigurationError(
          parameter: "\(place): early_stopping_min_delta", value: value.canonicalText,
          accepted: "a number of at least 0")
      }
    }
    isQuiet = (try whole(Self.verbosityNames, -100...100) ?? 1) < 1
    if let value = try take(Self.categoryNames) {
      categorical = try FitSettings.categories(value, place: place)
    }
    learner = try FitSettings.learner(
      arguments.text(.fitLearner) ?? GradientBoosting.identifier, members, place: place)

    self.iterations = arguments.integer(.trees) ?? iterations
    self.patience = arguments.integer(.patience) ?? patience
    self.seed = UInt64(arguments.integer(.fitSeed) ?? seed ?? 0)
    // As many as there are where the document says 0 or -1.
    let given = threads.flatMap { $0 > 0 ? $0 : nil }
    self.threads = arguments.integer(.threads) ?? given ?? arguments.threadCount
    if let text = arguments.text(.categorical) { categorical = Self.list(text) }
  }

  /// The members of the document, with those of `--set` in their place.
  private static func members(_ arguments: Arguments) throws -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    if let path = arguments.text(.parameters) {
      let file = try MappedFile(path: path)
      let document = try JSONValue(parsing: [UInt8](copying: file.bytes), source: path)
      guard case .object(let object) = document else {
        throw ConfigurationError(
          parameter: path, value: TerminalText.clipped(document.canonicalText, to: 40),
          accepted: "an object { … }")
      }
      members = object
    }
    for text in arguments.texts(.set) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw UsageError.invalidValue(
          "option '--set'", value: text, accepted: "NAME=VALUE, such as num_leaves=63",
          command: arguments.command)
      }
      let value = String(parts[1])
      // What is no JSON is a text, so that quotes may be left out.
      let parsed = try? JSONValue(parsing: Array(value.utf8), source: "--set")
      members[String(parts[0])] = parsed ?? .string(value)
    }
    return members
  }

  private static func learner(
    _ identifier: String, _ given: [String: JSONValue], place: String
  ) throws -> ConfiguredLearner {
    let registry = LearnerRegistry.standard
    guard registry.identifiers.contains(identifier) else {
      throw ConfigurationError(
        parameter: "--learner", value: "'\(identifier)'",
        accepted: NearestName.accepted(for: identifier, among: registry.identifiers))
    }
    do throws(ConfigurationError) {
      return try registry.configured(
        LearnerDeclaration(identifier: identifier, parameters: .object(given)), path: identifier,
        besides: names)
    } catch {
      var error = error
      error.parameter = "\(place): \(error.parameter)"
      throw error
    }
  }

  /// Categories as LightGBM writes them: names or places in a list, `0,1,2` or `name:a,b`.
  private static func categories(
    _ value: JSONValue, place: String
  ) throws(ConfigurationError) -> [String] {
    switch value {
    case .string(let text):
      return list(text.hasPrefix("name:") ? String(text.dropFirst(5)) : text)
    case .integer(let column) where column >= 0:
      return [String(column)]
    case .array(let values):
      var columns: [String] = []
      for value in values {
        switch value {
        case .string(let name): columns.append(name)
        case .integer(let column) where column >= 0: columns.append(String(column))
        default:
          throw ConfigurationError(
            parameter: "\(place): categorical_feature", value: value.canonicalText,
            accepted: "names or places of columns")
        }
      }
      return columns
    default:
      throw ConfigurationError(
        parameter: "\(place): categorical_feature", value: value.canonicalText,
        accepted: "names or places of columns")
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { part in
      String(part.drop { $0 == " " })
    }
  }

  /// The places of the columns with categories, ascending.
  func categoricalColumns(of names: [String], in path: String) throws -> [Int] {
    var columns: Set<Int> = []
    for name in categorical {
      if let place = names.firstIndex(of: name) {
        columns.insert(place)
      } else if let place = Int(name), names.indices.contains(place) {
        columns.insert(place)
      } else {
        throw ConfigurationError(
          parameter: "--categorical", value: "'\(name)', which is no column of \(path)",
          accepted: NearestName.accepted(for: name, among: names))
      }
    }
    return columns.sorted()
  }

  /// How long the fit goes on.
  func rule(hasValidation: Bool) -> StoppingRule {
    let budget = learner.defaultBudget
    let patience = hasValidation ? patience ?? budget.patience : 0
    return StoppingRule(
      iterations: iterations
        ?? (patience > 0 ? budget.maximumIterations : budget.fixedIterations),
      patience: patience, minimumImprovement: minimumImprovement)
  }
}
