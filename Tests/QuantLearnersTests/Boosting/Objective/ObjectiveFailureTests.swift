import QuantCore
import Testing

@testable import QuantLearners

@Suite("Bad input of objectives and metrics")
struct ObjectiveFailureTests {
  private let data = ObjectiveData()

  /// Writes what it is told to, for one row.
  private struct Broken: LeafRenewingObjective {
    var gradient: Float = 1
    var hessian: Float = 1
    var step = 0.5
    var start = 0.0
    func startScore(_ rows: TrainingSample.Rows) -> Double { start }
    func derivatives(
      scores: Span<Double>, labels: Span<Float>, weights: Span<Float>,
      gradients: inout MutableSpan<Float>, hessians: inout MutableSpan<Float>
    ) {
      for row in scores.indices {
        gradients[row] = labels[row] > 2 ? gradient : -1
        hessians[row] = labels[row] > 2 ? hessian : 1
      }
    }
    func losses(
      scores: Span<Double>, labels: Span<Float>, losses: inout MutableSpan<Double>
    ) {
      for row in scores.indices { losses[row] = 0 }
    }
    func leafStep(scores: Span<Double>, labels: Span<Float>, weights: Span<Float>) -> Double {
      step
    }
  }

  private struct Nothing: BoostingMetric {
    let name = "nothing"
    let isLargerBetter = true
    func value(
      scores: Span<Double>, labels: Span<Float>, weights: Span<Float>, groups: [Range<Int>],
      threads: Int
    ) -> Double { .nan }
  }

  private func error(
    _ name: BoostingObjectiveName, labels: [Float]? = nil, weights: [Float]? = nil,
    groups: [Int32]? = nil, stop: TrainingSample.Rows? = nil,
    learner: GradientBoosting = GradientBoosting(),
    _ change: (inout BoostingConfiguration) -> Void = { _ in }
  ) -> LearnerError? {
    var fit = data.sample(data.grades, 0..<60)
    labels.map { fit.labels.replaceSubrange(0..<$0.count, with: $0) }
    weights.map { fit.weights.replaceSubrange(0..<$0.count, with: $0) }
    if let groups { fit.groups = groups }
    do {
      _ = try data.fit(
        .with(leaves: 8) {
          $0.objective = name
          $0.minimumRowsInLeaf = 2
          change(&$0)
        }, TrainingSample(fit: fit, stop: stop), learner: learner)
      return nil
    } catch {
      return error
    }
  }

  @Test("Labels that an objective cannot use are refused with their row")
  func labels() {
    for (name, bad) in [
      (BoostingObjectiveName.lambdaRank, [Float.nan, .infinity, -1, 0.5, 31, -.infinity]),
      (.pairwise, [.nan, -2, 1.25, 1e9]), (.quantile, [.nan, .infinity]),
      (.regression, [.nan, -.infinity]), (.binary, [.nan, 2, -1, 0.5, .infinity]),
    ] {
      for label in bad {
        // Grades of the data are labels of two classes only in the last case.
        var labels: [Float] = data.grades[0..<60].map { name == .binary ? ($0 > 1 ? 1 : 0) : $0 }
        labels[1] = label
        let found = error(name, labels: labels)
        guard case .invalid(let what, let row, _, _) = found else {
          Issue.record("\(name) took \(label): \(String(describing: found))")
          continue
        }
        #expect(what == "label" && row == 1)
      }
    }
    #expect(error(.lambdaRank) == nil)
    #expect(error(.lambdaRank, labels: [30, 30]) == nil)
  }

  @Test("Weights of 0, below 0, infinite or NaN are refused, all of them too")
  func weights() {
    for name in [BoostingObjectiveName.lambdaRank, .quantile, .regression] {
      for weight in [Float(0), -1, .nan, .infinity] {
        guard case .invalid("weight", 2, _, _) = error(name, weights: [1, 1, weight]) else {
          Issue.record("\(name) took \(weight)")
          continue
        }
      }
      guard
        case .invalid("weight", 0, _, _) = error(name, weights: data.grades[0..<60].map { _ in 0 })
      else {
        Issue.record("\(name) took weights of 0")
        continue
      }
    }
  }

