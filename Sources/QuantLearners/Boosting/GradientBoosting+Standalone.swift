public import QuantCore

extension GradientBoosting: StandaloneLearner {
  /// A model without trees that starts, and ends, with the score of the prior.
  ///
  /// - Throws: `LearnerError.invalid` for an unusable label or weight.
  public func prior(
    _ window: TrainingWindow, _ sample: borrowing TrainingSample,
    configuration: BoostingConfiguration
  ) throws(LearnerError) -> TreeEnsemble {
    let fit = sample.fit
    let objective: any BoostingObjective
    do throws(ConfigurationError) {
      objective = try configuration.resolvedObjective(custom: customObjective)
    } catch {
      throw .configuration(error)
    }
    try SampleCheck.places(fit, window: window.rows)
    try objective.check(fit, isFit: false)
    let start =
      configuration.objective == .binary ? PriorScore.logOdds(fit) : objective.startScore(fit)
    return TreeEnsemble(
      objective: configuration.objective, featureNames: window.featureNames,
      rule: ScoreRule(start: start, link: objective.link), trees: [])
  }

  /// The first trees; those of `dart` change after they are fitted, so it has none.
  public func model(
    _ model: TreeEnsemble, after iterations: Int, configuration: BoostingConfiguration
  ) -> TreeEnsemble? {
    configuration.mode == .dart ? nil : model.prefix(iterations)
  }

  /// That of the stop metric.
  public func metricCutoff(of configuration: BoostingConfiguration) -> Int {
    configuration.metricCutoff
  }
}

extension TreeEnsemble: StandaloneModel {
  /// By objective: a probability, a value or a rank.
  public var kind: PredictionKind {
    switch objective {
    case .binary: .probability
    case .lambdaRank, .pairwise: .rank
    case .regression, .quantile, .custom: .value
    }
  }

  /// The number of trees.
  public var treeCount: Int? { trees.count }
  /// Whether no tree has a split.
  public var isConstant: Bool { trees.allSatisfy(\.splits.isEmpty) }

  /// The score under the link of the model.
  public func prediction(raw: Double) -> Double { rule.link.prediction(raw) }

  /// LightGBM's text where the path ends in `.txt`, otherwise this library's own format.
  ///
  /// - Throws: `StorageError.foreign` for a model that LightGBM cannot express.
  public func fileContent(for path: String) throws(StorageError) -> [UInt8] {
    guard path.lowercased().hasSuffix(".txt") else { return fileBytes }
    do throws(ModelConversionError) {
      return Array(try lightGBMText.utf8)
    } catch {
      throw .foreign(
        path: path, found: "a model that LightGBM cannot express, \(error)",
        accepted: "a path that does not end in .txt, for this program's own format")
    }
  }

  /// Whether the content begins like one of the formats that are read.
  ///
  /// These are this library's own, LightGBM's text, and XGBoost's JSON and UBJSON, whose documents begin
  /// with a learner.
  public static func recognizes(_ start: [UInt8]) -> Bool {
    let bytes = start.span.numberBytes
    switch ModelFormat(bytes) {
    case .own?, .lightGBM?: return true
    case .xgboostJSON?, .xgboostUBJSON?:
      let key = Array("learner".utf8)
      return start.indices.dropLast(key.count).contains { start[$0...].starts(with: key) }
    case nil: return false
    }
  }
}
