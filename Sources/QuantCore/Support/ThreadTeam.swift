internal import Dispatch
internal import Synchronization

/// Threads that stay awake for short loops while a longer piece of work runs.
///
/// Waking a thread takes as long as the loops that growing a tree consists of. Inside
/// `ThreadTeam.with` the helpers of `ParallelFor` do not sleep: between two loops they look for the next
/// one and offer their processor to others. Results do not depend on it.
package final class ThreadTeam: Sendable {
  /// The team of the work under way on this thread.
  @TaskLocal static var current: ThreadTeam?

  private struct State {
    /// The loop under way; its body takes iterations until none is left.
    var loop: (@Sendable () -> Void)?
    /// Helpers inside of the loop.
    var active = 0
  }

  private let state = Mutex(State())
  /// Counts loops; -1 where there will be no more.
  private let generation = Atomic<Int>(0)
  private let isBusy = Atomic<Bool>(false)
  /// Looks for the next loop before a thread offers its processor to others.
  private static let patience = 4_000

  /// Runs `body` on this thread, with `threads - 1` helpers for its loops.
  ///
  /// With one thread, with more than there are processors, or inside another team, loops run as usual.
  package static func with<Value, Failure: Error>(
    threads: Int, _ body: () throws(Failure) -> Value
  ) throws(Failure) -> Value {
    guard threads > 1, threads <= ParallelFor.availableThreads, current == nil else {
      return try body()
    }
    let team = ThreadTeam()
    for _ in 1..<threads { DispatchQueue.global().async { team.help() } }
    defer { team.generation.store(-1, ordering: .releasing) }
    return try $current.withValue(team) {
      Result { () throws(Failure) in try body() }
    }.get()
  }

  /// Runs `loop` on this thread and on helpers that are there; `false` where a loop is under way.
  func run(_ loop: @escaping @Sendable () -> Void) -> Bool {
    guard !isBusy.exchange(true, ordering: .acquiringAndReleasing) else { return false }
    state.withLock { $0.loop = loop }
    generation.add(1, ordering: .releasing)
    loop()
    // Nobody can join any more; those that did are waited for.
    state.withLock { $0.loop = nil }
    var looks = 0
    while state.withLock({ $0.active }) > 0 { Self.wait(&looks) }
    isBusy.store(false, ordering: .releasing)
    return true
  }

  private func help() {
    var seen = 0
    var looks = 0
    while true {
      let now = generation.load(ordering: .acquiring)
      if now < 0 { return }
      if now == seen {
        Self.wait(&looks)
      } else {
        (seen, looks) = (now, 0)
        if join() { state.withLock { $0.active -= 1 } }
      }
    }
  }

  /// Takes part in the loop under way; the loop is let go before this returns.
  @inline(never)
  private func join() -> Bool {
    let loop = state.withLock { state in
      if state.loop != nil { state.active += 1 }
      return state.loop
    }
    guard let loop else { return false }
    loop()
    return true
  }

  private static func wait(_ looks: inout Int) {
    looks &+= 1
    if looks > patience { SystemCalls.yield() }
  }
}
