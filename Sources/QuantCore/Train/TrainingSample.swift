/// Labelled and weighted rows of a window: those that fit the model and those that stop it.
public struct TrainingSample: Sendable {
  /// Rows with one label and one weight each.
  public struct Rows: Sendable {
    /// Rows of the matrix, ascending.
    public var rows: [Int32]
    /// 1 for an event, 0 for none; aligned with `rows`.
    public var labels: [Float]
    /// Weights greater than 0; aligned with `rows`.
    public var weights: [Float]
    /// The group within which each row is ranked, such as its period.
    ///
    /// Empty where rows form one group. Rows of a group need not be neighbours.
    public var groups: [Int32]

    /// Creates labelled rows; the arrays must have one length, but groups may be empty.
    public init(rows: [Int32], labels: [Float], weights: [Float], groups: [Int32] = []) {
      precondition(rows.count == labels.count && rows.count == weights.count)
      precondition(groups.isEmpty || groups.count == rows.count)
      self.rows = rows
      self.labels = labels
      self.weights = weights
      self.groups = groups
    }

    /// Creates labelled rows of equal weight, 1 each; the arrays must have one length.
    public init(rows: [Int32], labels: [Float]) {
      self.init(rows: rows, labels: labels, weights: Array(repeating: 1, count: rows.count))
    }

    /// The number of rows with a label above one half.
    public var positiveCount: Int { labels.reduce(0) { $0 + ($1 > 0.5 ? 1 : 0) } }
  }

  /// Rows that fit the model.
  public var fit: Rows
  /// Rows whose loss stops the fit, or `nil`.
  public var stop: Rows?
  /// The window that stop rows are rows of, where it is not the one that was prepared.
  ///
  /// It has the feature names of the prepared window, in the same order. Nothing of it enters what was
  /// prepared: its features are seen through the bins or scales of the fit rows.
  public var stopWindow: TrainingWindow?

  /// Creates a sample.
  public init(fit: Rows, stop: Rows? = nil, stopWindow: TrainingWindow? = nil) {
    self.fit = fit
    self.stop = stop
    self.stopWindow = stopWindow
  }
}
