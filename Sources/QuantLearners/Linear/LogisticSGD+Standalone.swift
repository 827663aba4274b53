public import QuantCore

extension LogisticSGD: StandaloneLearner {
  /// A model without coefficients whose probability is the weighted share of events.
  ///
  /// - Throws: `LearnerError.invalid` for an unusable label or weight.
  public func prior(
    _ window: TrainingWindow, _ sample: borrowing TrainingSample,
    configuration: LogisticConfiguration
  ) throws(LearnerError) -> LogisticModel {
    let fit = sample.fit
    try SampleCheck.rows(fit, window: window.rows)
    let names = window.featureNames
    let zeros = [Double](repeating: 0, count: names.count)
    return LogisticModel(
      featureNames: names, means: zeros, inverseDeviations: zeros, coefficients: zeros,
      intercept: PriorScore.logOdds(fit), clip: configuration.clip)
  }
}

extension LogisticModel: StandaloneModel {
  /// The probability of an event.
  public var kind: PredictionKind { .probability }
  /// No parts that could be counted.
  public var treeCount: Int? { nil }
  /// Whether all coefficients are 0.
  public var isConstant: Bool { coefficients.allSatisfy { $0 == 0 } }

  /// The probability that belongs to log odds.
  public func prediction(raw: Double) -> Double { probability(raw: raw) }

  /// The JSON document, whatever the path.
  public func fileContent(for path: String) throws(StorageError) -> [UInt8] { document }

  /// Whether the format stands in the beginning of a document.
  public static func recognizes(_ start: [UInt8]) -> Bool {
    start.first == UInt8(ascii: "{")
      && String(decoding: start, as: UTF8.self).contains("\"\(format)\"")
  }

  /// Reads a model file.
  ///
  /// - Throws: `StorageError`; see `init(document:path:)`.
  public init(contentsOf path: String) throws(StorageError) {
    let file = try MappedFile(path: path)
    try self.init(document: [UInt8](copying: file.bytes), path: path)
  }
}