  @Test("One label throws, as do groups that all have one label, and arrays of other lengths")
  func nothingToLearn() {
    let same = [Float](repeating: 2, count: 60)
    for name in [BoostingObjectiveName.lambdaRank, .pairwise, .quantile, .regression] {
      guard case .oneClass = error(name, labels: same) else {
        Issue.record("\(name) took one label")
        continue
      }
    }
    let halves = (0..<60).map { Int32($0 / 30) }
    let labels = halves.map { Float($0) }
    let found = error(.lambdaRank, labels: labels, groups: halves)
    #expect(found?.description.contains("groups") == true)
    #expect(error(.regression, labels: labels, groups: halves) == nil)
    #expect(error(.lambdaRank, groups: [1, 2])?.description.contains("2 for 60 rows") == true)
    var stop = data.sample(data.grades, 60..<90)
    stop.groups = []
    #expect(error(.lambdaRank, stop: stop)?.description.contains("fit rows alone") == true)
    stop = data.sample(data.grades, 60..<90)
    stop.labels[4] = 0.5
    guard case .invalid("label", 64, _, _) = error(.lambdaRank, stop: stop) else {
      Issue.record("a stop row of grade 0.5")
      return
    }
  }

  @Test("Parameters and metrics that cannot work together are configuration errors")
  func configuration() {
    func expect(
      _ parameter: String, _ name: BoostingObjectiveName,
      learner: GradientBoosting = GradientBoosting(), stop: TrainingSample.Rows? = nil,
      _ change: (inout BoostingConfiguration) -> Void
    ) {
      let labels: [Float] = data.grades[0..<60].map { name == .binary ? ($0 > 1 ? 1 : 0) : $0 }
      guard
        case .configuration(let found) = error(
          name, labels: labels, stop: stop, learner: learner, change)
      else {
        Issue.record("\(name) takes \(parameter)")
        return
      }
      #expect(found.parameter == parameter)
    }
    expect("positiveWeight", .binary) {
      $0.positiveWeight = 2
      $0.isBalanced = true
    }
    expect("positiveWeight", .lambdaRank) { $0.positiveWeight = 2 }
    expect("isBalanced", .regression) { $0.isBalanced = true }
    expect("quantileLevel", .quantile) { $0.quantileLevel = 1 }
    expect("rankingCutoff", .lambdaRank) { $0.rankingCutoff = 0 }
    expect("objective", .custom) { _ in }
    expect("objective", .binary, learner: GradientBoosting(objective: SquaredError())) { _ in }
    expect("stopMetric", .regression) { $0.stopMetric = .custom }
    expect("stopMetric", .regression, learner: GradientBoosting(metric: Nothing())) { _ in }
    expect("stopMetric", .regression) { $0.stopMetric = .logLoss }
    let events = data.sample(data.grades.map { _ in 1 }, 60..<90)
    expect("stopMetric", .binary, stop: events) { $0.stopMetric = .areaUnderROC }
    expect("stopMetric", .binary, stop: events) { $0.stopMetric = .averagePrecision }
    expect(
      "stopMetric", .regression, learner: GradientBoosting(metric: Nothing()), stop: events
    ) { $0.stopMetric = .custom }
    #expect(error(.regression, stop: events) { $0.stopMetric = .ndcg } == nil)
  }

  @Test("Derivatives, steps and start scores that are no finite numbers are refused")
  func derivatives() {
    func broken(_ objective: Broken) -> LearnerError? {
      error(.custom, learner: GradientBoosting(objective: objective))
    }
    #expect(broken(Broken()) == nil)
    let first = data.grades.firstIndex { $0 > 2 } ?? -1
    for value in [Float.nan, .infinity, -.infinity] {
      guard case .invalid("gradient", first, _, _) = broken(Broken(gradient: value)) else {
        Issue.record("gradients of \(value)")
        continue
      }
    }
    for value in [Float.nan, .infinity, -1] {
      guard case .invalid("second derivative", first, _, _) = broken(Broken(hessian: value))
      else {
        Issue.record("second derivatives of \(value)")
        continue
      }
    }
    #expect(broken(Broken(step: .nan))?.description.contains("leaf value of nan") == true)
    #expect(broken(Broken(start: .infinity))?.description.contains("start score") == true)
    // Finite labels whose difference is no finite single precision number.
    let large = data.grades[0..<60].map { $0 > 1 ? 3e38 : Float(-3e38) }
    guard case .invalid("gradient", _, _, _) = error(.regression, labels: large) else {
      Issue.record("labels of 3e38")
      return
    }
  }
}
