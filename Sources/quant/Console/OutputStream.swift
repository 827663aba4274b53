internal import QuantCore
internal import Synchronization

/// One of the two output streams of the process.
///
/// A reader that goes away (`quant rank … | head`) ends the output quietly; what cannot be written
/// for another reason is remembered, and ends the program with an error.
final class OutputStream: Sendable {
  private enum State { case open, closed, failed(SystemCalls.Failure) }

  let descriptor: Int32
  let isTerminal: Bool
  let style: Style
  private let state = Mutex(State.open)

  init(descriptor: Int32, environment: (String) -> String?) {
    self.descriptor = descriptor
    isTerminal = SystemCalls.isTerminal(descriptor)
    style = Style(isOn: Style.isWanted(isTerminal: isTerminal, environment: environment))
  }

  /// Columns of the terminal, 100 elsewhere.
  var width: Int { isTerminal ? SystemCalls.terminalWidth(descriptor) ?? 80 : 100 }

  /// Writes a text as it is.
  func write(_ text: String) {
    state.withLock { state in
      guard case .open = state else { return }
      do throws(SystemCalls.Failure) {
        try SystemCalls.write(descriptor, Array(text.utf8).span.numberBytes)
      } catch {
        state = error.isBrokenPipe ? .closed : .failed(error)
      }
    }
  }

  /// Why writing failed, or `nil`.
  var failure: SystemCalls.Failure? {
    state.withLock { state in
      if case .failed(let failure) = state { failure } else { nil }
    }
  }
}
