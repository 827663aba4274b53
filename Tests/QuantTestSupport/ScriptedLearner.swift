package import QuantCore
private import Synchronization

/// A learner for tests: it scores rows by their first feature and reports losses from a script.
///
/// Each call is recorded, so that tests can see what training asked of a learner.
package struct ScriptedLearner: Learner {
  package struct Configuration: LearnerConfiguration {
    /// Stop loss after each iteration; the last one repeats.
    package var losses: [Double] = [1]
    /// Added to every score; NaN makes a learner that fails.
    package var offset = 0.0
    package init() {}
    package init(from reader: inout ConfigurationReader) throws(ConfigurationError) {
      offset = try reader.number("offset", default: 0, "added to scores", accepted: "any") { _ in
        true
      }
    }
    package static var defaultBudget: FitBudget {
      FitBudget(maximumIterations: 10, patience: 2, fixedIterations: 4)
    }
  }

  package struct Model: Predictor {
    package var offset: Double
    package func predictRaw(
      _ features: FeatureMatrix, rows: Span<Int32>, into scores: inout OutputSpan<Double>
    ) {
      let values = features.column(0)
      for index in rows.indices {
        let value = values[Int(rows[index])]
        scores.append(offset + (value.isNaN ? 0 : Double(value)))
      }
    }
    package func probability(raw: Double) -> Double { Elementary.logistic(raw) }
  }

  /// One call of `fit`.
  package struct Call: Sendable {
    package var fit: TrainingSample.Rows
    package var stop: TrainingSample.Rows?
    package var iterations: Int
    package var ran: Int
    package var seed: UInt64
    package var isGuarded: Bool
  }

  package final class Recorder: Sendable {
    private let state = Mutex((calls: [Call](), prepared: [Range<Int>]()))
    package init() {}
    package var calls: [Call] { state.withLock { $0.calls } }
    package var prepared: [Range<Int>] { state.withLock { $0.prepared } }
    fileprivate func add(_ call: Call) { state.withLock { $0.calls.append(call) } }
    fileprivate func add(_ window: Range<Int>) { state.withLock { $0.prepared.append(window) } }
  }

  package static let identifier = "scripted"
  package let recorder = Recorder()
  package init() {}

  package func prepare(
    _ window: TrainingWindow, threads: Int
  ) throws(LearnerError) -> TrainingWindow {
    recorder.add(window.rows)
    return window
  }

  package func fit(
    _ prepared: TrainingWindow, _ sample: borrowing TrainingSample,
    configuration: Configuration, iterations: Int, seed: UInt64, threads: Int,
    continuing: Model?, onIteration: (IterationReport) -> FitDecision
  ) throws(LearnerError) -> Model {
    let (fit, stop) = (sample.fit, sample.stop)
    var ran = 0
    while ran < iterations {
      let place = min(ran, configuration.losses.count - 1)
      let loss = stop == nil ? nil : configuration.losses[place]
      ran += 1
      if onIteration(IterationReport(iteration: ran, stopLoss: loss)) == .stop { break }
    }
    recorder.add(
      Call(
        fit: fit, stop: stop, iterations: iterations, ran: ran, seed: seed,
        isGuarded: PhaseGuard.isTraining))
    return Model(offset: configuration.offset)
  }
}
