#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The few calls of the operating system that the package makes, each behind a safe signature.
///
/// One of the few files of QuantCore that may say `unsafe`; the others turn addresses into spans.
package enum SystemCalls {
  /// What a failed call left in `errno`, with its usual text.
  package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number of the error, such as `ENOENT`.
    package let code: Int32
    /// The text of the C library in the C locale.
    package var description: String { unsafe String(cString: strerror(code)) }
    /// Whether there is no such file or directory.
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    /// Whether something of that name is there already.
    package var isExisting: Bool { code == EEXIST || code == ENOTEMPTY }
    /// Whether source and target lie on different file systems.
    package var isCrossDevice: Bool { code == EXDEV || code == EPERM || code == EMLINK }
    /// Whether a folder, a device or a link is where a file is expected.
    package var isIrregular: Bool { code == EISDIR }
    /// Whether space ran out: disk full, quota or file size limit.
    package var isNoSpace: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
    /// Whether the caller lacks a permission, or the file system is read-only.
    package var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }

    package init(code: Int32) { self.code = code }
    fileprivate static var last: Failure { Failure(code: errno) }
  }

  /// Identity and state of a file.
  package struct Status: Hashable, Sendable, Codable {
    package var device: UInt64
    package var inode: UInt64
    package var size: Int64
    package var modified: Int64
    package var changed: Int64
    package var isDirectory: Bool
    package var isRegular: Bool
  }

  // MARK: - Files

  /// Opens a file or folder for reading; a pipe that nobody writes to does not make it wait.
  package static func open(reading path: String) throws(Failure) -> Int32 {
    try check(retry { open_(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0) })
  }

  /// Opens a new file for writing; `truncate` empties one that is there, otherwise it must not be.
  package static func open(writing path: String, truncate: Bool) throws(Failure) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (truncate ? O_TRUNC : O_EXCL)
    return try check(retry { open_(path, flags, 0o644) })
  }

  /// Opens a file for appending, creating it where it is missing; a symbolic link is refused.
  package static func open(appending path: String) throws(Failure) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND | O_NOFOLLOW
    return try check(retry { open_(path, flags, 0o644) })
  }

  /// Opens the file of a lock, creating it where it is missing; a symbolic link is refused.
  ///
  /// A file that may only be read will do for a shared lock.
  package static func open(lock path: String) throws(Failure) -> Int32 {
    let flags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    do throws(Failure) {
      return try check(retry { open_(path, flags | O_RDWR | O_CREAT, 0o644) })
    } catch {
      guard error.isForbidden else { throw error }
      return try check(retry { open_(path, flags | O_RDONLY, 0) })
    }
  }

  package static func close(_ descriptor: Int32) {
    _ = close_(descriptor)
  }

  /// Writes all bytes or throws.
  package static func write(_ descriptor: Int32, _ bytes: RawSpan) throws(Failure) {
    var failure: Failure?
    unsafe bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        guard let base = buffer.baseAddress else { return }
        let written = unsafe write_(descriptor, base + offset, buffer.count - offset)
        if written < 0 {
          if errno == EINTR { continue }
          failure = .last
          return
        }
        offset += written
      }
    }
    if let failure { throw failure }
  }

  /// Writes all bytes at an offset, whatever the position of the file, or throws.
  package static func write(
    _ descriptor: Int32, _ bytes: RawSpan, at offset: Int
  ) throws(Failure) {
    var failure: Failure?
    unsafe bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        guard let base = buffer.baseAddress else { return }
        let written = unsafe pwrite(
          descriptor, base + done, buffer.count - done, off_t(offset + done))
        if written < 0 {
          if errno == EINTR { continue }
          failure = .last
          return
        }
        done += written
      }
    }
    if let failure { throw failure }
  }

  /// Reads up to `count` bytes; an empty result is the end of the file.
  package static func read(_ descriptor: Int32, upTo count: Int) throws(Failure) -> [UInt8] {
    var failure: Failure?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while true {
        let got = unsafe read_(descriptor, buffer.baseAddress, count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = .last }
        initialized = max(0, got)
        return
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Reads `count` bytes, or fewer where the file ends before.
  package static func read(_ descriptor: Int32, exactly count: Int) throws(Failure) -> [UInt8] {
    var bytes = try read(descriptor, upTo: count)
    while bytes.count < count {
      let part = try read(descriptor, upTo: count - bytes.count)
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }

  /// The whole content of a small text file, such as those of the kernel.
  package static func readAll(_ path: String) throws(Failure) -> String {
    let descriptor = try open(reading: path)
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      let part = try read(descriptor, upTo: 65_536)
      if part.isEmpty { return String(decoding: bytes, as: UTF8.self) }
      bytes += part
    }
  }

  package static func synchronize(_ descriptor: Int32) throws(Failure) {
    try check(retry { fsync(descriptor) })
  }

  package static func status(_ path: String) throws(Failure) -> Status {
    var record = stat()
    try check(unsafe stat(path, &record))
    return Status(record)
  }

  package static func status(of descriptor: Int32) throws(Failure) -> Status {
    var record = stat()
    try check(unsafe fstat(descriptor, &record))
    return Status(record)
  }

  /// The status of a path itself: a symbolic link is neither a directory nor a regular file.
  package static func linkStatus(_ path: String) throws(Failure) -> Status {
    var record = stat()
    try check(unsafe lstat(path, &record))
    return Status(record)
  }

  /// Throws where something other than a regular file is at a path.
  package static func requireReplaceable(_ path: String) throws(Failure) {
    if let status = try? linkStatus(path), !status.isRegular { throw Failure(code: EISDIR) }
  }

  package static func rename(_ source: String, to target: String) throws(Failure) {
    try check(rename_(source, target))
  }

  package static func hardLink(_ source: String, to target: String) throws(Failure) {
    try check(unsafe link(source, target))
  }

  /// Creates a symbolic link whose text is `target`.
  package static func symbolicLink(to target: String, at path: String) throws(Failure) {
    try check(unsafe symlink(target, path))
  }

  package static func unlink(_ path: String) throws(Failure) {
    try check(unlink_(path))
  }

  package static func makeDirectory(_ path: String, mode: UInt32 = 0o755) throws(Failure) {
    try check(unsafe mkdir(path, mode_t(mode)))
  }

  package static func removeDirectory(_ path: String) throws(Failure) {
    try check(unsafe rmdir(path))
  }

  /// The names in a directory but `.` and `..`, sorted by their bytes.
  package static func list(_ path: String) throws(Failure) -> [String] {
    guard let directory = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sortedByBytes()
  }

  /// The absolute path without symbolic links, or `nil` where it does not exist.
  package static func resolve(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Takes an advisory lock on an open file; the kernel gives it back when the holder dies.
  ///
  /// - Returns: false where `wait` is false and somebody else holds it.
  package static func lock(
    _ descriptor: Int32, isShared: Bool = false, wait: Bool
  ) throws(Failure) -> Bool {
    while flock(descriptor, (isShared ? LOCK_SH : LOCK_EX) | (wait ? 0 : LOCK_NB)) != 0 {
      if errno == EINTR { continue }
      if errno == EWOULDBLOCK { return false }
      throw .last
    }
    return true
  }

  /// Sets the times of an open file to now.
  package static func touch(_ descriptor: Int32) throws(Failure) {
    try check(futimens(descriptor, nil))
  }

  // MARK: - Process

  /// Processors that the scheduler may give to this process.
  package static func processorCount() -> Int {
    #if os(Linux)
      // A line such as "Cpus_allowed:	ff,ffffffff": hexadecimal words of the affinity mask.
      guard let status = try? readAll("/proc/self/status"),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") })
      else { return 1 }
      let mask = line.drop { $0 != ":" }
      return max(1, mask.reduce(0) { $0 + ($1.hexDigitValue ?? 0).nonzeroBitCount })
    #else
      return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    #endif
  }

  package static var processIdentifier: Int32 { getpid() }

  /// Whether a process of this machine exists, whoever owns it.
  package static func isRunning(_ process: Int32) -> Bool {
    process > 0 && (kill(process, 0) == 0 || errno != ESRCH)
  }

  /// The name of this machine, or an empty text where it has none.
  package static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard unsafe gethostname(&name, name.count - 1) == 0 else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Makes a write beyond the limit of file sizes fail with `EFBIG` instead of ending the process.
  package static func ignoreFileSizeSignal() {
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ends the process with one line, not with a crash, where a mapped file is cut off meanwhile.
  package static func endWhereMappedFileShrinks() {
    signal(SIGBUS) { _ in
      // Nothing else is safe in a handler.
      let line: StaticString =
        "quant: error: a file was cut off while it was read; accepted: whole files [Q-INPUT-002]\n"
      _ = unsafe write_(2, line.utf8Start, line.utf8CodeUnitCount)
      _exit(66)
    }
  }

  /// Lowers the limit of the size of files that this process writes, in bytes.
  package static func limitFileSize(to count: Int) throws(Failure) {
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
    #else
      let resource = RLIMIT_FSIZE
    #endif
    var limit = rlimit(rlim_cur: rlim_t(count), rlim_max: rlim_t(count))
    try check(unsafe setrlimit(resource, &limit))
  }

  /// Whether a descriptor is a terminal.
  package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// The width of the terminal in columns, or `nil` where there is none.
  package static func terminalWidth(_ descriptor: Int32) -> Int? {
    var size = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// An environment variable, or `nil` where it is not set.
  package static func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }

  // MARK: - Plumbing

  @discardableResult
  private static func check(_ result: Int32) throws(Failure) -> Int32 {
    if result < 0 { throw .last }
    return result
  }

  private static func retry(_ call: () -> Int32) -> Int32 {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

extension SystemCalls {
  /// Bytes of a large page of memory on most machines.
  package static let largePage = 1 << 21

  /// New pages, all 0; `nil` where the system has none.
  ///
  /// Large pages are asked for, so that reading here and there does not wait for addresses.
  @unsafe
  static func pages(byteCount: Int) -> UnsafeMutableRawBufferPointer? {
    let flags = MAP_PRIVATE | MAP_ANON
    let start = unsafe mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let start = unsafe start, unsafe start != MAP_FAILED else { return nil }
    #if canImport(Glibc)
      _ = unsafe madvise(start, byteCount, MADV_HUGEPAGE)
    #endif
    return unsafe UnsafeMutableRawBufferPointer(start: start, count: byteCount)
  }

  /// Gives pages back to the system.
  @unsafe
  static func release(pages: UnsafeMutableRawBufferPointer) {
    _ = unsafe munmap(pages.baseAddress, pages.count)
  }
}

extension SystemCalls.Status {
  fileprivate init(_ record: stat) {
    device = UInt64(truncatingIfNeeded: record.st_dev)
    inode = UInt64(record.st_ino)
    size = Int64(record.st_size)
    #if canImport(Darwin)
      let (written, altered) = (record.st_mtimespec, record.st_ctimespec)
    #else
      let (written, altered) = (record.st_mtim, record.st_ctim)
    #endif
    modified = Int64(written.tv_sec) &* 1_000_000_000 &+ Int64(written.tv_nsec)
    changed = Int64(altered.tv_sec) &* 1_000_000_000 &+ Int64(altered.tv_nsec)
    isDirectory = record.st_mode & S_IFMT == S_IFDIR
    isRegular = record.st_mode & S_IFMT == S_IFREG
  }
}

// The enum's own names would hide the C functions of the same name.
private func open_(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags, mode)
}
private func close_(_ descriptor: Int32) -> Int32 { close(descriptor) }
@unsafe
private func write_(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  unsafe write(descriptor, bytes, count)
}
@unsafe
private func read_(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, bytes, count)
}
private func rename_(_ source: String, _ target: String) -> Int32 { unsafe rename(source, target) }
private func unlink_(_ path: String) -> Int32 { unsafe unlink(path) }
