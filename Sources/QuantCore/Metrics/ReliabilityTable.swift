/// How probabilities are cut into bins.
public enum ReliabilityBinning: String, Codable, Hashable, Sendable, CaseIterable {
  /// Bins of equal width: `[0, 1/m), [1/m, 2/m), … [(m-1)/m, 1]`.
  case equalWidth
  /// Bins of nearly equal numbers of rows; equal probabilities stay in one bin.
  case equalMass
}

/// Predicted probability against observed frequency, bin by bin.
///
/// ```swift
/// let table = try ReliabilityTable(
///   probabilities: [0.1, 0.2, 0.9], labels: [0, 0, 1], binning: .equalWidth, bins: 2)
/// table.bins[0].meanProbability        // 0.15
/// table.expectedCalibrationError       // (2/3) 0.15 + (1/3) 0.1
/// ```
public struct ReliabilityTable: Codable, Hashable, Sendable {
  /// One bin; an empty one has no means.
  public struct Bin: Codable, Hashable, Sendable {
    /// Lower end: the edge for equal width, the lowest probability for equal mass.
    public var lower: Double
    /// Upper end: the edge for equal width, the highest probability for equal mass.
    public var upper: Double
    /// Rows in the bin.
    public var count: Int
    /// Events among them.
    public var events: Int
    /// Mean predicted probability.
    public var meanProbability: MetricValue
    /// Share of events.
    public var eventRate: MetricValue
  }

  /// How the bins were cut.
  public var binning: ReliabilityBinning
  /// The bins, in order of probability.
  public var bins: [Bin]

  /// Sorts rows into bins.
  ///
  /// With equal mass the row of rank r (from 0, lowest first) goes to bin `r * bins / n`, and rows of
  /// equal probability all go where the first of them does; bins can be empty, whose ends are then
  /// those of the bin before. No rows give bins without means.
  ///
  /// - Throws: `MetricError` for bins below 1, a probability outside of [0, 1] or NaN, a wrong label.
  /// - Complexity: O(n).
  public init(
    probabilities: [Double], labels: [UInt8], binning: ReliabilityBinning, bins count: Int
  ) throws(MetricError) {
    guard count >= 1 else {
      throw .parameter(name: "bins", value: count, accepted: "at least 1")
    }
    try MetricInput.check(probabilities: probabilities, labels: labels)
    self.binning = binning
    var cells = [Cell](repeating: Cell(), count: count)
    switch binning {
    case .equalWidth:
      for (probability, label) in zip(probabilities, labels) {
        cells[Self.equalWidthBin(of: probability, bins: count)].add(probability, label)
      }
      for bin in cells.indices {
        cells[bin].lower = Double(bin) / Double(count)
        cells[bin].upper = Double(bin + 1) / Double(count)
      }
    case .equalMass:
      let order = RankOrder.ascending(probabilities.map { ($0 + 0).bitPattern })
      var bin = 0
      var previous: Double?
      for (rank, place) in order.enumerated() {
        let probability = probabilities[Int(place)]
        if previous != probability { bin = rank * count / order.count }
        cells[bin].add(probability, labels[Int(place)])
        previous = probability
      }
      for bin in cells.indices.dropFirst() where cells[bin].count == 0 {
        (cells[bin].lower, cells[bin].upper) = (cells[bin - 1].upper, cells[bin - 1].upper)
      }
    }
    bins = cells.map(\.bin)
  }

  /// The bin whose edges, as they are reported, hold a probability: the product may round over one.
  private static func equalWidthBin(of probability: Double, bins count: Int) -> Int {
    var bin = min(count - 1, Int(probability * Double(count)))
    if bin > 0, probability < Double(bin) / Double(count) { bin -= 1 }
    if bin < count - 1, probability >= Double(bin + 1) / Double(count) { bin += 1 }
    return bin
  }

  /// The mean distance between predicted probability and observed frequency, weighted by rows.
  ///
  /// The expected calibration error of Naeini, Cooper and Hauskrecht (2015); it depends on how the
  /// bins are cut. Undefined for no rows.
  public var expectedCalibrationError: MetricValue {
    var sum = ExactSum()
    var total = 0
    for bin in bins {
      total += bin.count
      guard let predicted = bin.meanProbability.number, let observed = bin.eventRate.number else {
        continue
      }
      sum.add(Double(bin.count) * abs(predicted - observed))
    }
    return total == 0 ? .undefined("no rows") : .value(sum.value / Double(total))
  }
}

private struct Cell {
  var lower = 0.0
  var upper = 0.0
  var count = 0
  private var events = 0
  private var sum = ExactSum()

  mutating func add(_ probability: Double, _ label: UInt8) {
    lower = count == 0 ? probability : min(lower, probability)
    upper = count == 0 ? probability : max(upper, probability)
    count += 1
    events += Int(label)
    sum.add(probability)
  }

  var bin: ReliabilityTable.Bin {
    ReliabilityTable.Bin(
      lower: lower, upper: upper, count: count, events: events,
      meanProbability: count == 0 ? .undefined("no rows") : .value(sum.value / Double(count)),
      eventRate: count == 0 ? .undefined("no rows") : .value(Double(events) / Double(count)))
  }
}
