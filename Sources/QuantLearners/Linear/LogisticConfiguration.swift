public import QuantCore

/// The hyper-parameters of `LogisticSGD`.
///
/// The objective is the weighted mean log loss + `l2` / 2 x |w|² + `l1` x |w|₁, where w are the
/// coefficients of standardised features; the intercept is not penalised.
public struct LogisticConfiguration: LearnerConfiguration {
  /// Step size as a share of the largest step that is stable for the data; smaller steps let early stopping act finer.
  public var learningRate: Double
  /// How fast steps shrink: in epoch e (from 0) by 1 / sqrt(1 + decay x e).
  public var decay: Double
  /// Rows of a mini-batch.
  public var batchSize: Int
  /// Weight of the absolute penalty, which sets coefficients to 0.
  public var l1: Double
  /// Weight of the squared penalty.
  public var l2: Double
  /// Standardised values are clipped to this many standard deviations on either side.
  public var clip: Double

  /// Creates hyper-parameters; the defaults are those of a configuration without fields.
  public init(
    learningRate: Double = 0.3, decay: Double = 1, batchSize: Int = 64, l1: Double = 0,
    l2: Double = 0.001, clip: Double = 5
  ) {
    self.learningRate = learningRate
    self.decay = decay
    self.batchSize = batchSize
    self.l1 = l1
    self.l2 = l2
    self.clip = clip
  }

  /// Reads the parameters.
  ///
  /// - Throws: `ConfigurationError` for a field that is unknown or out of range.
  public init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
    let defaults = LogisticConfiguration()
    learningRate = try reader.number(
      "learningRate", default: defaults.learningRate,
      "step size as a share of the largest stable step", accepted: "0 < x ≤ 10"
    ) { $0 > 0 && $0 <= 10 }
    decay = try reader.number(
      "decay", default: defaults.decay,
      "steps of epoch e (from 0) are divided by sqrt(1 + decay e)", accepted: "0 ≤ x ≤ 1000"
    ) { $0 >= 0 && $0 <= 1000 }
    batchSize = try reader.integer(
      "batchSize", default: defaults.batchSize, "rows of a mini-batch", in: 1...65_536)
    l1 = try reader.number(
      "l1", default: defaults.l1, "weight of the absolute penalty on coefficients",
      accepted: "0 ≤ x ≤ 1000"
    ) { $0 >= 0 && $0 <= 1000 }
    l2 = try reader.number(
      "l2", default: defaults.l2, "weight of half the squared penalty on coefficients",
      accepted: "0 ≤ x ≤ 1000"
    ) { $0 >= 0 && $0 <= 1000 }
    clip = try reader.number(
      "clip", default: defaults.clip, "standardised values are clipped to ± this",
      accepted: "0 < x ≤ 1000"
    ) { $0 > 0 && $0 <= 1000 }
  }

  /// At most 60 epochs, 8 without a better stop loss, 20 where nothing stops them.
  public static var defaultBudget: FitBudget {
    FitBudget(maximumIterations: 60, patience: 8, fixedIterations: 20)
  }

  /// The first parameter that is out of range, for configurations made in code.
  func firstError() -> ConfigurationError? {
    func error(_ name: String, _ value: Double, _ accepted: String) -> ConfigurationError {
      ConfigurationError(parameter: name, value: "\(value)", accepted: accepted)
    }
    if !(learningRate > 0 && learningRate <= 10) {
      return error("learningRate", learningRate, "0 < x ≤ 10")
    }
    if !(decay >= 0 && decay <= 1000) { return error("decay", decay, "0 ≤ x ≤ 1000") }
    if !(l1 >= 0 && l1 <= 1000) { return error("l1", l1, "0 ≤ x ≤ 1000") }
    if !(l2 >= 0 && l2 <= 1000) { return error("l2", l2, "0 ≤ x ≤ 1000") }
    if !(clip > 0 && clip <= 1000) { return error("clip", clip, "0 < x ≤ 1000") }
    if !(1...65_536).contains(batchSize) {
      return ConfigurationError(
        parameter: "batchSize", value: "\(batchSize)", accepted: "1 to 65536")
    }
    return nil
  }
}
