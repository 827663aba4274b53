import QuantCore

/// A folder of its own for one test, removed with everything in it when the last reference goes.
public final class TemporaryFolder: Sendable {
  /// Absolute path.
  public let path: String

  /// Creates an empty folder under the system's temporary directory.
  public init() throws {
    let parent = SystemCalls.environment("TMPDIR") ?? "/tmp"
    var generator = SystemRandomNumberGenerator()
    path = parent + "/quant-test-" + String(generator.next(), radix: 16)
    try FileTree.createDirectories(path)
  }

  deinit {
    try? FileTree.removeAll(path)
  }

  /// The path of a name in the folder.
  public func file(_ name: String) -> String { path + "/" + name }

  /// All names in the folder, hidden ones too.
  public func names() throws -> [String] { try SystemCalls.list(path) }

  /// Writes a file in the folder and returns its path; unlike `AtomicFile`, without waiting for the
  /// disk.
  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    // A new file, so that one that is mapped keeps its content.
    try FileTree.removeAll(file(name))
    let descriptor = try SystemCalls.open(writing: file(name), truncate: false)
    defer { SystemCalls.close(descriptor) }
    try SystemCalls.write(descriptor, bytes.span.numberBytes)
    return file(name)
  }
}

/// Whole files as bytes, for tests.
public enum FileBytes {
  /// The content of a file.
  public static func read(_ path: String) throws -> [UInt8] {
    [UInt8](copying: try MappedFile(path: path).bytes)
  }

  /// The lines of a text file that are neither empty nor start with `#`, each split at blanks.
  public static func fields(_ path: String) throws -> [[String]] {
    String(decoding: try read(path), as: UTF8.self).split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: " ").map(String.init) }
  }
}
