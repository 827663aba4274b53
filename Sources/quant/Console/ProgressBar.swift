internal import Dispatch
internal import Synchronization

/// One line of progress with rate and time left: redrawn in place on a terminal, at most ten times a
/// second; elsewhere a plain line every five seconds, the first after two, so that a quick command
/// says nothing.
final class ProgressBar: Sendable {
  private struct State {
    var phase = ""
    var detail = ""
    var done = 0
    var total = 0
    var unit = ""
    var began = ContinuousClock.now
    var due = ContinuousClock.now
    var isVisible = false
    var timer: (any DispatchSourceTimer)?
  }

  private let stream: OutputStream
  private let isDrawn: Bool
  private let state = Mutex(State())

  /// Creates a bar; `isDrawn` where the stream can be redrawn in place.
  init(stream: OutputStream, isDrawn: Bool) {
    self.stream = stream
    self.isDrawn = isDrawn
  }

  /// Notes where a phase stands; a clock of its own shows it, so that the last word is never lost.
  func update(phase: String, detail: String, done: Int, total: Int, unit: String) {
    state.withLock { state in
      let now = ContinuousClock.now
      if phase != state.phase || done < state.done { state.began = now }
      state.phase = phase
      state.detail = detail
      state.done = done
      state.total = total
      state.unit = unit
      if state.timer == nil {
        state.due = now + (isDrawn ? .zero : .seconds(2))
        state.timer = startTimer()
      }
    }
  }

  private func startTimer() -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "quant.progress"))
    timer.schedule(deadline: .now() + .milliseconds(100), repeating: .milliseconds(100))
    timer.setEventHandler { [weak self] in self?.show() }
    timer.resume()
    return timer
  }

  private func show() {
    state.withLock { state in
      let now = ContinuousClock.now
      guard !state.phase.isEmpty, now >= state.due else { return }
      if isDrawn {
        stream.write("\r" + drawn(state, now: now) + "\u{1B}[K")
        state.isVisible = true
      } else {
        stream.write(plain(state, now: now) + "\n")
        state.due = now + .seconds(5)
      }
    }
  }

  /// Writes something else without leaving half a bar behind.
  func interrupt(_ body: () -> Void) {
    state.withLock { state in
      erase(&state)
      body()
    }
  }

  /// Ends the phase and takes the line off the screen.
  func finish() {
    state.withLock { state in
      erase(&state)
      state.phase = ""
      state.done = 0
      state.timer?.cancel()
      state.timer = nil
    }
  }

  private func erase(_ state: inout State) {
    guard state.isVisible else { return }
    stream.write("\r\u{1B}[K")
    state.isVisible = false
  }

  private func drawn(_ state: State, now: ContinuousClock.Instant) -> String {
    let width = stream.width - 1
    let tail = ProgressBar.tail(
      done: state.done, total: state.total, unit: state.unit, elapsed: (now - state.began).seconds)
    let words = state.detail.isEmpty ? state.phase : "\(state.phase) \(state.detail)"
    let phase = TerminalText.clipped(words, to: max(10, width - 45)).padding(min(32, width / 3))
    guard state.total > 0 else { return TerminalText.clipped("\(phase)  \(tail)", to: width) }
    let share = min(1, Double(state.done) / Double(state.total))
    let room = min(24, width - phase.count - tail.count - 4)
    guard room >= 5 else { return TerminalText.clipped("\(phase)  \(tail)", to: width) }
    let filled = Int(share * Double(room))
    let bar =
      stream.style.green(String(repeating: "━", count: filled))
      + stream.style.dim(String(repeating: "─", count: room - filled))
    return "\(phase)  \(bar)  \(tail)"
  }

  private func plain(_ state: State, now: ContinuousClock.Instant) -> String {
    let tail = ProgressBar.tail(
      done: state.done, total: state.total, unit: state.unit, elapsed: (now - state.began).seconds)
    let words = state.detail.isEmpty ? state.phase : "\(state.phase) \(state.detail)"
    return "quant: \(words)\(tail.isEmpty ? "" : ": \(tail)")"
  }

  /// Count, share, rate and time left, as far as they are known.
  static func tail(done: Int, total: Int, unit: String, elapsed: Double) -> String {
    var parts: [String] = []
    if total > 0 {
      parts.append(NumberText.fixed(100 * min(1, Double(done) / Double(total)), 0) + " %")
      parts.append("\(NumberText.grouped(done))/\(NumberText.grouped(total)) \(unit)")
    } else if done > 0 {
      parts.append("\(NumberText.grouped(done)) \(unit)")
    }
    if elapsed > 0.5, done > 0 {
      let rate = Double(done) / elapsed
      parts.append("\(rate < 10 ? NumberText.fixed(rate, 1) : NumberText.grouped(Int(rate)))/s")
      if total > done {
        let left = (Double(total - done) / rate).rounded(.up)
        parts.append(left < 60 ? "\(Int(left)) s left" : "\(NumberText.seconds(left)) left")
      }
    }
    return parts.joined(separator: "  ")
  }
}

extension Duration {
  /// The length in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
