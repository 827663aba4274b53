internal import Dispatch
internal import Synchronization

/// Loops whose iterations may run on several threads.
///
/// Results never depend on the number of threads: an iteration writes only to places of its own
/// (see `DisjointSlices`), and errors are reported in the order of the iterations.
public enum ParallelFor {
  /// The number of processors this process may use.
  public static var availableThreads: Int { SystemCalls.processorCount() }

  /// Runs `body` for every index below `count` on up to `threads` threads.
  ///
  /// - Throws: the error of the lowest index that threw; later indices may or may not have run.
  public static func run<Failure: Error>(
    count: Int, threads: Int, _ body: @Sendable (Int) throws(Failure) -> Void
  ) throws(Failure) {
    let width = min(max(1, threads), count)
    if width <= 1 {
      for index in 0..<max(0, count) { try body(index) }
      return
    }
    let next = Atomic<Int>(0)
    let firstFailure = Mutex<(index: Int, error: Failure)?>(nil)
    onThreads(width) {
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        if index >= count { return }
        do throws(Failure) {
          try body(index)
        } catch {
          firstFailure.withLock { first in
            if first.map({ index < $0.index }) ?? true { first = (index, error) }
          }
          next.store(count, ordering: .relaxed)
        }
      }
    }
    if let failure = firstFailure.withLock({ $0 }) { throw failure.error }
  }

  /// Calls `loop` on several threads, which share its iterations.
  private static func onThreads(_ width: Int, _ loop: @Sendable () -> Void) {
    if let team = ThreadTeam.current {
      let isDone = withoutActuallyEscaping(loop) { team.run($0) }
      if isDone { return }
    }
    DispatchQueue.concurrentPerform(iterations: width) { _ in loop() }
  }

  /// Evaluates `body` for every index below `count` and returns the values in order.
  ///
  /// - Throws: the error of the lowest index that threw.
  public static func map<Value: Sendable, Failure: Error>(
    count: Int, threads: Int, _ body: @Sendable (Int) throws(Failure) -> Value
  ) throws(Failure) -> [Value] {
    let values = Mutex<[Value?]>(Array(repeating: nil, count: max(0, count)))
    try run(count: count, threads: threads) { (index) throws(Failure) in
      let value = try body(index)
      values.withLock { $0[index] = value }
    }
    return values.withLock { $0.compactMap { $0 } }
  }

  /// Splits `0..<count` into at most `parts` ranges of nearly equal length, in order.
  public static func ranges(of count: Int, parts: Int) -> [Range<Int>] {
    let pieces = max(1, min(parts, count))
    let (whole, rest) = max(0, count).quotientAndRemainder(dividingBy: pieces)
    // count * part / pieces, written so that it cannot overflow.
    func bound(_ part: Int) -> Int { whole * part + rest * part / pieces }
    return (0..<pieces).map { bound($0)..<bound($0 + 1) }
  }
}
