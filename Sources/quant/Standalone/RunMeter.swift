internal import Dispatch
internal import QuantCore
internal import Synchronization

/// Seconds of each phase of a command, and the most memory that it took.
final class RunMeter: Sendable {
  private struct Phase {
    var name: String
    var seconds: Double
    /// The most anonymous memory in MB, where the system says it.
    var anonymous: Double?
  }

  private struct State {
    var phases: [Phase] = []
    var last = ContinuousClock.now
    /// The most anonymous memory since the last phase ended.
    var anonymous: Double?
    var timer: (any DispatchSourceTimer)?
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// Begins the first phase, and looks at the memory every 5 milliseconds from now on.
  init() {
    state.withLock { $0.timer = startTimer() }
  }

  private func startTimer() -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "quant.memory"))
    timer.schedule(deadline: .now(), repeating: .milliseconds(5))
    timer.setEventHandler { [weak self] in self?.sample() }
    timer.resume()
    return timer
  }

  deinit { state.withLock { $0.timer?.cancel() } }

  /// Ends a phase; phases of one name add up.
  func end(_ name: String) {
    sample()
    state.withLock { state in
      let now = ContinuousClock.now
      let seconds = (now - state.last).seconds
      state.last = now
      let anonymous = state.anonymous
      state.anonymous = nil
      if let index = state.phases.firstIndex(where: { $0.name == name }) {
        state.phases[index].seconds += seconds
        state.phases[index].anonymous = [state.phases[index].anonymous, anonymous]
          .compactMap { $0 }.max()
      } else {
        state.phases.append(Phase(name: name, seconds: seconds, anonymous: anonymous))
      }
    }
  }

  private func sample() {
    guard let now = MemorySample.anonymousMB() else { return }
    state.withLock { $0.anonymous = max($0.anonymous ?? 0, now) }
  }

  /// The phases so far in order, and all of it.
  var seconds: [(name: String, seconds: Double)] {
    state.withLock { $0.phases.map { ($0.name, $0.seconds) } }
      + [("total", (ContinuousClock.now - start).seconds)]
  }

  /// The most resident memory, and the most of it that is no file, in MB of 1,000,000 bytes.
  var peak: (resident: Double?, anonymous: Double?) {
    sample()
    let anonymous = state.withLock { ($0.phases.map(\.anonymous) + [$0.anonymous]) }
    return (MemorySample.now()?.peakMB, anonymous.compactMap { $0 }.max())
  }

  /// Both for `--json`.
  var members: [String: JSONValue] {
    let peak = peak
    return [
      "seconds": .object(
        Dictionary(seconds.map { ($0.name, .number($0.seconds)) }) { first, _ in first }),
      "memory": .object([
        "peakMB": peak.resident.map { .number($0) } ?? .null,
        "peakAnonymousMB": peak.anonymous.map { .number($0) } ?? .null,
        "anonymousMBByPhase": .object(
          Dictionary(
            state.withLock { $0.phases }.map {
              ($0.name, $0.anonymous.map { .number($0) } ?? .null)
            }
          ) { first, _ in first }),
      ]),
    ]
  }

  /// Both in two lines.
  var lines: [(String, String)] {
    let peak = peak
    let phases = seconds.map { "\($0.name) \(NumberText.fixed($0.seconds, 3)) s" }
    var memory = peak.resident.map { "peak \(NumberText.fixed($0, 1)) MB" } ?? "unknown"
    if let anonymous = peak.anonymous {
      memory += ", anonymous peak \(NumberText.fixed(anonymous, 1)) MB"
    }
    return [("seconds", phases.joined(separator: ", ")), ("memory", memory)]
  }
}
