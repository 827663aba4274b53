/// Memory of this process at one moment, in MB of 1,000,000 bytes.
public struct MemorySample: Codable, Hashable, Sendable {
  /// Resident memory, mapped files that were touched included.
  public var residentMB: Double
  /// The highest resident memory so far.
  public var peakMB: Double

  /// Creates a sample.
  public init(residentMB: Double, peakMB: Double) {
    self.residentMB = residentMB
    self.peakMB = peakMB
  }

  /// Reads `VmRSS` and `VmHWM` of `/proc/self/status`; `nil` where the system has no such file.
  public static func now() -> MemorySample? {
    guard let status = try? SystemCalls.readAll("/proc/self/status") else { return nil }
    return MemorySample(parsing: status)
  }

  /// Resident memory that is no file, in MB: `RssAnon` of `/proc/self/status`, or `nil`.
  public static func anonymousMB() -> Double? {
    guard let status = try? SystemCalls.readAll("/proc/self/status") else { return nil }
    return megabytes("RssAnon", in: status)
  }

  package init?(parsing status: String) {
    guard let resident = Self.megabytes("VmRSS", in: status),
      let peak = Self.megabytes("VmHWM", in: status)
    else { return nil }
    self.init(residentMB: resident, peakMB: peak)
  }

  private static func megabytes(_ name: String, in status: String) -> Double? {
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }),
      let number = line.dropFirst(name.count + 1).split(whereSeparator: \.isWhitespace).first,
      let kibibytes = Double(number)
    else { return nil }
    return kibibytes * 1024 / 1_000_000
  }
}

/// Memory around a task.
public struct MemoryUse: Codable, Hashable, Sendable {
  /// Before the task, or `nil` where the system does not say.
  public var before: MemorySample?
  /// After the task.
  public var after: MemorySample?

  /// Creates a pair of samples.
  public init(before: MemorySample?, after: MemorySample?) {
    self.before = before
    self.after = after
  }
}
