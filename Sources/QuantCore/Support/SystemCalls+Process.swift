#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

// Signals and the end of the process, for the command.
extension SystemCalls {
  /// The signal of Ctrl-C.
  package static var interruptSignal: Int32 { SIGINT }
  /// The signal that asks a process to end.
  package static var terminationSignal: Int32 { SIGTERM }
  /// The signal of a write to a pipe that nobody reads.
  package static var brokenPipeSignal: Int32 { SIGPIPE }
  /// The signal of a file that outgrows its limit; ignored, the write fails in its place.
  package static var fileSizeSignal: Int32 { SIGXFSZ }

  /// Turns off what a signal does by default.
  package static func ignore(signal number: Int32) {
    _ = signal(number, SIG_IGN)
  }

  /// Offers the processor to other threads.
  package static func yield() {
    _ = sched_yield()
  }

  /// Ends the process at once; nothing is unwound.
  package static func endProcess(_ status: Int32) -> Never {
    _exit(status)
  }

  /// Cuts an open file to a length in bytes.
  package static func truncate(_ descriptor: Int32, to length: Int64) throws(Failure) {
    while ftruncate(descriptor, off_t(length)) != 0 {
      if errno != EINTR { throw Failure(code: errno) }
    }
  }
}

extension SystemCalls.Failure {
  /// What failures for want of memory, descriptors or processes say, as errors of files quote them.
  package static let wantOfResources: [String] = [ENOMEM, EMFILE, ENFILE, EAGAIN].map {
    SystemCalls.Failure(code: $0).description
  }

  /// What a failure of the device itself says.
  package static let failedDevice = SystemCalls.Failure(code: EIO).description

  /// Whether the reader of a pipe has gone.
  package var isBrokenPipe: Bool { code == EPIPE }
}
