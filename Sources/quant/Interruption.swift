internal import Dispatch
internal import QuantCore
internal import Synchronization

/// What SIGINT, SIGTERM and a closed pipe do.
///
/// Files appear by a rename once they are whole, so the program may end at any time; temporary files
/// and folders are taken away before it does.
enum Interruption {
  private static let queue = DispatchQueue(label: "quant.signals")
  /// Held by the handler from its beginning to the end of the process.
  private static let gate = Mutex(())

  /// Makes a closed pipe and a limit of file sizes errors of the write, and a shrinking file one line.
  static func prepare() {
    SystemCalls.ignore(signal: SystemCalls.brokenPipeSignal)
    SystemCalls.ignore(signal: SystemCalls.fileSizeSignal)
    SystemCalls.endWhereMappedFileShrinks()
  }

  /// Starts listening; the sources live as long as the process.
  static func listen(console: Console) -> [any DispatchSourceSignal] {
    [
      listen(SystemCalls.interruptSignal, .interrupted, console),
      listen(SystemCalls.terminationSignal, .terminated, console),
    ]
  }

  /// Returns at once, or never where a signal is ending the program: errors that come of files being
  /// taken away are not reported.
  static func pass() { gate.withLock { _ in } }

  private static func listen(
    _ signal: Int32, _ exitCode: ExitCode, _ console: Console
  ) -> any DispatchSourceSignal {
    SystemCalls.ignore(signal: signal)
    let source = DispatchSource.makeSignalSource(signal: signal, queue: queue)
    source.setEventHandler { gate.withLock { _ in end(exitCode, console) } }
    source.resume()
    return source
  }

  private static func end(_ exitCode: ExitCode, _ console: Console) {
    TemporaryName.removeAllOfThisProcess {
      console.endProgress()
      console.diagnostics.write("quant: interrupted; finished files are whole\n")
      SystemCalls.endProcess(exitCode.rawValue)
    }
  }
}
